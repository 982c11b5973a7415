import { type CompiledHtml, decodeText } from '../../item/markup/compiled-html.ts'
import type { Random } from '../../kernel/random.ts'
import {
  type Calculation,
  type Content as CellContent,
  openPlaced,
  type PlacedCells,
  placeCells,
} from '../formula/calculate.ts'
import { moveFormula } from '../formula/move-formula.ts'
import { MOST_FORMULA_CHARACTERS, readFormula } from '../formula/read-formula.ts'
import { fillRange } from '../formula/shift-formula.ts'
import { columnName, columnNumber, type Formula, printFormula } from '../formula/tree.ts'
import { isFailure, type Scalar } from '../formula/value.ts'
import type { TaskField } from '../present.ts'
import { fillMarkup, fillText, type SlotValues } from '../slots.ts'
import { CannotDraw, type Drawn, type FamilyDraw, type KindShapes } from '../task-kind.ts'
import { asValues, type DrawnTables, drawTables, formatOfContent, readValue, rowsOf, tablesOf } from './draw-sheet.ts'
import {
  FIRST_ROW,
  MOST_COLUMNS_RIGHT,
  MOST_ROWS_DOWN,
  type Run,
  type SheetBody,
  type SheetChange,
  type SheetQuestion,
} from './family.ts'
import { addressesIn, cellsOf, type QuestionKey, type SheetKey, type TrialSheet } from './key.ts'
import { questionField, type SheetMaterials, type ShownFormat } from './present.ts'
import { LAYOUT_SLOTS } from './words.data.ts'

export interface SheetShapes extends KindShapes {
  readonly body: SheetBody
  readonly materials: SheetMaterials
  readonly key: SheetKey
}

/** So many sheets are hidden, and what is rare stands on half of them. */
const HIDDEN = 6
const HALVES = [
  [0, 2, 4],
  [1, 3, 5],
  [0, 1, 2],
  [3, 4, 5],
  [0, 3, 5],
  [1, 2, 4],
] as const
/** Cells that a change makes empty, or puts a text into; and times that each of the three values at a boundary stands there. */
const GAPS = 2
const AT_BOUNDARY = 2

/** Where everything stands on one paper. Authors write their sheets from row 5 on, with the columns in one order. */
interface Place {
  readonly rowsDown: number
  readonly columns: ReadonlyMap<number, number>
  /** How far all other columns move. */
  readonly columnsRight: number
}

function drawPlace(body: SheetBody, random: Random): Place {
  const rowsDown = random.below(MOST_ROWS_DOWN + 1)
  const numbers = (tablesOf(body.columns)[0] ?? []).map(({ letter }) => columnNumber(letter))
  const order = random.shuffle(numbers)
  const columnsRight = random.below(MOST_COLUMNS_RIGHT + 1)
  return { rowsDown, columnsRight, columns: new Map(numbers.map((number, i) => [number, order[i] as number])) }
}

const movedRow = ({ rowsDown }: Place, row: number): number => (row >= FIRST_ROW - 1 ? row + rowsDown : row)
/** Above the heads nothing moves. */
const movedColumn = ({ columns, columnsRight }: Place, column: number, row: number = FIRST_ROW): number =>
  row >= FIRST_ROW - 1 ? (columns.get(column) ?? column + columnsRight) : column

const ADDRESS = /^([A-Z]+)(\d+)$/
const LETTER = /^[A-Z]{1,2}$/

function movedAddress(address: string, place: Place): string {
  const [, letter = '', row = '0'] = ADDRESS.exec(address) ?? []
  return columnName(movedColumn(place, columnNumber(letter), Number(row))) + String(movedRow(place, Number(row)))
}

const movedRange = (range: string, place: Place): string =>
  range
    .split(':')
    .map((address) => movedAddress(address, place))
    .join(':')

/** Reads a formula of an author and takes it to where its cells stand. @throws where it cannot be read, or would fall apart. */
function modelOf({ formula, range }: SheetQuestion, place: Place, slots: SlotValues): Formula {
  const values = new Map(
    [...asValues(slots)].map(([name, slot]) => {
      const isDate = slots.get(name)?.date !== undefined
      return [name, isDate ? { text: String(readValue(slot.text).value) } : slot]
    }),
  )
  const read = readFormula(fillText(formula, values))
  if (!read.ok) throw new CannotDraw(`${range} ${formula} (${read.problem.code})`)
  const moved = moveFormula(read.value, {
    row: (row) => movedRow(place, row),
    column: (column, row) => movedColumn(place, column, row),
  })
  if (!moved) throw new CannotDraw(`${range} ${formula} (order)`)
  return moved
}

