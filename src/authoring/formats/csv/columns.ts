import { ALIASES, COLUMNS, type Column, KANA, OPTION_HEADING, OPTION_PREFIX, PAIR_HEADING } from './words.data.ts'

/** What a column holds: a field, or the option or right-hand side with this number (from 1). */
export type Meaning = { readonly field: Column } | { readonly option: number } | { readonly pair: number }

/** Reads a column's heading; undefined for one that nobody knows. */
export function readHeading(written: string): Meaning | undefined {
  const word = headingWord(written)
  const field =
    COLUMNS.find((column) => column.replaceAll('_', ' ') === word) ??
    (Object.hasOwn(ALIASES, word) ? ALIASES[word] : undefined)
  if (field) return { field }
  const pair = PAIR_HEADING.exec(word)
  if (pair) return { pair: Number(pair[1]) }
  const option = OPTION_HEADING.exec(word) ?? /^([a-h])$/.exec(word)
  return option ? { option: placeOf(option[1] as string) } : undefined
}

/** `correctAnswer`, `correct_answer` and `Correct answer(s) - choose one` are the same two words. */
const headingWord = (written: string): string =>
  written
    .normalize('NFKC')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .replace(/\([^)]*\)|\s[-–—]\s.*$/g, '')
    .toLowerCase()
    .replaceAll(/[ _-]+/g, ' ')
    .trim()

/** The number of an option from how people count them: `2`, `b`, `B)`, `(2)`, `option_b`, and in Japanese. 0 for what is none of these. */
export function placeOf(written: string): number {
  const word = written
    .normalize('NFKC')
    .trim()
    .replace(OPTION_PREFIX, '')
    .replace(/^\(?(.+?)[).:]?$/, '$1')
  if (/^\d{1,2}$/.test(word)) return Number(word)
  return /^[a-z]{1,2}$/i.test(word) ? letterNumber(word) : word.length === 1 ? KANA.indexOf(word) + 1 : 0
}

/** 1 as A, 27 as AA: how spreadsheets count. */
export function numberLetter(number: number): string {
  const rest = Math.floor((number - 1) / 26)
  return `${rest > 0 ? numberLetter(rest) : ''}${String.fromCharCode(65 + ((number - 1) % 26))}`
}

export const letterNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
