import type { Locale } from '../../../item/item.ts'
import { type Said, say } from '../../said.ts'
import { type Loss, loss } from '../exchange.ts'
import { placeOf } from './columns.ts'
import type { Column } from './words.data.ts'
import { FALSE, TRUE } from './words.data.ts'

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