interface Model {
  readonly range: string
  readonly formula: Formula
  /** Copied into its range. */
  readonly filled: PlacedCells
}

/** What is written in cells, by address in the author's layout. */
interface Written {
  readonly tables: DrawnTables
  /** Other cells. */
  readonly cells: Readonly<Record<string, number | string>>
  /** Values that stand where formulas are asked for, by the letter of their column and the row from 0. */
  readonly typed: ReadonlyMap<string, ReadonlyMap<number, Scalar>>
  /** Cells that hold what another column comes to in their row, and so much more. */
  readonly beside: readonly Beside[]
}

interface Beside {
  readonly letter: string
  readonly row: number
  readonly column: string
  readonly difference: number
}

/** The texts of cells that neither tables nor questions fill: heads, and what authors wrote. */
function readCells({ cells }: SheetBody, slots: SlotValues): Record<string, number | string> {
  return Object.fromEntries(
    cells.map(({ address, text }) => [address, readValue(fillText(text, asValues(slots))).value]),
  )
}

/** The cell that holds a question's head: above a range, left of a cell. */
function headAddress(range: string): string {
  const [first = '', last] = range.split(':')
  const [, letter = '', row = '0'] = ADDRESS.exec(first) ?? []
  return last === undefined
    ? `${columnName(Math.max(1, columnNumber(letter) - 1))}${row}`
    : `${letter}${Number(row) - 1}`
}

function headsOf(body: SheetBody, place: Place, slots: SlotValues): Record<string, string> {
  return Object.fromEntries([
    ...body.columns.map(({ letter, head }) => [
      movedAddress(`${letter}${FIRST_ROW - 1}`, place),
      fillText(head, slots),
    ]),
    ...body.questions.map(({ range, head }) => [headAddress(movedRange(range, place)), fillText(head, slots)]),
  ])
}

const halfOf = (index: number, sheet: number): boolean =>
  (HALVES[index % HALVES.length] as readonly number[]).includes(sheet)

/** One value of these that is not this one. */
const otherThan = (value: number | string, values: readonly (number | string)[], turn: number): number | string => {
  const others = values.filter((other) => other !== value)
  return others[turn % Math.max(1, others.length)] ?? value
}

/** Draws the hidden sheet of this number: what was shown, with every change that falls on it. */
function drawHidden(
  { family: { body }, slots, stream }: Pick<FamilyDraw<SheetBody>, 'family' | 'slots' | 'stream'>,
  shown: Written,
  sheet: number,
): Written {
  const redrawn = new Set(body.changes.flatMap((change) => (change.change === 'redraw' ? change.columns : [])))
  const tables = drawTables(body, slots, (letter) => stream(`hidden ${sheet} ${letter}`), {
    of: shown.tables,
    isKept: (letter) => !redrawn.has(letter),
  })
  const columns = new Map([...tables.columns].map(([letter, run]) => [letter, [...run]]))
  const cells = { ...shown.cells }
  const typed = new Map<string, Map<number, Scalar>>()
  const valueIn = (text: string) => cells[text] ?? readValue(fillText(text, asValues(slots))).value
  const beside: Beside[] = []
  const put = (letter: string, row: number, value: Scalar) => {
    const run = columns.get(letter)
    if (run) run[row] = value
    else typed.set(letter, (typed.get(letter) ?? new Map()).set(row, value))
  }
  const rare: Exclude<SheetChange, { change: 'redraw' | 'value' }>[] = []
  for (const change of body.changes) {
    if (change.change === 'value')
      cells[change.address] = otherThan(cells[change.address] ?? '', change.values.map(valueIn), sheet)
    else if (change.change !== 'redraw') rare.push(change)
  }
  // a boundary stands whatever else was put there
  const inOrder = [...rare.entries()].sort(
    ([, a], [, b]) => Number(a.change === 'boundary') - Number(b.change === 'boundary'),
  )
  for (const [i, change] of inOrder) {
    if (!halfOf(i, sheet)) continue
    const rows = columns.get(change.column)?.length ?? body.rows
    const places = stream(`hidden ${sheet} change ${i}`).shuffle(Array.from({ length: rows }, (_, row) => row))
    if (change.change === 'boundary') {
      const step = Number(valueIn(change.step))
      const differences = [0, -step, step]
      const column = LETTER.test(change.value) ? change.value : undefined
      for (const [k, row] of places.slice(0, differences.length * AT_BOUNDARY).entries()) {
        const difference = differences[k % differences.length] as number
        if (column) beside.push({ letter: change.column, row, column, difference })
        else put(change.column, row, Number(valueIn(change.value)) + difference)
      }
    }
    // the last row is among them: a range may end a row early
    else
      for (const row of [rows - 1, ...places.filter((one) => one !== rows - 1)].slice(0, GAPS))
        put(change.column, row, change.change === 'blank' ? null : valueIn(change.text))
  }
  return { tables: { ...tables, columns }, cells, typed, beside }
}

