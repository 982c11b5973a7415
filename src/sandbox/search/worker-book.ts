import { type Instant, minus, seconds } from '../../kernel/instant.ts'
import { categories } from '../people/worker.ts'
import type { ReviewNorms } from '../review/totals.ts'
import { monthOf } from '../review/weight.ts'
import { CategoryOrder, type Listed, type OtherSort, type Remembered } from './category-order.ts'
import { countMembers, FacetIndex } from './facet-index.ts'
import type { Search } from './market.ts'
import { drawRow, type Row } from './newcomers/draw-row.ts'
import type { Member } from './newcomers/newcomer-pool.ts'
import type { OpenedOrder, PlaceDraw } from './newcomers/open-places.ts'
import { type Arm, beforeAnyData, heldOutTerms, ratioIn, settingIn, type Terms } from './newcomers/terms.ts'
import { type FacetCounts, isOpen, passes, type WorkerFilter } from './worker-filter.ts'

export interface BookPlace {
  readonly worker: string
  /** In the whole order, from 1; sorted otherwise, among those who match. */
  readonly position: number
  /** Where the place was given by lot. */
  readonly draw: PlaceDraw | undefined
}

/** What of the book is looked at. */
export interface BookView extends Omit<Search, 'terms'> {
  readonly arm: Arm
}

/** Who of the order is looked at. */
export interface Narrowing {
  readonly filter: WorkerFilter
  /** 1 at the numbers of the texts that contain the words; undefined where none were asked for. */
  readonly docs: Uint8Array | undefined
}

export interface BookQuery extends BookView, Narrowing {
  /** Only places behind this one. */
  readonly after?: number | undefined
  /** And of those the first so many not. */
  readonly skip?: number | undefined
  readonly limit: number
}

export interface SortedQuery extends Omit<BookQuery, 'after'> {
  readonly sort: OtherSort
}

/** What the row of a page needs to be drawn. */
export interface RowQuery extends BookView, Narrowing {
  readonly seed: string
  /** Who may not be drawn: who stands on the page already, and who has an account with one of them. */
  readonly onPage: readonly string[]
}

/** Requests overlap, so that one may ask for a moment that is over: the order of that moment is the one of now. */
const OVERLAP = seconds(30)
/** Changes from which sorting anew is quicker than moving one by one. */
const MANY_CHANGES = 500

/** When something that counts for a worker ends, after a time; infinite where nothing does. */
function nextEnd({ badges, signals }: Remembered, after: Instant): number {
  if (badges.length === 0 && signals.length === 0) return Number.POSITIVE_INFINITY
  const ends = [
    ...badges.filter(({ status }) => status === 'active'),
    ...signals.filter(({ withdrawn }) => !withdrawn),
  ].map(({ validUntil }) => validUntil)
  return Math.min(Number.POSITIVE_INFINITY, ...ends.filter((end) => end > after))
}

/**
 * The order of all workers in memory, so that no search has to make it anew. It says the same as `orderMarket` does from
 * all facts: what changed is told to it, and what ends by itself ends here as well. Times may go back; that costs a new
 * order.
 */
export class WorkerBook {
  /** Number of the last change it knows of, and by what reviews were standardised; undefined before it was filled. */
  state: { readonly seq: number; readonly norms: ReviewNorms } | undefined
  private readonly memories = new Map<string, Remembered>()
  private readonly views = new Map<string, CategoryOrder>()
  private facets = new FacetIndex()
  /** Whether the facets know of everybody: nobody has to know before somebody narrows a search. */
  private knowsFacets = false
  private treatedTerms: Terms = heldOutTerms(() => beforeAnyData)
  /** How often somebody was shown in the days after their pass. */
  private priorityShows = new Map<string, number>()
  private evaluatedAt = Number.NEGATIVE_INFINITY as Instant
  private endsAt = Number.POSITIVE_INFINITY
  private last: Promise<unknown> = Promise.resolve()

