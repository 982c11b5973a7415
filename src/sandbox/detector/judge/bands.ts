/**
 * What happens to a post: it is published, a person looks at it first, or it is held until a person has. None is a
 * punishment: a person decides, and gives reasons.
 */
export const bands = ['publish', 'queue', 'hold'] as const
export type Band = (typeof bands)[number]

/**
 * Probabilities that any rule is broken from which on a post is queued, or held. `queue` ≤ `hold`. The band follows from
 * this one, not from the likeliest kind: at a precision of 0.94 it finds a quarter more of the posts of held-out authors.
 */
export interface Thresholds {
  readonly queue: number
  readonly hold: number
}

export const bandAt = ({ queue, hold }: Thresholds, any: number): Band => (any >= hold ? 'hold' : any >= queue ? 'queue' : 'publish')

/**
 * Precision that the posts in a band, and those above it, must reach in cross-validation: what is promised, and a margin
 * for posts by strangers, whose wording differs more than that of the authors of a labelled set.
 */
const QUEUE_PRECISION = 0.955
const HOLD_PRECISION = 0.985
/** No post is queued below this. */
const LEAST_QUEUE = 0.5

/** The lowest threshold, `least` or above, from which the flagged posts are right so often. */
function lowestWithPrecision(ordered: readonly { readonly any: number; readonly truth: boolean }[], precision: number, least: number): number {
  let right = 0
  let lowest = 1
  for (const [at, { any, truth }] of ordered.entries()) {
    if (any < least) break
    if (truth) right += 1
    const tied = ordered[at + 1]?.any === any
    if (!tied && right / (at + 1) >= precision) lowest = any
  }
  return lowest
}

/** Chooses thresholds on held-out posts. Where too few flagged posts are right, nothing is flagged below certainty. */
export function chooseThresholds(anys: readonly number[], truths: readonly boolean[]): Thresholds {
  const ordered = anys.map((any, at) => ({ any, truth: truths[at] === true })).sort((a, b) => b.any - a.any)
  const queue = lowestWithPrecision(ordered, QUEUE_PRECISION, LEAST_QUEUE)
  return { queue, hold: Math.max(queue, lowestWithPrecision(ordered, HOLD_PRECISION, LEAST_QUEUE)) }
}