/** A cell that a formula leaves empty shows 0. */
const settled = (value: Scalar): Scalar => value ?? 0

/** The cells of a sheet with the models in them, and what its questions come to. */
function openTrial(
  { tables, cells, typed }: Written,
  models: readonly Model[],
  texts: SheetKey['texts'],
  place: Place,
) {
  const runs: Record<string, Run> = {}
  for (const [address, value] of Object.entries(cells)) runs[movedAddress(address, place)] = [value]
  for (const [letter, run] of tables.columns) runs[movedAddress(`${letter}${FIRST_ROW}`, place)] = run
  const instead: Record<string, CellContent> = {}
  for (const [letter, values] of typed)
    for (const [row, value] of values)
      instead[movedAddress(`${letter}${FIRST_ROW + row}`, place)] = value as CellContent
  const layers = [placeCells(instead), ...models.map(({ filled }) => filled), placeCells(cellsOf(texts, runs))]
  return { runs, instead, layers, calculation: openPlaced(layers) }
}

/** Puts what other columns come to beside them, where a boundary asks for it. */
function withBeside(written: Written, { valueAt }: Calculation, place: Place): Written {
  const columns = new Map([...written.tables.columns].map(([letter, run]) => [letter, [...run]]))
  const typed = new Map([...written.typed].map(([letter, values]) => [letter, new Map(values)]))
  for (const { letter, row, column, difference } of written.beside) {
    const value = valueAt('', movedAddress(`${column}${FIRST_ROW + row}`, place))
    if (typeof value !== 'number') continue
    const run = columns.get(letter)
    if (run) run[row] = value + difference
    else typed.set(letter, (typed.get(letter) ?? new Map()).set(row, value + difference))
  }
  return { ...written, tables: { ...written.tables, columns }, typed, beside: [] }
}

/** What is written, with what the models come to: a sheet on which formulas are tried. @throws where a model comes to an error. */
function trialSheet(written: Written, models: readonly Model[], texts: SheetKey['texts'], place: Place): TrialSheet {
  const opened = openTrial(written, models, texts, place)
  if (written.beside.length > 0) return trialSheet(withBeside(written, opened.calculation, place), models, texts, place)
  const { runs, instead, layers, calculation } = opened
  const valuesOf = (range: string, { valueAt }: Calculation): Run =>
    addressesIn(range).map((address) => settled(valueAt('', address)))
  const right: Record<string, Run> = {}
  for (const { range, filled } of models) {
    const addresses = addressesIn(range)
    const run = valuesOf(range, calculation)
    runs[addresses[0] as string] = run
    if (addresses.some((address) => Object.hasOwn(instead, address)))
      right[range] = valuesOf(range, openPlaced([filled, ...layers]))
    const failed = (right[range] ?? run).find(isFailure)
    if (failed) throw new CannotDraw(`${range} ${failed.error}`)
  }
  return { cells: runs, right }
}

