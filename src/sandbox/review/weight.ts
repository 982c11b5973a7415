import type { Instant } from '../../kernel/instant.ts'

/** Yen from which on the amount of a contract lets its review count in full. */
export const FULL_YEN = 5_000
/** Contracts with others beyond which a client's record adds nothing more. */
export const MOST_OTHERS = 20

/** What the weight of a client's review depends on. */
export interface ReviewSource {
  /** What the client paid for the work, in yen. */
  readonly yen: number
  /** m: contracts that the client had paid to others than this worker when the review was revealed. */
  readonly others: number
}

/**
 * How much a client's review counts before age, 0..1: `min(1, yen/5,000) · (1 + m)/(3 + m)`, m at most 20. A first-time
 * client's weighs a third, for small money less; with a record it comes to 0.91. Of the reviews that a client wrote of
 * a worker the newest counts alone.
 *
 * Reviews of a block of clients weigh nothing until a person has found their clients independent. Even half a review
 * together would lift them: newcomers stand at the mean, and half a review of five stars adds four times what a
 * certificate adds.
 *
 * Reviews from before the marketplace opened weigh 1 each: neither amount nor client was known here, and nobody can
 * write another one to gain by that. They age like all others.
 */
export function weightOf({ yen, others }: ReviewSource): number {
  const m = Math.min(MOST_OTHERS, others)
  return Math.min(1, yen / FULL_YEN) * ((1 + m) / (3 + m))
}

/** Months in which a review loses half of its weight. */
const HALF_LIFE_MONTHS = 36

/** Calendar months in UTC from January 2000 on: ages are counted in these, so that an order holds for a month. */
export function monthOf(at: Instant): number {
  const date = new Date(at)
  return (date.getUTCFullYear() - 2_000) * 12 + date.getUTCMonth()
}

/**
 * By how much a review of this time outweighs an equal one of January 2000. Weights are summed in this measure, which
 * never changes; `ageFactor` turns such a sum into weights of today.
 */
export const growthOf = (at: Instant): number => 2 ** (monthOf(at) / HALF_LIFE_MONTHS)

/** What a sum of grown weights has to be multiplied by at a time: halving in three years, for every review alike. */
export const ageFactor = (now: Instant): number => 1 / growthOf(now)
