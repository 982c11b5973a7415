import type { Instant } from '../../kernel/instant.ts'

/** The five axes of a review, each 1 to 5. */
export const axes = ['skill', 'quality', 'schedule', 'communication', 'partnership'] as const
export type Axis = (typeof axes)[number]

/** A client's revealed review of one finished contract. */
export interface Review extends Readonly<Record<Axis, number>> {
  readonly id: string
  readonly worker: string
  readonly client: string
  readonly at: Instant
  readonly commentJa: string
  readonly commentEn: string
}

/** What search needs to know of a worker's reviews: how many, from how many clients, and the sum of each axis. */
export interface ReviewTotals extends Readonly<Record<Axis, number>> {
  readonly worker: string
  readonly count: number
  readonly clients: number
}

/** Mean and standard deviation of single reviews (mean of the five axes, 1..5), against which reviews are standardised. */
export interface ReviewNorms {
  readonly mean: number
  readonly sd: number
}

/** A review's quality: the mean of its five axes, 1..5. */
export const reviewScore = (review: Readonly<Record<Axis, number>>): number =>
  axes.reduce((sum, axis) => sum + review[axis], 0) / axes.length

/** Mean of all reviews' quality, 1..5; undefined without reviews. */
export const meanScore = (totals: ReviewTotals | undefined): number | undefined =>
  totals && totals.count > 0 ? reviewScore(totals) / totals.count : undefined
