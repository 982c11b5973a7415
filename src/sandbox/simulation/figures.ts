/** A value that `share` of the sorted values lie below, interpolated; undefined of none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  if (values.length === 0) return undefined
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number]
  return low + (high - low) * (at - Math.floor(at))
}

export interface Mean {
  readonly n: number
  readonly mean: number
  /** Ends of the 95 % interval. */
  readonly low: number
  readonly high: number
}

const Z95 = 1.959964

/** Mean with its 95 % interval by the normal approximation; undefined of fewer than two. */
export function meanOf(values: readonly number[]): Mean | undefined {
  const n = values.length
  if (n < 2) return undefined
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const half = Z95 * Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n)
  return { n, mean, low: mean - half, high: mean + half }
}

/** Difference of two means with its 95 % interval (Welch). */
export function differenceOf(a: Mean, b: Mean): Omit<Mean, 'n'> {
  const half = Math.hypot(a.high - a.mean, b.high - b.mean)
  const mean = a.mean - b.mean
  return { mean, low: mean - half, high: mean + half }
}

/** Pearson's correlation; undefined of fewer than three pairs. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | undefined {
  if (pairs.length < 3) return undefined
  const centre = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length
  const [x, y] = [centre(0), centre(1)]
  const sums = pairs.reduce(
    (sum, [a, b]) => ({ xy: sum.xy + (a - x) * (b - y), xx: sum.xx + (a - x) ** 2, yy: sum.yy + (b - y) ** 2 }),
    { xy: 0, xx: 0, yy: 0 },
  )
  return sums.xy / Math.sqrt(sums.xx * sums.yy)
}

/** A line of comma-separated values. */
export const csv = (rows: readonly (readonly (string | number | boolean | null | undefined)[])[]): string =>
  `${rows.map((row) => row.map((cell) => cell ?? '').join(',')).join('\n')}\n`
