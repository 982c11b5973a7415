import type { SafeAnswer } from './review.ts'

/** Answers of this many distinct clients leave together, never fewer. */
export const BATCH_SIZE = 5

/** One client's hidden answers about a worker, not yet part of any batch. */
export interface PooledAnswer {
  readonly review: string
  readonly client: string
  readonly again: number
  readonly safe: SafeAnswer
}

/** All that ever leaves of a batch. */
export interface HiddenBatch {
  /** Answers in it, each of another client. */
  readonly n: number
  /** Mean of "again", in steps of 0.5 from 0.5 to 9.5. */
  readonly againMean: number
  /** Share of those who felt safe, strictly between 0 and 1. */
  readonly safeShare: number
}

/**
 * The next batch from a pool in the order of its revealing: the first answer of each of the first five clients. What a
 * client says a second time waits for a later batch. Undefined while fewer than five clients wait.
 */
export function nextBatch(pool: readonly PooledAnswer[]): readonly PooledAnswer[] | undefined {
  const chosen = new Map<string, PooledAnswer>()
  for (const answer of pool)
    if (!chosen.has(answer.client) && chosen.size < BATCH_SIZE) chosen.set(answer.client, answer)
  return chosen.size < BATCH_SIZE ? undefined : [...chosen.values()]
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

/**
 * Makes a batch coarse, so that unanimity shows nobody's answer: five times 10 has the mean 10 only if everybody said
 * 10, and everybody felt safe only if each did. So the mean is rounded to halves and kept off both ends (9.5 stands
 * for all means from 9.25 on), and at either end of the share one answer more or less looks the same (4 and 5 of 5 are
 * both 0.9). Whoever knows the batch knows no answer in it.
 */
export function blur(answers: readonly PooledAnswer[]): HiddenBatch {
  const n = answers.length
  const againMean = answers.reduce((sum, answer) => sum + answer.again, 0) / n
  const safe = answers.filter((answer) => answer.safe === 'yes').length
  return {
    n,
    againMean: clamp(Math.round(againMean * 2) / 2, 0.5, 9.5),
    safeShare: safe <= 1 ? 0.5 / n : safe >= n - 1 ? (n - 0.5) / n : safe / n,
  }
}

/** Several batches as one; a function of the batches alone, so that it tells nothing that they do not. */
export function combine(batches: readonly HiddenBatch[]): HiddenBatch | undefined {
  if (batches.length === 0) return undefined
  const n = batches.reduce((sum, batch) => sum + batch.n, 0)
  const mean = (of: 'againMean' | 'safeShare') => batches.reduce((sum, batch) => sum + batch[of] * batch.n, 0) / n
  return { n, againMean: mean('againMean'), safeShare: mean('safeShare') }
}
