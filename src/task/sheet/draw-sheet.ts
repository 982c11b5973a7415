import type { Random } from '../../kernel/random.ts'
import { numberIn } from '../formula/coerce.ts'
import { columnName, columnNumber } from '../formula/tree.ts'
import type { Scalar } from '../formula/value.ts'
import { fillText, type SlotValues } from '../slots.ts'
import { CannotDraw } from '../task-kind.ts'
import type { CellCount, Content, Run, SheetBody, SheetColumn } from './family.ts'
import type { ShownFormat } from './present.ts'

const MINUTES_A_DAY = 1_440
/** An epoch day to the number of a spreadsheet's day. */
const SERIAL = 25_569
const serialOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000 + SERIAL

/** What the text of a cell says: a number, a share, a date, a time, or itself. A code that begins with zeros is a text. */
export function readValue(text: string): { readonly value: number | string; readonly format?: ShownFormat } {
  const value = /^0\d/.test(text) && !text.includes(':') ? undefined : numberIn(text)
  if (value === undefined) return { value: text }
  if (text.endsWith('%')) return { value, format: 'percent' }
  if (text.includes(':')) return { value, format: 'time' }
  return /\d[-/]\d/.test(text) ? { value, format: 'date' } : { value }
}

/** Slots as cells and formulas hold them: numbers without commas, and dates that can be read. */
export const asValues = (slots: SlotValues): SlotValues =>
  new Map(
    [...slots].map(([name, slot]) => {
      if (slot.date !== undefined) return [name, { text: slot.date }]
      return [name, slot.number === undefined ? slot : { ...slot, text: String(slot.number), grouped: false }]
    }),
  )

/** Tables: columns side by side, from left to right. The first one is that of column A. */
export function tablesOf(columns: readonly SheetColumn[]): SheetColumn[][] {
  const inOrder = [...columns].sort((a, b) => columnNumber(a.letter) - columnNumber(b.letter))
  const tables: SheetColumn[][] = []
  for (const column of inOrder) {
    const before = tables.at(-1)?.at(-1)
    if (before && columnNumber(before.letter) + 1 === columnNumber(column.letter)) tables.at(-1)?.push(column)
    else tables.push([column])
  }
  return tables
}

/** Rows of a table: as many as stand in it one by one, or as in the first one. */
export const rowsOf = (table: readonly SheetColumn[], body: SheetBody): number =>
  table.some(({ letter }) => letter === columnName(1))
    ? body.rows
    : Math.max(
        0,
        ...table.map(({ content }) =>
          content.of === 'fixed' ? content.values.length : content.of === 'extract' ? content.count : 0,
        ),
      ) || body.rows

/** The format of what a column holds. */
export function formatOfContent(content: Content, columns: readonly SheetColumn[]): ShownFormat | undefined {
  if (content.of === 'date' || content.of === 'time') return content.of
  if (content.of === 'fixed') return readValue(content.values[0] ?? '').format
  const source = 'column' in content ? columns.find(({ letter }) => letter === content.column) : undefined
  return source && formatOfContent(source.content, columns)
}

const between = ({ least, most }: CellCount, random: Random): number => least + random.below(most - least + 1)
const pick = <T>(values: readonly T[], random: Random): T => values[random.below(values.length)] as T

function drawDates({ from, to, each }: Content & { readonly of: 'date' }, rows: number, random: Random): number[] {
  const first = serialOf(from)
  const days = Array.from({ length: serialOf(to) - first + 1 }, (_, i) => first + i)
  const inOrder = (dates: readonly number[]) => [...dates].sort((a, b) => a - b)
  if (each === undefined) return inOrder(Array.from({ length: rows }, () => pick(days, random)))
  const wanted = Math.ceil(rows / each)
  if (days.length < wanted) throw new CannotDraw(`${days.length} days for ${wanted}`)
  return inOrder(random.shuffle(days).slice(0, wanted))
    .flatMap((day) => Array<number>(each).fill(day))
    .slice(0, rows)
}

