/** Share of a paper's items, 0..1, that another paper holds too. */
export const overlapOf = (paper: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...paper].filter((id) => other.has(id)).length / Math.max(1, paper.size)

export const largestOverlap = (paper: ReadonlySet<string>, others: readonly ReadonlySet<string>[]): number =>
  Math.max(0, ...others.map((other) => overlapOf(paper, other)))

/** Of shares, 0..1: the mean, the 95th percentile and the most. */
export interface Spread {
  readonly mean: number
  readonly p95: number
  readonly most: number
}

export function spreadOf(shares: readonly number[]): Spread {
  const sorted = [...shares].sort((a, b) => a - b)
  return {
    mean: sorted.reduce((sum, share) => sum + share, 0) / Math.max(1, sorted.length),
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    most: sorted.at(-1) ?? 0,
  }
}
