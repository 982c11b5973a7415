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

/** For how long after its settlement a contract can be reviewed. */
export const REVIEW_WINDOW = days(30)
const REPLY_WINDOW = days(30)

/** The first instant at which a contract that settled then is no longer reviewed. */
export const reviewClosesAt = (settledAt: Instant): Instant => plus(settledAt, REVIEW_WINDOW)

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

export const safeAnswers = ['yes', 'unsure', 'no'] as const
export type SafeAnswer = (typeof safeAnswers)[number]

/** What only operators read of a review. */
export interface HiddenAnswers {
  /** Would they work together again, 0 (never) to 10 (at once). */
  readonly again: number
  /** Whether the work felt safe. */
  readonly safe: SafeAnswer
  readonly note: string
}

const contradictionKinds = ['praised-but-unsafe', 'praised-but-never-again', 'blamed-but-again'] as const
export type ContradictionKind = (typeof contradictionKinds)[number]

export interface Contradiction {
  readonly kind: ContradictionKind
  /** How far apart stars and hidden answers are, 0 to 100. */
  readonly score: number
}

/** Mean stars from which a review counts as praise, and up to which as blame. */
const PRAISE = 4.5
const BLAME = 2
/** Answers to "again" up to which it means never, and from which gladly. */
const NEVER = 3
const GLADLY = 9
/** Score of the least case in which somebody felt unsafe: before all others. */
const UNSAFE = 90

/** The "again" that goes with these stars, 0..10: one star means never, five mean at once. */
const expectedAgain = (stars: number): number => ((stars - 1) / 4) * 10

function kindOf(mean: number, hidden: HiddenAnswers): ContradictionKind | undefined {
  if (mean >= PRAISE && hidden.safe === 'no') return 'praised-but-unsafe'
  if (mean >= PRAISE && hidden.again <= NEVER) return 'praised-but-never-again'
  return mean <= BLAME && hidden.again >= GLADLY ? 'blamed-but-again' : undefined
}

/**
 * Whether what somebody said in confidence contradicts the stars everybody sees: praise (mean ≥ 4.5) of somebody with
 * whom they felt unsafe or whom they would not work with again (≤ 3), or blame (mean ≤ 2) of somebody they gladly would
 * (≥ 9). Stars bought, pressed for or given out of fear look like the first two, an extortion like the last.
 */
export function contradiction(review: {
  readonly stars: Stars
  readonly hidden: HiddenAnswers
}): Contradiction | undefined {
  const mean = meanStars(review.stars)
  const kind = kindOf(mean, review.hidden)
  if (!kind) return undefined
  const distance = Math.round(Math.abs(expectedAgain(mean) - review.hidden.again) * 10)
  return { kind, score: kind === 'praised-but-unsafe' ? Math.max(UNSAFE, distance) : distance }
}
