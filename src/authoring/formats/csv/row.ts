import type { Locale } from '../../../item/item.ts'
import { guardCell } from '../../../platform/words/guard-cell.ts'
import { type Said, say } from '../../said.ts'
import { type Loss, loss } from '../exchange.ts'
import {
  ALIASES,
  COLUMNS,
  type Column,
  FALSE,
  KANA,
  OPTION_HEADING,
  OPTION_PREFIX,
  PAIR_HEADING,
  TRUE,
} from './words.data.ts'

/** Whether the `correct` cells of a table count its options, and from which number; they may be texts where that is not known. */
export type Counting = 'from-0' | 'from-1' | 'unknown'

/** One row of a table, its cells by what they mean. */
export interface Row {
  readonly field: (name: Column) => string
  readonly options: readonly string[]
  readonly pairs: readonly string[]
  /** The options as they stand in their cells. */
  readonly written: readonly string[]
  readonly isOwn: boolean
  readonly counting: Counting
  readonly locale: Locale
  readonly losses: Loss[]
}

/** The lines of a cell that hold something. */
export const lines = (cell: string): string[] =>
  cell
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Says why a row becomes no item. */
export const leaveOut = (losses: Loss[], message: Said): undefined => {
  losses.push(loss('syntax', message))
}

/** Whether a cell calls a sentence true or false. */
export const readTruth = (text: string): boolean | undefined =>
  TRUE.test(text.trim()) ? true : FALSE.test(text.trim()) ? false : undefined

/** The cell that holds the key, whatever its column is called. */
export const keyOf = ({ field }: Row): string => field('answer') || field('correct')

/** The options that a cell names one by one. */
export const splitKey = (key: string): string[] => key.split(/[\s,、;；，/|]+/).filter((word) => word !== '')

/** Which options the `correct` cell names: by letter, by number or by their text. Undefined when it names none. */
export function rightOptions({ field, options, written, counting, losses }: Row): number[] | undefined {
  const key = field('correct') || field('answer')
  const byText = (text: string) => written.findIndex((option) => option !== undefined && option === text.trim())
  const byPlace = (word: string) => {
    const place = placeOf(word) + (counting === 'from-0' ? 1 : 0)
    return options[place - 1] ? place - 1 : -1
  }
  const places = [[byPlace(key)], splitKey(key).map(byPlace)].find((found) => found.length > 0 && !found.includes(-1))
  const texts = [[byText(key)], key.split(/[\n;；|]/).map(byText)].find(
    (found) => found.length > 0 && !found.includes(-1),
  )
  const [found, other] = counting === 'unknown' ? [texts ?? places, places] : [places ?? texts, undefined]
  if (found === texts && found && other && found.join() !== other.join())
    losses.push(loss('key', say('exchange.keyReadAsText', { key })))
  return found && [...new Set(found)]
}

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

const letterNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)

export const quoteCell = (text: string): string => {
  const guarded = guardCell(text)
  return /[",;\n\r\t]|^\s|\s$|^'/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