function formatsOf(body: SheetBody, slots: SlotValues, place: Place): Record<string, ShownFormat> {
  const formats: Record<string, ShownFormat> = {}
  for (const { letter, content } of body.columns) {
    const format = formatOfContent(content, body.columns)
    if (format) formats[columnName(movedColumn(place, columnNumber(letter)))] = format
  }
  for (const { address, text } of body.cells) {
    const { format } = readValue(fillText(text, asValues(slots)))
    if (format) formats[movedAddress(address, place)] = format
  }
  for (const { range, format } of body.questions) {
    const [first = '', last] = movedRange(range, place).split(':')
    if (format) formats[last === undefined ? first : first.replace(/\d+$/, '')] = format
  }
  return formats
}

/** What brief, rules and questions may ask of the layout: where a cell went, by its address in the author's layout. */
function layoutSlots(body: SheetBody, place: Place): Record<string, string> {
  const slots: Record<string, string> = {
    [LAYOUT_SLOTS.first]: String(movedRow(place, FIRST_ROW)),
    [LAYOUT_SLOTS.last]: String(movedRow(place, FIRST_ROW + body.rows - 1)),
    [LAYOUT_SLOTS.questions]: String(body.questions.length),
  }
  for (const table of tablesOf(body.columns))
    for (const { letter } of table) {
      slots[letter] = columnName(movedColumn(place, columnNumber(letter)))
      for (let row = FIRST_ROW - 1; row < FIRST_ROW + rowsOf(table, body); row++)
        slots[`${letter}${row}`] = movedAddress(`${letter}${row}`, place)
    }
  for (const { address } of body.cells) slots[address] = movedAddress(address, place)
  for (const { range } of body.questions) {
    const [first = ''] = range.split(':')
    slots[first.replace(/\d+$/, '')] ??= movedAddress(first, place).replace(/\d+$/, '')
    for (const address of addressesIn(range)) slots[address] = movedAddress(address, place)
  }
  return slots
}

const plain = (html: CompiledHtml): string => decodeText(html.replace(/<[^>]*>/g, ''))

/** Draws a sheet for formulas: where its columns stand and what is in them, and six more like it on which formulas are tried. */
export function generateSheet(draw: FamilyDraw<SheetBody>): Drawn<SheetShapes> {
  const { family, locale, slots, stream } = draw
  const { body } = family
  const place = drawPlace(body, stream('layout'))
  const own = layoutSlots(body, place)
  const all: SlotValues = new Map([...slots, ...Object.entries(own).map(([name, text]) => [name, { text }] as const)])
  const shown: Written = {
    tables: drawTables(body, slots, (letter) => stream(`shown ${letter}`)),
    cells: readCells(body, slots),
    typed: new Map(),
    beside: [],
  }
  const texts = headsOf(body, place, all)
  const sentences = family.wordings[locale]?.sentences ?? {}
  const asked = body.questions.map((question, i) => {
    const range = movedRange(question.range, place)
    const html = fillMarkup(sentences[question.range] ?? ('' as CompiledHtml), all, locale)
    return { question, field: questionField(i), range, html }
  })
  const cells: Record<string, number | string> = { ...texts }
  for (const [address, value] of Object.entries(shown.cells)) cells[movedAddress(address, place)] = value
  for (const [letter, run] of shown.tables.columns)
    for (const [row, value] of run.entries())
      if (typeof value === 'number' || typeof value === 'string')
        cells[movedAddress(`${letter}${FIRST_ROW + row}`, place)] = value

  const hidden = Array.from({ length: HIDDEN }, (_, sheet) => drawHidden(draw, shown, sheet))
  const models = asked.map(({ question, range }): Model => {
    const formula = modelOf(question, place, slots)
    return { range, formula, filled: placeCells(fillRange(range, formula)) }
  })
  return {
    materials: {
      cells,
      formats: formatsOf(body, slots, place),
      questions: asked.map(({ field, range, html }) => ({ field, range, html })),
    },
    fields: asked.map(
      ({ field, range, html }): TaskField => ({
        name: field,
        label: `${range} ${plain(html)}`,
        max: MOST_FORMULA_CHARACTERS,
        initial: '',
        as: 'line',
      }),
    ),
    key: {
      questions: asked.map(
        ({ question: { skill, points }, field, range }, i): QuestionKey => ({
          field,
          range,
          skill,
          points,
          model: printFormula((models[i] as Model).formula),
        }),
      ),
      texts,
      sheets: [shown, ...hidden].map((written) => trialSheet(written, models, texts, place)),
    },
    slots: own,
  }
}