  /** Lets acts that read and then tell follow one another, so that nothing newer is overwritten by something older. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.last.then(act)
    this.last = done.catch(() => {})
    return done
  }

  /** Takes in what certificates count from now on. */
  believe(terms: Terms): void {
    const differs = categories.some((exam) => {
      const [before, after] = [this.treatedTerms(exam), terms(exam)]
      return before.ratio !== after.ratio || before.boostFactor !== after.boostFactor
    })
    this.treatedTerms = terms
    if (differs) this.views.clear()
  }

  termsOf(arm: Arm): Terms {
    return arm === 'treated' ? this.treatedTerms : heldOutTerms(this.treatedTerms)
  }

  /** Begins anew with everybody. */
  fill(
    memories: readonly Remembered[],
    state: { readonly seq: number; readonly norms: ReviewNorms },
    priorityShows: ReadonlyMap<string, number> = new Map(),
  ): void {
    this.priorityShows = new Map(priorityShows)
    this.memories.clear()
    this.facets = new FacetIndex()
    this.knowsFacets = false
    for (const memory of memories) this.memories.set(memory.worker.id, memory)
    this.state = state
    this.views.clear()
    this.evaluatedAt = Number.NEGATIVE_INFINITY as Instant
  }

  /** Takes in what workers have become. */
  learn(changed: readonly Remembered[], state: { readonly seq: number; readonly norms: ReviewNorms }): void {
    for (const memory of changed) {
      this.memories.set(memory.worker.id, memory)
      if (this.knowsFacets) this.facets.learn(memory, this.evaluatedAt)
    }
    this.state = state
    if (changed.length > MANY_CHANGES) this.views.clear()
    else for (const view of this.views.values()) for (const memory of changed) view.move(memory, this.evaluatedAt)
    for (const memory of changed) this.endsAt = Math.min(this.endsAt, nextEnd(memory, this.evaluatedAt))
  }

  /** Lets end what has ended by then. */
  private turnTo(now: Instant): void {
    if (now < this.evaluatedAt && now > minus(this.evaluatedAt, OVERLAP)) return
    // with the month all reviews become older
    if (now < this.evaluatedAt || monthOf(now) !== monthOf(this.evaluatedAt)) {
      this.views.clear()
      // of all that is ticked, only certificates end
      if (this.knowsFacets)
        for (const memory of this.memories.values()) if (memory.badges.length > 0) this.facets.learn(memory, now)
    } else if (now >= this.endsAt) {
      const ended = [...this.memories.values()].filter((memory) => nextEnd(memory, this.evaluatedAt) <= now)
      if (this.knowsFacets) for (const memory of ended) this.facets.learn(memory, now)
      for (const view of this.views.values()) for (const memory of ended) view.move(memory, now)
    } else {
      this.evaluatedAt = now
      return
    }
    this.evaluatedAt = now
    this.endsAt = Number.POSITIVE_INFINITY
    for (const memory of this.memories.values()) this.endsAt = Math.min(this.endsAt, nextEnd(memory, now))
  }

  private viewOf({ category, now, arm }: BookView): CategoryOrder {
    this.turnTo(now)
    const key = `${arm}/${category ?? ''}`
    let view = this.views.get(key)
    if (!view) {
      view = new CategoryOrder(category, this.termsOf(arm), (worker) => this.facets.slotOf(worker))
      view.fill(this.memories.values(), now)
      this.views.set(key, view)
    }
    return view
  }

  private facetsAt(now: Instant): FacetIndex {
    this.turnTo(now)
    if (!this.knowsFacets) for (const memory of this.memories.values()) this.facets.learn(memory, now)
    this.knowsFacets = true
    return this.facets
  }

  private orderAt(at: BookView): OpenedOrder<Listed> {
    return this.viewOf(at).orderAt(at.now)
  }

