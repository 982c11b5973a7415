import { AMOUNT_UNITS, SCALED_AMOUNT } from './amounts.data.ts'

/** Digits and commas of either width as a number. */
const numberOf = (written: string): number => Number(written.normalize('NFKC').replaceAll(',', ''))

/**
 * A text with every sum of money that is written with a unit of numbers in digits alone: 「13万2,000円」 → 「132000円」. Nothing
 * becomes shorter, so that the length of a text stays enough where it was.
 */
export const plainAmounts = (text: string): string =>
  text.replace(SCALED_AMOUNT, (found: string, ...parts: (string | undefined)[]) => {
    const sum = AMOUNT_UNITS.reduce((all, worth, i) => all + numberOf(parts[i] ?? '0') * worth, 0)
    return `${Math.round(sum)}円`.padEnd(found.length)
  })