/** What a sheet has so far: values of its columns by letter, and the rows that extracts took. */
export interface DrawnTables {
  readonly columns: ReadonlyMap<string, Run>
  /** By the letter of the extract. */
  readonly taken: ReadonlyMap<string, readonly number[]>
}

interface Drawing {
  readonly body: SheetBody
  readonly values: SlotValues
  readonly random: Random
  readonly rows: number
  readonly columns: Map<string, Run>
  readonly taken: Map<string, readonly number[]>
  readonly table: readonly SheetColumn[]
}

function drawContent(content: Content, letter: string, drawing: Drawing): Run {
  const { rows, random, values, columns, taken, table } = drawing
  const texts = (of: readonly string[]) => of.map((text) => readValue(fillText(text, values)).value)
  switch (content.of) {
    case 'date':
      return drawDates(content, rows, random)
    case 'choice': {
      const all = texts(content.values)
      return Array.from({ length: rows }, () => pick(all, random))
    }
    case 'turn': {
      const all = texts(content.values)
      return Array.from({ length: Math.ceil(rows / all.length) }, () => random.shuffle(all))
        .flat()
        .slice(0, rows)
    }
    case 'integer':
    case 'time': {
      const { from, to, step } = content
      const unit = content.of === 'time' ? MINUTES_A_DAY : 1
      return Array.from({ length: rows }, () => (from + step * random.below(Math.floor((to - from) / step) + 1)) / unit)
    }
    case 'fixed':
      return texts(content.values)
    case 'code':
      return Array.from({ length: rows }, (_, i) => content.prefix + String(content.from + i))
    case 'extract': {
      const source = columns.get(content.column) ?? []
      if (source.length < content.count) throw new CannotDraw(`${content.count} of ${source.length} rows`)
      const rowsTaken = random.shuffle(source.map((_, row) => row)).slice(0, content.count)
      taken.set(letter, rowsTaken)
      return rowsTaken.map((row) => source[row] as Scalar)
    }
    case 'matching': {
      const extract = table.find((other) => other.content.of === 'extract')
      const source = columns.get(content.column) ?? []
      return (taken.get(extract?.letter ?? '') ?? []).map((row) => {
        const difference = pick(content.differences, random)
        const value = source[row] ?? null
        return typeof value === 'number' ? value + difference : value
      })
    }
    default:
      return content satisfies never
  }
}

/** Some other cells: empty ones and texts, at places of their own. */
function withGaps(run: Run, { blanks, texts }: SheetColumn, values: SlotValues, random: Random): Run {
  const places = random.shuffle(run.map((_, place) => place))
  const empty = places.slice(0, blanks ? between(blanks, random) : 0)
  const other = places.slice(empty.length, empty.length + (texts ? between(texts, random) : 0))
  return run.map((value, place) => {
    if (empty.includes(place)) return null
    return texts && other.includes(place) ? fillText(pick(texts.values, random), values) : value
  })
}

/** Draws the tables of a sheet; of columns that are kept, the values come from the sheet before. */
export function drawTables(
  body: SheetBody,
  slots: SlotValues,
  streamOf: (letter: string) => Random,
  kept?: { readonly of: DrawnTables; readonly isKept: (letter: string) => boolean },
): DrawnTables {
  const columns = new Map<string, Run>()
  const taken = new Map<string, readonly number[]>()
  const isLate = ({ content }: SheetColumn) => Number(content.of === 'extract') + 2 * Number(content.of === 'matching')
  const tables = tablesOf(body.columns)
  const inTurn = tables
    .flatMap((table) => table.map((column) => ({ column, table })))
    .sort((a, b) => isLate(a.column) - isLate(b.column))
  for (const { column, table } of inTurn) {
    const { letter, content } = column
    if (kept?.isKept(letter)) {
      columns.set(letter, kept.of.columns.get(letter) ?? [])
      taken.set(letter, kept.of.taken.get(letter) ?? [])
      continue
    }
    const random = streamOf(letter)
    const rows = rowsOf(table, body)
    const run = drawContent(content, letter, { body, values: asValues(slots), random, rows, columns, taken, table })
    columns.set(letter, withGaps(run, column, slots, random))
  }
  return { columns, taken }
}
