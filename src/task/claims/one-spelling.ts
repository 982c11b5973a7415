import { CORRECTION_SPELLINGS } from './words.data.ts'

/** So small a part of one is what adding has left of a float. */
const FINEST = 1_000_000

function inDigits(written: string): string {
  let sum = 0
  for (const [, number, unit] of written.matchAll(CORRECTION_SPELLINGS.step))
    sum += Number(number) * (CORRECTION_SPELLINGS.units[unit as string] ?? 1)
  return String(Math.round(sum * FINEST) / FINEST)
}

/** A correction with its numbers in digits, the hours of a day in one count, and one spelling of what counts months and places. */
export function oneSpelling(text: string): string {
  let plain = text
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(CORRECTION_SPELLINGS.scaled, inDigits)
    .replace(CORRECTION_SPELLINGS.afternoon, (found, hour: string) =>
      Number(hour) < 12 ? `${Number(hour) + 12}` : found,
    )
  for (const [written, same] of CORRECTION_SPELLINGS.same) plain = plain.replace(written, same)
  return plain
}
