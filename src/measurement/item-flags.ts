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

export const itemFlags = [
  'too-easy',
  'too-hard',
  'low-discrimination',
  'negative-discrimination',
  'unpicked-option',
] as const

/**
 * What an author should look at. A flag is raised only where the whole 95 % interval lies beyond its threshold, so that
 * few papers raise none:
 *
 * - `too-easy`: more than 90 % of the points are earned; the item tells nearly nobody apart.
 * - `too-hard`: less than 30 % of the points are earned: hardly more than the 25 % of blind picks among four options.
 * - `low-discrimination`: the correlation with the rest of the paper is below .20, "poor" in Ebel & Frisbie (1991), ch. 13.
 * - `negative-discrimination`: that correlation is below 0: those who know more earn less, so the key may be wrong.
 * - `unpicked-option`: a wrong option that nobody of at least 60 picked. One that 5 % pick, the least at which Haladyna &
 *   Downing (1993) call a distractor functioning, escapes 60 people in 4.6 % of samples.
 */
export type ItemFlag = (typeof itemFlags)[number]

/** Fewer people than this say nothing of an option that nobody picked. */
export const FEWEST_FOR_OPTIONS = 60

export interface Flaggable {
  readonly n: number
  readonly facility: Estimate
  readonly discrimination?: Estimate
  /** Wrong options that compete with the right one, and how often each was picked. */
  readonly distractorPicks: readonly number[]
}

/** The flags of an item, in the order of `itemFlags`. */
export function flagsOf({ n, facility, discrimination, distractorPicks }: Flaggable): ItemFlag[] {
  const isNegative = discrimination !== undefined && discrimination.high < 0
  const holds: Readonly<Record<ItemFlag, boolean>> = {
    'too-easy': facility.low > 0.9,
    'too-hard': facility.high < 0.3,
    'low-discrimination': discrimination !== undefined && discrimination.high < 0.2 && !isNegative,
    'negative-discrimination': isNegative,
    'unpicked-option': n >= FEWEST_FOR_OPTIONS && distractorPicks.includes(0),
  }
  return itemFlags.filter((flag) => holds[flag])
}
