/** Cuts to one decimal, downwards, so that a score that misses the cut is never shown as having reached it. */
export const toOneDecimal = (value: number): number => Math.floor(value * 10 + 1e-6) / 10

/**
 * Whether a score reaches a cut score, both in percent. Compared before rounding, so that 69.96 does not pass at 70;
 * the slack only covers the noise of adding fractions such as 1/3.
 */
export const reaches = (score: number, cutScore: number): boolean => score >= cutScore - 1e-9
