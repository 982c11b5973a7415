import { meanStars, type Stars } from './review.ts'

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

export const contradictionKinds = ['praised-but-unsafe', 'praised-but-never-again', 'blamed-but-again'] as const
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
