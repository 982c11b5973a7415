import type { Instant } from '../../kernel/instant.ts'
import type { Category } from '../people/worker.ts'
import { type Claims, candidateOf, isFound, trialSeed } from './market.ts'
import { drawTrials, type TrialOrder } from './open-trial-slots.ts'
import { byPlace, type Candidate, type Ranked, type Standing, standingOf } from './rank-workers.ts'

/** What is remembered of a worker. */
export interface Remembered extends Claims {
  readonly hourlyRate: number
  /** Reviews as people count them, whatever they weigh. */
  readonly reviewCount: number
  /** Number of their text in the full-text index. */
  readonly doc: number | undefined
}

/** Somebody in the order of a category. */
export type Listed = Candidate & { readonly memory: Remembered }

/** The order of one category, kept sorted. */
export class CategoryOrder {
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
