import type { Locale } from '../item/item.ts'
import { type CompiledHtml, decodeText, escapeHtml } from '../item/markup/compiled-html.ts'
import type { Random } from '../kernel/random.ts'
import { DATE_FORMS, SHORT_DATE_FORMS, SHORT_DATE_WORDS } from './words.data.ts'

/** From what a slot is drawn. Dates are `YYYY-MM-DD`. */
export type SlotSource =
  | { readonly form: 'choice'; readonly candidates: readonly string[] }
  /** `from`, `from + step` … `to`; thousands are grouped where the author wrote them so. */
  | {
      readonly form: 'integer'
      readonly from: number
      readonly to: number
      readonly step: number
      readonly grouped: boolean
    }
  /** Any day from `from` to `to`, or only Mondays to Fridays. */
  | { readonly form: 'date'; readonly from: string; readonly to: string; readonly weekdays: boolean }
  /** So many working days (Monday to Friday; public holidays are the author's to avoid) after the date of another slot. */
  | { readonly form: 'days-after'; readonly slot: string; readonly days: number }

/** A name in the texts of a family, and from what it is drawn. A choice may speak of slots before it. */
export interface SlotDefinition {
  readonly name: string
  readonly source: SlotSource
}

/** What was drawn for a slot. */
export interface SlotValue {
  readonly text: string
  readonly number?: number
  /** `YYYY-MM-DD`. */
  readonly date?: string
  readonly grouped?: boolean
}

export type SlotValues = ReadonlyMap<string, SlotValue>

const DAY = 86_400_000
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
/** 0 is Sunday. Day 0 of the epoch was a Thursday. */
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7
const isWorkingDay = (day: number): boolean => weekdayOf(day) !== 0 && weekdayOf(day) !== 6

/** Digits with commas between thousands. */
export const grouped = (digits: number | string): string => String(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
const numberIn = (text: string): number | undefined =>
  /^-?\d{1,3}(,\d{3})+$|^-?\d+$/.test(text) ? Number(text.replaceAll(',', '')) : undefined

function drawDate({ from, to, weekdays }: SlotSource & { readonly form: 'date' }, random: Random): string {
  const first = dayOf(from)
  const days = Array.from({ length: dayOf(to) - first + 1 }, (_, i) => first + i)
  const open = weekdays ? days.filter(isWorkingDay) : days
  return dateOf((open.length > 0 ? open : days)[random.below(Math.max(1, open.length))] as number)
}

function workingDaysAfter(date: string, days: number): string {
  let day = dayOf(date)
  for (let left = days; left > 0; ) {
    day += 1
    if (isWorkingDay(day)) left -= 1
  }
  return dateOf(day)
}

function drawSlot(source: SlotSource, values: SlotValues, random: Random): SlotValue {
  switch (source.form) {
    case 'choice': {
      const text = fillText(source.candidates[random.below(source.candidates.length)] as string, values)
      const number = numberIn(text)
      return number === undefined ? { text } : { text, number, grouped: text.includes(',') || number < 1_000 }
    }
    case 'integer': {
      const number = source.from + source.step * random.below(Math.floor((source.to - source.from) / source.step) + 1)
      return { text: source.grouped ? grouped(number) : String(number), number, grouped: source.grouped }
    }
    case 'date': {
      const date = drawDate(source, random)
      return { text: date, date }
    }
    case 'days-after': {
      const date = workingDaysAfter(values.get(source.slot)?.date ?? '1970-01-01', source.days)
      return { text: date, date }
    }
    default:
      return source satisfies never
  }
}

/** Draws the slots of a family in their order. The number of draws does not depend on what comes out. */
export function drawSlots(slots: readonly SlotDefinition[], random: Random): SlotValues {
  const values = new Map<string, SlotValue>()
  for (const { name, source } of slots) values.set(name, drawSlot(source, values, random))
  return values
}

const NAME = '[\\p{L}_][\\p{L}\\p{N}_ー]*'
const EXPRESSION = new RegExp(`^(${NAME})(?:((?:[+\\-*](?:${NAME}|\\d[\\d,]*))+)|:([^]*))?$`, 'u')
const STEP = new RegExp(`([+\\-*])(${NAME}|\\d[\\d,]*)`, 'gu')
/** A slot in a text; of slots in one another the innermost. */
const SLOT = /\{\{([^{}]+)\}\}/g

/** Days and dates as people write them, in one language. */
export const sayDate = (date: string, locale: Locale): string => {
  const day = dayOf(date)
  const [, month, dayOfMonth] = date.split('-').map(Number) as [number, number, number]
  return DATE_FORMS[locale](month, dayOfMonth, weekdayOf(day))
}

const sayShortDate = (date: string, locale: Locale): string => {
  const [, month, day] = date.split('-').map(Number) as [number, number, number]
  return SHORT_DATE_FORMS[locale](month, day)
}

/** What stands between two pairs of a map: a comma, unless it groups thousands. */
const PAIR_END = /(?:、|,(?!\d{3}(?!\d)))\s*(?=(?:[^,、=]|,\d{3}(?!\d))+=)/

function sayMapped({ text, date }: SlotValue, map: string, locale: Locale): string | undefined {
  if (SHORT_DATE_WORDS.includes(map.trim())) return date === undefined ? undefined : sayShortDate(date, locale)
  for (const pair of map.split(PAIR_END)) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === text) return pair.slice(at + 1).trim()
  }
  return undefined
}

