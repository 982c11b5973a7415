import { days, type Instant, plus } from '../../kernel/instant.ts'
import type { Contract } from '../escrow/contract.ts'
import type { Review } from './totals.ts'

/** Who wrote a review. The other side of the contract is its subject. */
export const reviewSides = ['client', 'worker'] as const
export type ReviewSide = (typeof reviewSides)[number]

export const otherSide = (side: ReviewSide): ReviewSide => (side === 'client' ? 'worker' : 'client')

/** Axes on which both sides are judged. */
const sharedAxes = ['quality', 'schedule', 'communication', 'partnership'] as const

/** The five axes by who judges: a client judges the worker's skill, a worker how clear the client's request was. */
export const axesOf = { client: ['skill', ...sharedAxes], worker: ['request', ...sharedAxes] } as const
export type ReviewAxis = (typeof axesOf)[ReviewSide][number]

/** Stars of one review, each a whole number 1 to 5; exactly the five axes of its side. */
export type Stars = Readonly<Partial<Record<ReviewAxis, number>>>

export const longestText = 1_000

/** What one side wrote of the other for everybody to see. Hidden answers are no part of it and never travel with it. */
export interface WrittenReview {
  readonly id: string
  readonly contract: string
  readonly side: ReviewSide
  readonly author: string
  readonly subject: string
  /** Only in a client's review. */
  readonly skill: number | null
  /** Only in a worker's review. */
  readonly request: number | null
  readonly quality: number
  readonly schedule: number
  readonly communication: number
  readonly partnership: number
  readonly comment: string
  readonly writtenAt: Instant
}

/** The five stars of a review, by axis. */
export const starsOf = (review: WrittenReview): Stars =>
  Object.fromEntries(axesOf[review.side].map((axis) => [axis, review[axis]]))

/** Mean of the stars, 1..5. */
export function meanStars(stars: Stars): number {
  const values = Object.values(stars)
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

const WINDOW = days(30)
const REPLY_WINDOW = days(30)

/** The first instant at which a contract that settled then is no longer reviewed. */
export const reviewClosesAt = (settledAt: Instant): Instant => plus(settledAt, WINDOW)

/** Reviews are taken from `opensAt` on and no longer at `closesAt`. */
export interface ReviewWindow {
  readonly opensAt: Instant
  readonly closesAt: Instant
}

/**
 * When the two sides of a contract may review each other; undefined while they may not, or never will. There has to be
 * work to judge, and nothing about the money left to argue about: the contract is settled, and either the worker was
 * paid (in part is enough) or a dispute was decided, whoever got the money. A contract that was called off with all
 * money going back is not reviewed: otherwise anybody could pay, cancel and write about a person they never worked with.
 */
export function reviewWindow(contract: Contract): ReviewWindow | undefined {
  const { status, moneyMovedAt, settledAt, released } = contract
  if (moneyMovedAt === null || settledAt === null) return undefined
  if (released === 0 && status !== 'decided') return undefined
  return { opensAt: settledAt, closesAt: reviewClosesAt(settledAt) }
}

/** The first instant at which a revealed review can no longer be answered. */
export const replyClosesAt = (revealedAt: Instant): Instant => plus(revealedAt, REPLY_WINDOW)

/** A client's review of a worker as everybody sees it, in the language it was written in. */
export interface ShownReview extends Review {
  /** The public name; null for a client who left no trace but the review. */
  readonly clientName: string | null
  readonly reply: { readonly text: string; readonly at: Instant } | null
}
