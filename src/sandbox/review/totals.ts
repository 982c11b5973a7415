import type { Instant } from '../../kernel/instant.ts'
import { growthOf } from './weight.ts'

/** The five axes of a review, each 1 to 5. */
export const axes = ['skill', 'quality', 'schedule', 'communication', 'partnership'] as const
export type Axis = (typeof axes)[number]

/** The five axes of something that has more. */
export const axesIn = <T>({ skill, quality, schedule, communication, partnership }: Readonly<Record<Axis, T>>) => ({
  skill,
  quality,
  schedule,
  communication,
  partnership,
})

/** A client's revealed review of one finished contract. */
export interface Review extends Readonly<Record<Axis, number>> {
  readonly id: string
  readonly worker: string
  readonly client: string
  readonly at: Instant
  readonly commentJa: string
  readonly commentEn: string
}

/** Sums of the weights of a worker's reviews, from which the weight of any day follows. */
export interface WeightSums {
  /** Weights before age. */
  readonly weight: number
  /** Weights, each times the growth of its month. */
  readonly grown: number
  /** These times each review's quality, 1..5. */
  readonly grownScore: number
}

/** What search needs to know of a worker's reviews: how many, from how many clients, the sum of each axis, and what they weigh. */
export interface ReviewTotals extends Readonly<Record<Axis, number>>, WeightSums {
  readonly worker: string
  readonly count: number
  readonly clients: number
  /** Of them those that weigh less because their client is in a block. */
  readonly limited: number
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
export const meanScore = (totals: Pick<ReviewTotals, 'count' | Axis> | undefined): number | undefined =>
  totals && totals.count > 0 ? reviewScore(totals) / totals.count : undefined

/** The totals of one worker's reviews from before the marketplace opened, which weigh 1 each; of one at least. */
export function totalsOfPast(reviews: readonly Review[]): ReviewTotals {
  const sum = (of: (review: Review) => number) => reviews.reduce((total, review) => total + of(review), 0)
  const sums = Object.fromEntries(axes.map((axis) => [axis, sum((review) => review[axis])])) as Record<Axis, number>
  return {
    worker: (reviews[0] as Review).worker,
    count: reviews.length,
    clients: new Set(reviews.map(({ client }) => client)).size,
    ...sums,
    weight: reviews.length,
    grown: sum(({ at }) => growthOf(at)),
    grownScore: sum((review) => growthOf(review.at) * reviewScore(review)),
    limited: 0,
  }
}

/** Mean and standard deviation of single reviews, of two at least. */
export const normsOf = (reviews: readonly Review[]): ReviewNorms => normsOfScores(reviews.map(reviewScore))

/** Mean and standard deviation of qualities of reviews, two at least. */
export function normsOfScores(scores: readonly number[]): ReviewNorms {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  return { mean, sd: Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1)) }
}
