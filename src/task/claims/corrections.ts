import { CORRECTION_WORDS } from './words.data.ts'

// How a correction is read: by value and by listed wordings, whatever its widths.

/** A longer answer is no longer the word that was asked for. */
const MOST_BESIDE = 12

const unscaled = (written: string): string => {
  let sum = 0
  for (const [, number, unit] of written.matchAll(CORRECTION_WORDS.step))
    sum += Number(number) * (CORRECTION_WORDS.units[unit as string] ?? 1)
  return String(sum)
}

/** A text in one spelling: numbers by their value, times and dates one way, no spaces, marks and widths. */
export function plainText(text: string): string {
  let plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, '')
    .replace(CORRECTION_WORDS.marks, '')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
  for (const [written, same] of CORRECTION_WORDS.same) plain = plain.replace(written, same)
  return plain.replace(CORRECTION_WORDS.scaled, unscaled).replace(/\d+(?:\.\d+)?/g, (digits) => String(Number(digits)))
}

const numbersIn = (plain: string): string[] => plain.match(/\d+(?:\.\d+)?/g) ?? []

/** Where a text stands in another one without cutting a number into two; -1 where it does not. */
function placeOf(part: string, whole: string): number {
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    const before = whole.slice(0, at)
    const after = whole.slice(at + part.length)
    const cuts = (/^\d/.test(part) && /[\d.]$/.test(before)) || (/\d$/.test(part) && /^\.?\d/.test(after))
    if (!cuts) return at
  }
  return -1
}

const stem = (plain: string): string => {
  const short = plain.replace(CORRECTION_WORDS.particle, '')
  return short.length >= 2 ? short : plain
}

/** Whether an answer gives a form, with little beside it that says nothing else. */
function gives(answer: string, form: string, wrong: string): boolean {
  const at = placeOf(form, answer)
  if (at < 0) return false
  const beside = answer.slice(0, at) + answer.slice(at + form.length)
  if (beside.length > MOST_BESIDE || CORRECTION_WORDS.negation.test(beside)) return false
  if (numbersIn(form).length > 0 && numbersIn(beside).length > 0) return false
  return wrong.includes(form) ? !answer.includes(wrong) : !beside.includes(stem(wrong))
}

/** An answer without the wrong words where it says of them that they are wrong: 「延べ（実人数ではない）」. */
function withoutRefusal(answer: string, wrong: string): string {
  for (const words of [wrong, stem(wrong)]) {
    const at = placeOf(words, answer)
    const refusal = at < 0 ? null : CORRECTION_WORDS.refusal.exec(answer.slice(at + words.length))
    if (refusal) return answer.slice(0, at) + answer.slice(at + words.length + refusal[0].length)
  }
  return answer
}

/**
 * Whether an answer corrects what was shown: one of the wordings, whole or without its particle, or its number alone where
 * it is the number that is wrong. 「75店→51店」 is read behind the arrow.
 */
export function corrects(written: string, wordings: readonly string[], shown: string): boolean {
  const wrong = plainText(shown)
  const answer = withoutRefusal(plainText(written).replace(CORRECTION_WORDS.instead, ''), wrong)
  if (answer === '' || answer === wrong) return false
  return wordings.some((wording) => {
    const form = plainText(wording)
    const short = stem(form)
    if (gives(answer, form, wrong)) return true
    if (short !== form && placeOf(short, wrong) < 0 && gives(answer, short, wrong)) return true
    const numbers = numbersIn(form)
    return numbers.length === 1 && answer === numbers[0] && !numbersIn(wrong).includes(answer)
  })
}

/** Whether two texts say the same. */
export const saysSame = (one: string, other: string): boolean => plainText(one) === plainText(other)