  /** A part of those who match, in order, each at their place in the whole; and how many there are. */
  find({ filter, docs, after = 0, skip = 0, limit, ...at }: BookQuery): {
    readonly total: number
    readonly places: readonly BookPlace[]
  } {
    const { order, draws } = this.orderAt(at)
    const placeAt = (index: number): BookPlace => {
      const { id } = order[index] as Listed
      return { worker: id, position: index + 1, draw: draws.get(id) }
    }
    if (docs === undefined && isOpen(filter)) {
      const from = Math.min(order.length, after + skip)
      const shown = Math.min(limit, order.length - from)
      return { total: order.length, places: Array.from({ length: shown }, (_, nth) => placeAt(from + nth)) }
    }
    const found = this.facetsAt(at.now).matching(this.viewOf(at).members, { filter, docs })
    const places: BookPlace[] = []
    let skipped = 0
    for (let index = after; index < order.length && places.length < limit; index += 1) {
      if (!found.has((order[index] as Listed).slot)) continue
      if (skipped < skip) skipped += 1
      else places.push(placeAt(index))
    }
    return { total: countMembers(found), places }
  }

  /** A part of those who match, sorted by something else than the order; equals stand as they are ranked. */
  findSorted({ filter, docs, sort, skip = 0, limit, ...at }: SortedQuery): {
    readonly total: number
    readonly places: readonly BookPlace[]
  } {
    const view = this.viewOf(at)
    const found = this.facetsAt(at.now).matching(view.members, { filter, docs })
    const list = view.sortedBy(sort)
    const places: BookPlace[] = []
    let passed = 0
    for (let index = 0; index < list.length && places.length < limit; index += 1) {
      const { id, slot } = list[index] as Listed
      if (!found.has(slot)) continue
      passed += 1
      if (passed > skip) places.push({ worker: id, position: passed, draw: undefined })
    }
    return { total: countMembers(found), places }
  }

  /** How many match. */
  count({ filter, docs, ...at }: BookView & Narrowing): number {
    return countMembers(this.facetsAt(at.now).matching(this.viewOf(at).members, { filter, docs }))
  }

  /** How many each option would leave of those who match in the other groups. */
  countFacets({ filter, docs, ...at }: BookView & Narrowing): FacetCounts {
    return this.facetsAt(at.now).count(this.viewOf(at).members, { filter, docs })
  }

  /** Reviews of everybody together that may be read. */
  countReviews(): number {
    return [...this.memories.values()].reduce((sum, { reviewCount }) => sum + reviewCount, 0)
  }

  /** The first in the order of whom something holds, at most so many. */
  first(limit: number, holds: (memory: Remembered) => boolean, at: BookView): BookPlace[] {
    const { order, draws } = this.orderAt(at)
    const places: BookPlace[] = []
    for (let index = 0; index < order.length && places.length < limit; index += 1) {
      const { memory } = order[index] as Listed
      const worker = memory.worker.id
      if (holds(memory)) places.push({ worker, position: index + 1, draw: draws.get(worker) })
    }
    return places
  }

  /** Draws the newcomers' row of a page 1 from those who match and do not stand on it. */
  drawRow({ filter, docs, seed, onPage, ...at }: RowQuery): Row<Member<Remembered>> {
    const newcomers = this.viewOf(at).newcomersAt(at.now)
    const all = docs === undefined && isOpen(filter)
    const holds = ({ who }: Member<Remembered>) =>
      (docs === undefined || docs[who.doc ?? 0] === 1) && passes(who, filter, at.now)
    const pool = newcomers.without(onPage, all ? undefined : holds)
    const terms = this.termsOf(at.arm)
    return drawRow(pool, {
      ratio: ratioIn(terms, at.category),
      setting: settingIn(terms, at.category),
      seed,
      now: at.now,
      priority: at.arm === 'treated',
      showsOf: (id) => this.priorityShowsOf(id),
    })
  }

  priorityShowsOf(worker: string): number {
    return this.priorityShows.get(worker) ?? 0
  }

  notePriorityShows(worker: string, shown: number): void {
    this.priorityShows.set(worker, shown)
  }

  /** What somebody is to the lots; undefined for who may not be drawn. */
  newcomer(worker: string, at: BookView): Member<Remembered> | undefined {
    return this.viewOf(at).newcomersAt(at.now).memberOf(worker)
  }

  /** Where one worker is; undefined for somebody whom no search finds. */
  placeOf(worker: string, at: BookView): BookPlace | undefined {
    const view = this.viewOf(at)
    const position = view.positionOf(worker, at.now)
    return position === undefined ? undefined : { worker, position, draw: view.orderAt(at.now).draws.get(worker) }
  }
}
