import type { Instant } from '../../kernel/instant.ts'
import type { Category, ReviewNorms } from '../people/worker.ts'
import { type Claims, candidateOf, isFound, type Search, trialSeed } from './market.ts'
import { drawTrials, type TrialDraw, type TrialOrder } from './open-trial-slots.ts'
import { byPlace, type Candidate, type Ranked, type Standing, standingOf } from './rank-workers.ts'
import { passes, type WorkerFilter } from './worker-filter.ts'

/** What is remembered of a worker. */
export interface Remembered extends Claims {
  readonly hourlyRate: number
  /** Number of their text in the full-text index. */
  readonly doc: number | undefined
}

/** Somebody in the order of a category. */
type Listed = Candidate & { readonly memory: Remembered }

export interface BookPlace {
  readonly worker: string
  /** In the whole order, from 1. */
  readonly position: number
  readonly trial: TrialDraw | undefined
}

export interface BookQuery extends Search {
  readonly filter: WorkerFilter
  /** Numbers of the texts that contain the words; undefined where none were asked for. */
  readonly docs: Uint32Array | undefined
  /** Only places behind this one. */
  readonly after?: number | undefined
  /** And of those the first so many not. */
  readonly skip?: number | undefined
  readonly limit: number
}

/** Changes from which sorting anew is quicker than moving one by one. */
const MANY_CHANGES = 500

/** The order of one category, kept sorted. */
class View {
  private readonly category: Category | undefined
  private standings: Standing<Listed>[] = []
  private readonly byWorker = new Map<string, Standing<Listed>>()
  private trials: { readonly seed: string; readonly order: TrialOrder<Ranked<Listed>> } | undefined

  constructor(category: Category | undefined) {
    this.category = category
  }

  private standing(memory: Remembered, now: Instant): Standing<Listed> | undefined {
    const at = { category: this.category, now }
    return isFound(memory, at) ? standingOf({ ...candidateOf(memory, at), memory }) : undefined
  }

  fill(memories: Iterable<Remembered>, now: Instant): void {
    this.byWorker.clear()
    for (const memory of memories) {
      const standing = this.standing(memory, now)
      if (standing) this.byWorker.set(memory.worker.id, standing)
    }
    this.standings = [...this.byWorker.values()].sort(byPlace)
    this.trials = undefined
  }

  /** Where a standing is, or belongs. */
  private placeOf(standing: Standing<Listed>): number {
    let low = 0
    let high = this.standings.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (byPlace(this.standings[middle] as Standing<Listed>, standing) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  move(memory: Remembered, now: Instant): void {
    const id = memory.worker.id
    const before = this.byWorker.get(id)
    if (before) this.standings.splice(this.placeOf(before), 1)
    const after = this.standing(memory, now)
    if (after) {
      this.byWorker.set(id, after)
      this.standings.splice(this.placeOf(after), 0, after)
    } else this.byWorker.delete(id)
    this.trials = undefined
  }

  orderAt(now: Instant): TrialOrder<Ranked<Listed>> {
    const seed = trialSeed({ category: this.category, now })
    if (this.trials?.seed !== seed) {
      const ranked = this.standings.map(({ ranked }) => ranked)
      this.trials = { seed, order: drawTrials(ranked, seed) }
    }
    return this.trials.order
  }
}

/** When something that counts for a worker ends, after a time; infinite where nothing does. */
function nextEnd({ badges, signals }: Remembered, after: Instant): number {
  const ends = [...badges.filter(({ status }) => status === 'active'), ...signals.filter(({ withdrawn }) => !withdrawn)].map(({ validUntil }) => validUntil)
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
  private readonly views = new Map<Category | undefined, View>()
  private evaluatedAt = Number.NEGATIVE_INFINITY as Instant
  private endsAt = Number.POSITIVE_INFINITY
  private last: Promise<unknown> = Promise.resolve()

  /** Lets acts that read and then tell follow one another, so that nothing newer is overwritten by something older. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.last.then(act)
    this.last = done.catch(() => {})
    return done
  }

  /** Begins anew with everybody. */
  fill(memories: readonly Remembered[], state: { readonly seq: number; readonly norms: ReviewNorms }): void {
    this.memories.clear()
    for (const memory of memories) this.memories.set(memory.worker.id, memory)
    this.state = state
    this.views.clear()
    this.evaluatedAt = Number.NEGATIVE_INFINITY as Instant
  }

  /** Takes in what workers have become. */
  learn(changed: readonly Remembered[], state: { readonly seq: number; readonly norms: ReviewNorms }): void {
    for (const memory of changed) this.memories.set(memory.worker.id, memory)
    this.state = state
    if (changed.length > MANY_CHANGES) this.views.clear()
    else for (const view of this.views.values()) for (const memory of changed) view.move(memory, this.evaluatedAt)
    for (const memory of changed) this.endsAt = Math.min(this.endsAt, nextEnd(memory, this.evaluatedAt))
  }

  /** Lets end what has ended by then. */
  private turnTo(now: Instant): void {
    if (now < this.evaluatedAt || this.evaluatedAt === Number.NEGATIVE_INFINITY) this.views.clear()
    else if (now >= this.endsAt) {
      const ended = [...this.memories.values()].filter((memory) => nextEnd(memory, this.evaluatedAt) <= now)
      for (const view of this.views.values()) for (const memory of ended) view.move(memory, now)
    } else {
      this.evaluatedAt = now
      return
    }
    this.evaluatedAt = now
    this.endsAt = Number.POSITIVE_INFINITY
    for (const memory of this.memories.values()) this.endsAt = Math.min(this.endsAt, nextEnd(memory, now))
  }

  private orderAt({ category, now }: Search): TrialOrder<Ranked<Listed>> {
    this.turnTo(now)
    let view = this.views.get(category)
    if (!view) {
      view = new View(category)
      view.fill(this.memories.values(), now)
      this.views.set(category, view)
    }
    return view.orderAt(now)
  }

  /** A part of those who match, in order, each at their place in the whole; and how many there are. */
  find({ filter, docs, after = 0, skip = 0, limit, ...at }: BookQuery): { readonly total: number; readonly places: readonly BookPlace[] } {
    const { order, draws } = this.orderAt(at)
    const marked = docs && markDocs(docs)
    const places: BookPlace[] = []
    let total = 0
    let skipped = 0
    for (let index = 0; index < order.length; index += 1) {
      const { memory } = order[index] as Listed
      if (marked && (memory.doc === undefined || !marked[memory.doc])) continue
      if (!passes(memory, filter, at.now)) continue
      total += 1
      if (index + 1 <= after || places.length === limit) continue
      if (skipped < skip) skipped += 1
      else places.push({ worker: memory.worker.id, position: index + 1, trial: draws.get(memory.worker.id) })
    }
    return { total, places }
  }

  /** Where one worker is; undefined for somebody whom no search finds. */
  placeOf(worker: string, at: Search): BookPlace | undefined {
    const { order, draws } = this.orderAt(at)
    const index = order.findIndex(({ id }) => id === worker)
    return index < 0 ? undefined : { worker, position: index + 1, trial: draws.get(worker) }
  }
}

function markDocs(docs: Uint32Array): Uint8Array {
  const marked = new Uint8Array(docs.reduce((most, doc) => Math.max(most, doc), 0) + 1)
  for (const doc of docs) marked[doc] = 1
  return marked
}
