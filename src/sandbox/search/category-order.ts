import type { Instant } from '../../kernel/instant.ts'
import type { Category } from '../people/worker.ts'
import { Members } from './facet-index.ts'
import { type Claims, candidateOf, dayOf, isFound, lotSeed, openOrder, type Search } from './market.ts'
import type { Weight } from './newcomers/lot.ts'
import { newcomerOf } from './newcomers/newcomer.ts'
import { type Member, NewcomerPool } from './newcomers/newcomer-pool.ts'
import { type Entrant, lotOf, type OpenedOrder } from './newcomers/open-places.ts'
import { ratioIn, type Terms } from './newcomers/terms.ts'
import { byPlace, type Standing, standingOf } from './quality.ts'
import type { Sort } from './worker-filter.ts'

/** What is remembered of a worker. */
export interface Remembered extends Claims {
  readonly hourlyRate: number
  /** Parts of days on which they work, and known skills that they name, a bit each. */
  readonly week: number
  readonly skills: number
  /** Mean of the reviews as people read it, 1..5; 0 without reviews. */
  readonly meanScore: number
  /** Number of their text in the full-text index. */
  readonly doc: number | undefined
}

/** Somebody in the order of a category, with their number in the facets. */
export type Listed = Standing & { readonly memory: Remembered; readonly slot: number }

export type OtherSort = Exclude<Sort, 'ranked'>

/** Who comes first, sorted otherwise than by the order; equals stand as they are ranked. */
const by: Readonly<Record<OtherSort, (a: Listed, b: Listed) => number>> = {
  reviews: (a, b) => b.memory.meanScore - a.memory.meanScore || byPlace(a, b),
  rate: (a, b) => a.memory.hourlyRate - b.memory.hourlyRate || byPlace(a, b),
  newest: (a, b) => b.memory.worker.joinedAt - a.memory.worker.joinedAt || byPlace(a, b),
}

/** Where somebody is in a list that is sorted, or belongs. */
function placeIn(list: readonly Listed[], one: Listed, compare: (a: Listed, b: Listed) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(list[middle] as Listed, one) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The order of one category on certain terms, kept sorted, and its newcomers. */
export class CategoryOrder {
  private readonly category: Category | undefined
  private readonly terms: Terms
  private readonly slotOf: (worker: string) => number
  private standings: Listed[] = []
  /** The same people in other orders, from when one is first asked for. */
  private readonly sorted = new Map<OtherSort, Listed[]>()
  /** Everybody in the order. */
  readonly members = new Members()
  private readonly byWorker = new Map<string, Listed>()
  private opened: { readonly day: string; readonly order: OpenedOrder<Listed> } | undefined
  private lots = { seed: '', fresh: new Map<string, number>(), settled: new Map<string, number>() }
  private newcomers: { readonly day: string; readonly pool: NewcomerPool<Remembered> } | undefined

  constructor(category: Category | undefined, terms: Terms, slotOf: (worker: string) => number) {
    this.category = category
    this.terms = terms
    this.slotOf = slotOf
  }

  private at(now: Instant): Search {
    return { category: this.category, now, terms: this.terms }
  }

  private standing(memory: Remembered, at: Search): Listed | undefined {
    if (!isFound(memory, at)) return undefined
    return { ...standingOf(candidateOf(memory, at)), memory, slot: this.slotOf(memory.worker.id) }
  }

  fill(memories: Iterable<Remembered>, now: Instant): void {
    this.byWorker.clear()
    this.sorted.clear()
    const at = this.at(now)
    for (const memory of memories) {
      const standing = this.standing(memory, at)
      if (!standing) continue
      this.byWorker.set(memory.worker.id, standing)
      this.members.set(standing.slot, true)
    }
    this.standings = [...this.byWorker.values()].sort(byPlace)
    this.opened = undefined
    this.newcomers = undefined
  }

  move(memory: Remembered, now: Instant): void {
    const id = memory.worker.id
    const before = this.byWorker.get(id)
    const after = this.standing(memory, this.at(now))
    if (before) this.members.set(before.slot, false)
    if (after) {
      this.byWorker.set(id, after)
      this.members.set(after.slot, true)
    } else this.byWorker.delete(id)
    const lists = [
      [this.standings, byPlace] as const,
      ...[...this.sorted].map(([sort, list]) => [list, by[sort]] as const),
    ]
    for (const [list, compare] of lists) {
      if (before) list.splice(placeIn(list, before, compare), 1)
      if (after) list.splice(placeIn(list, after, compare), 0, after)
    }
    this.opened = undefined
    this.newcomers?.pool.move(id, after && this.member(memory, this.newcomersOf(now)))
  }

  /** Everybody, sorted otherwise than by the order. */
  sortedBy(sort: OtherSort): readonly Listed[] {
    const known = this.sorted.get(sort)
    if (known) return known
    const list = this.standings.toSorted(by[sort])
    this.sorted.set(sort, list)
    return list
  }

  private newcomersOf(now: Instant) {
    return { category: this.category, now, predicts: ratioIn(this.terms, this.category) > 1 }
  }

  private member(memory: Remembered, at: ReturnType<CategoryOrder['newcomersOf']>): Member<Remembered> | undefined {
    const newcomer = newcomerOf(memory, at)
    return newcomer && { ...newcomer, id: memory.worker.id, who: memory }
  }

  orderAt(now: Instant): OpenedOrder<Listed> {
    return this.openedAt(now).order
  }

  /** Where somebody stands, from 1; undefined for somebody whom no search finds. */
  positionOf(worker: string, now: Instant): number | undefined {
    const { order, draws } = this.orderAt(now)
    const standing = this.byWorker.get(worker)
    if (!standing) return undefined
    const drawn = draws.get(worker)
    if (drawn) return drawn.position
    // whoever was not drawn has only moved down, by one place in twenty at most
    return order.indexOf(standing, placeIn(this.standings, standing, byPlace)) + 1
  }

  private openedAt(now: Instant) {
    const day = dayOf(now)
    if (this.opened?.day !== day) {
      const newcomers = this.newcomersAt(now)
      const seed = lotSeed(this.at(now))
      if (this.lots.seed !== seed) this.lots = { seed, fresh: new Map(), settled: new Map() }
      const entrantOf = ({ id }: { readonly id: string }): Entrant | undefined => {
        const newcomer = newcomers.memberOf(id)
        if (!newcomer) return undefined
        const { group, weight } = newcomer
        return { group, weight, lot: this.lotOfToday(id, weight) }
      }
      this.opened = { day, order: openOrder(this.standings, entrantOf, this.at(now)) }
    }
    return this.opened
  }

  /** Somebody's lot, which is made once a day: a change of anybody orders everybody anew. */
  private lotOfToday(id: string, weight: Weight): number {
    const known = this.lots[weight].get(id)
    if (known !== undefined) return known
    const lot = lotOf(this.lots.seed, id, weight)
    this.lots[weight].set(id, lot)
    return lot
  }

  /** Who may be drawn today. */
  newcomersAt(now: Instant): NewcomerPool<Remembered> {
    const day = dayOf(now)
    if (this.newcomers?.day !== day) {
      const members: Member<Remembered>[] = []
      const at = this.newcomersOf(now)
      for (const { memory } of this.standings) {
        const member = this.member(memory, at)
        if (member) members.push(member)
      }
      this.newcomers = { day, pool: new NewcomerPool(members) }
    }
    return this.newcomers.pool
  }
}
