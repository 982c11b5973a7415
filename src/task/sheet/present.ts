import type { CompiledHtml } from '../../item/markup/compiled-html.ts'
import { formatNumber } from '../formula/format-number.ts'
import { isFailure, type Scalar, textOf } from '../formula/value.ts'

// What pages know of a sheet: its cells, and where formulas are to be put.

/** How a number is shown: a date, a time or a share. */
export type ShownFormat = 'date' | 'time' | 'percent'

export interface ShownQuestion {
  /** The name of its field. */
  readonly field: string
  /** A cell, or a range into which the formula of the first cell is copied down. */
  readonly range: string
  readonly html: CompiledHtml
}

/** A sheet as a candidate sees it. */
export interface SheetMaterials {
  /** Values by address, `B12`; a cell without any is empty. Dates and times are numbers of days. */
  readonly cells: Readonly<Record<string, number | string>>
  /** By address, or by the letter of a column. */
  readonly formats: Readonly<Record<string, ShownFormat>>
  readonly questions: readonly ShownQuestion[]
}

/** The name of the field of a question, from 0. */
export const questionField = (index: number): string => `q${index + 1}`

const PATTERNS: Readonly<Record<ShownFormat, string>> = { date: 'yyyy/mm/dd', time: '[h]:mm', percent: '0.##%' }
/** As many digits as fit in a cell. */
const SHOWN_DIGITS = 11

/** A value as a sheet shows it. */
export function shownText(value: Scalar, format?: ShownFormat): string {
  if (isFailure(value)) return value.error
  if (typeof value !== 'number') return textOf(value)
  const formatted = format && formatNumber(value, PATTERNS[format])
  if (formatted !== undefined) return formatted.replace(/\.%$/, '%')
  const [whole = '', decimals] = textOf(Number(value.toPrecision(SHOWN_DIGITS))).split('.')
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (decimals === undefined ? '' : `.${decimals}`)
}

/** The format of a cell. */
export const formatOf = ({ formats }: Pick<SheetMaterials, 'formats'>, address: string): ShownFormat | undefined =>
  formats[address] ?? formats[address.replace(/\d+$/, '')]
