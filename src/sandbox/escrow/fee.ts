const WHOLE = 10_000

/** The fee on `gross` yen released over a contract's life, rounded down to the yen: what does not fill a yen is the worker's. */
export const feeOn = (gross: number, basisPoints: number): number => Math.floor((gross * basisPoints) / WHOLE)

/** How a release is shared. */
export interface Share {
  /** Yen that leave escrow. */
  readonly gross: number
  readonly fee: number
  /** What the worker gets: `gross` less `fee`. */
  readonly net: number
}

/**
 * Shares a release of `gross` yen after `before` yen of the same contract. The fee is the growth of the fee on the sum, so
 * that the parts of any partition are charged what the whole would be.
 */
export function shareOf(gross: number, terms: { readonly before: number; readonly basisPoints: number }): Share {
  const fee = feeOn(terms.before + gross, terms.basisPoints) - feeOn(terms.before, terms.basisPoints)
  return { gross, fee, net: gross - fee }
}