/** Steps are taken one after the other: where a product would come first, that is another number. */
const PRODUCT_BEHIND_SUM = /[+-].*\*/u

function sayCalculated(first: SlotValue, steps: string, values: SlotValues): string | undefined {
  if (PRODUCT_BEHIND_SUM.test(steps)) return undefined
  let result = first.number
  let isGrouped = first.grouped !== false
  for (const [, operation, operand] of steps.matchAll(STEP)) {
    const slot = values.get(operand as string)
    const amount = slot ? slot.number : numberIn(operand as string)
    if (amount === undefined || result === undefined) return undefined
    if (slot?.grouped === false) isGrouped = false
    result = operation === '+' ? result + amount : operation === '-' ? result - amount : result * amount
  }
  return result === undefined ? undefined : isGrouped ? grouped(result) : String(result)
}

/** What stands for the inside of `{{…}}`; undefined where it names no slot, or asks of one what it has not. */
export function saySlot(expression: string, values: SlotValues, locale: Locale = 'ja'): string | undefined {
  const [, name, steps, map] = EXPRESSION.exec(expression.trim()) ?? []
  const value = name === undefined ? undefined : values.get(name)
  if (!value) return undefined
  if (map !== undefined) return sayMapped(value, map, locale)
  if (steps !== undefined) return sayCalculated(value, steps, values)
  return value.date === undefined ? value.text : sayDate(value.date, locale)
}

/** A text with its slots filled, from the innermost outwards. What names no slot stays as it is written. */
export function fillText(text: string, values: SlotValues, locale: Locale = 'ja'): string {
  return fromInnermost(text, (found, inside) => saySlot(inside, values, locale) ?? found)
}

/** Slots stand in one another so deep at most. */
const DEEPEST = 4

/** Fills the innermost slots, then those that stood around them. */
function fromInnermost(text: string, fill: (found: string, inside: string) => string): string {
  let filled = text
  for (let depth = 0; depth < DEEPEST && filled.includes('{{'); depth++) {
    const before = filled
    filled = filled.replace(SLOT, fill)
    if (filled === before) break
  }
  return filled
}

/** The same for compiled HTML: what is drawn is text, whatever it holds. */
export function fillMarkup(html: CompiledHtml, values: SlotValues, locale: Locale): CompiledHtml {
  return fromInnermost(html, (found, inside) => {
    const said = saySlot(decodeText(inside), values, locale)
    return said === undefined ? found : escapeHtml(said)
  }) as CompiledHtml
}

/** The slots that stand in a text, as they are written. */
export const slotsIn = (text: string): string[] => [...text.matchAll(SLOT)].map(([, inside]) => inside as string)

/** The name that the inside of `{{…}}` begins with, where it has the form of a slot. */
export const slotName = (expression: string): string | undefined => EXPRESSION.exec(expression.trim())?.[1]

/** A family may have so many slots, and any table in it so many rows. */
export const LONGEST_SLOT_LIST = 200
