import type { Instant } from '../../kernel/instant.ts'
import type { Category } from '../people/worker.ts'
import type { ReviewNorms } from '../review/totals.ts'
import { monthOf } from '../review/weight.ts'
import { CategoryOrder, type Listed, type Remembered } from './category-order.ts'
import type { Search } from './market.ts'
import type { TrialDraw, TrialOrder } from './open-trial-slots.ts'
import type { Ranked } from './rank-workers.ts'
import { passes, type WorkerFilter } from './worker-filter.ts'

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

/** When something that counts for a worker ends, after a time; infinite where nothing does. */
function nextEnd({ badges, signals }: Remembered, after: Instant): number {
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
  private readonly views = new Map<Category | undefined, CategoryOrder>()
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
    // with the month all reviews become older
    if (now < this.evaluatedAt || monthOf(now) !== monthOf(this.evaluatedAt)) this.views.clear()
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
      view = new CategoryOrder(category)
      view.fill(this.memories.values(), now)
      this.views.set(category, view)
    }
    return view.orderAt(now)
  }

  /** A part of those who match, in order, each at their place in the whole; and how many there are. */
  find({ filter, docs, after = 0, skip = 0, limit, ...at }: BookQuery): {
    readonly total: number
    readonly places: readonly BookPlace[]
  } {
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
