/** A number with the ends of its 95 % interval. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/**
 * The score interval of a share of n trials (Wilson 1927, "Probable inference, the law of succession, and statistical
 * inference"). For a mean of parts of a point it is too wide rather than too narrow: no variable between 0 and 1 varies
 * more than one that is only ever 0 or 1 with the same mean. n ≥ 1; all of it within 0..1.
 */
export function wilsonInterval(share: number, n: number): Estimate {
  const z2 = Z * Z
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  return { value: share, low: clamp(middle - half, 0, share), high: clamp(middle + half, share, 1) }
}

/** The interval of a correlation over n pairs by its z = atanh r, whose standard error is 1/√(n − 3) (Fisher 1921). n ≥ 4; within −1..1. */
export function fisherInterval(r: number, n: number): Estimate {
  const z = Math.atanh(clamp(r, -1 + 1e-12, 1 - 1e-12))
  const half = Z / Math.sqrt(n - 3)
  return { value: r, low: Math.tanh(z - half), high: Math.tanh(z + half) }
}
