import { toBoolean, toDay, toNumber, toText, toWhole } from './coerce.ts'
import { define, type FunctionEntry, type Kind } from './functions/define.ts'
import { power } from './functions/number.ts'
import { functionNamed } from './functions/registry.ts'
import { columnNumber, type Formula, functionsIn, MOST_COLUMNS, MOST_ROWS, type Reference } from './tree.ts'
import {
  type Area,
  type Block,
  blockOf,
  compare,
  DIV,
  type Failure,
  isBlock,
  isFailure,
  MOST_CHARACTERS,
  NA,
  NUM,
  narrow,
  type Operand,
  type Scalar,
  VALUE,
} from './value.ts'

/** Cells a formula may read; every value it makes counts as one too, and 64 characters of text as one more. */
export const MOST_READS = 20_000
/** The same for all formulas of a calculation together. */
const MOST_READS_IN_ALL = 60_000
/** Parts of formulas that wait for each other, through cells as well. */
const MOST_WAITING = 400
/** A range with more rows or columns than this is read as far as anything is written. */
const LONG = 1_000

const CIRCULAR: Failure = { error: '#REF!', why: 'circular' }
const TOO_MUCH: Failure = { error: '#VALUE!', why: 'too-much' }
const NO_SHEET: Failure = { error: '#REF!', why: 'no-sheet' }

/** A cell that is not empty: a value, or a formula as it was read. Dates are day numbers. */
export type Content = number | string | boolean | Formula

/** Cells by address: `{ A1: 120, B1: formula }`. */
export type Cells = Readonly<Record<string, Content>>

/** Sheets by name, with their cells. */
export type Sheets = Readonly<Record<string, Cells>>

/** Cells of a sheet as they are found by calculations. */
export interface PlacedCells {
  readonly contents: ReadonlyMap<number, Content>
  readonly lastRow: number
  readonly lastColumn: number
}

export interface Calculation {
  /** The value of a cell; `null` where nothing is written. */
  valueAt(sheet: string, address: string): Scalar
}

interface Cell {
  readonly sheet: string
  readonly row: number
  readonly column: number
}

interface OpenSheet {
  readonly contentAt: (key: number) => Content | undefined
  readonly values: Map<number, Scalar>
}

const keyOf = (row: number, column: number) => row * (MOST_COLUMNS + 1) + column

/** `B12` → row 12, column 2; undefined for anything else. */
export function cellAt(address: string): { readonly row: number; readonly column: number } | undefined {
  const [, letters, digits] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(address) ?? []
  return letters ? { row: Number(digits), column: columnNumber(letters) } : undefined
}

/** Places cells once, for many calculations on them. What stands at no address is left out. */
export function placeCells(cells: Cells): PlacedCells {
  const contents = new Map<number, Content>()
  let [lastRow, lastColumn] = [1, 1]
  for (const [address, content] of Object.entries(cells)) {
    const cell = cellAt(address)
    if (!cell) continue
    contents.set(keyOf(cell.row, cell.column), content)
    lastRow = Math.max(lastRow, cell.row)
    lastColumn = Math.max(lastColumn, cell.column)
  }
  return { contents, lastRow, lastColumn }
}

const compared = (test: (order: number) => boolean) => define('vv', (one, other) => test(compare(one, other)))

/** What is left of a difference when all fifteen digits cancel out is nothing. */
const difference = (one: number, other: number) => {
  const result = one - other
  return Math.abs(result) < Math.abs(one) * 2 ** -50 ? 0 : result
}

const OPERATORS: Readonly<
  Record<Exclude<Formula['is'], 'literal' | 'reference' | 'array' | 'call' | 'group'>, FunctionEntry>
> = {
  '=': compared((order) => order === 0),
  '<>': compared((order) => order !== 0),
  '<': compared((order) => order < 0),
  '>': compared((order) => order > 0),
  '<=': compared((order) => order <= 0),
  '>=': compared((order) => order >= 0),
  '&': define('tt', (one, other) => one + other),
  '+': define('nn', (one, other) => difference(one, -other)),
  '-': define('nn', difference),
  '*': define('nn', (one, other) => one * other),
  '/': define('nn', (one, other) => (other ? one / other : DIV)),
  '^': define('nn', power),
  minus: define('n', (number) => -number),
  plus: define('e', (value) => value),
  percent: define('n', (number) => number / 100),
}

/** How a single value is taken where a number, text or truth value is asked for. */
const taken: Partial<Readonly<Record<Kind, (value: Scalar) => Scalar>>> = {
  n: toNumber,
  i: toWhole,
  d: toDay,
  t: toText,
  b: toBoolean,
}

/** Kinds that are single values, and those of them that are no errors. */
const SINGLE = 'nidtbve'
const SOUND = 'nidtbv'

const firstOf = (operand: Operand): Scalar => (isBlock(operand) ? (operand.cells()[0]?.[0] ?? null) : operand)

const lengthCost = (operand: Operand) => (typeof operand === 'string' ? operand.length >> 6 : 0)

/** What a function gives for single values: an error among them, unless it takes errors, is its result. */
function runOnce(entry: FunctionEntry, operands: readonly Operand[], kinds: readonly Kind[]): Operand {
  const given: Operand[] = []
  for (const [place, kind] of kinds.entries()) {
    const operand = operands[place] as Operand
    const value = isBlock(operand) ? operand : (taken[kind]?.(operand) ?? operand)
    if (isFailure(value) && (SOUND.includes(kind) || (value.why && kind !== 'e'))) return value
    given.push(value)
  }
  const result = entry.run(...(given as never[]))
  if (typeof result === 'number' && !Number.isFinite(result)) return NUM
  return typeof result === 'string' && result.length > MOST_CHARACTERS ? VALUE : result
}

/**
 * Opens the sheets for reading their values. Each cell is calculated when it is first asked for, and once. Never throws; a
 * cell that reads itself, and a formula that reads or makes too much, are errors.
 *
 * @example
 * const formula = readFormula('=SUM(A1:A2)')
 * if (formula.ok) openCalculation({ 表: { A1: 2, A2: 3, A3: formula.value } }).valueAt('表', 'A3') // 5
 */
export function openCalculation(sheets: Sheets): Calculation {
  return calculateOn(Object.entries(sheets).map(([sheet, cells]) => [sheet, [placeCells(cells)]]))
}

/** The same on one sheet, `''`, whose cells were placed before, the first ones in place of others; all formulas together may read so much. */
export const openPlaced = (layers: readonly PlacedCells[], mostReads = MOST_READS_IN_ALL): Calculation =>
  calculateOn([['', layers]], mostReads)

/** Of the layers of a sheet the first one that holds a cell tells it. */
function calculateOn(
  sheets: readonly (readonly [name: string, layers: readonly PlacedCells[]])[],
  mostReads: number = MOST_READS_IN_ALL,
): Calculation {
  const opened = new Map<string, OpenSheet>()
  const nameOf = (sheet: string) => narrow(sheet).toLowerCase()
  for (const [sheet, layers] of sheets) {
    const contentAt = (key: number) => {
      for (const { contents } of layers) {
        const content = contents.get(key)
        if (content !== undefined) return content
      }
      return undefined
    }
    opened.set(nameOf(sheet), { contentAt, values: new Map() })
  }
  const layers = sheets.flatMap(([, all]) => all)
  const lastRow = Math.max(1, ...layers.map((layer) => layer.lastRow))
  const lastColumn = Math.max(1, ...layers.map((layer) => layer.lastColumn))
  const underWay: string[] = []
  const inCircle = new Set<string>()
  let left = MOST_READS
  let leftInAll = mostReads
  let waiting = 0
  const spends = (reads: number): boolean => {
    left -= reads
    leftInAll -= reads
    return left >= 0 && leftInAll >= 0
  }

  function read({ sheet, row, column }: Cell): Scalar {
    const { contentAt, values } = opened.get(sheet) as OpenSheet
    const key = keyOf(row, column)
    const content = contentAt(key) ?? null
    if (content === null || typeof content !== 'object') return content
    const known = values.get(key)
    if (known !== undefined) return known
    const name = `${key}!${sheet}`
    const begun = underWay.indexOf(name)
    // whoever waits for a cell that waits for it stands in a circle
    if (begun >= 0) for (const cell of underWay.slice(begun)) inCircle.add(cell)
    if (begun >= 0) return CIRCULAR
    underWay.push(name)
    const leftOutside = left
    left = MOST_READS
    const result = evaluate(content, { sheet, row, column })
    const first = firstOf(result) ?? 0
    underWay.pop()
    const value = inCircle.has(name) ? CIRCULAR : left < 0 || leftInAll < 0 ? TOO_MUCH : first
    left = leftOutside
    values.set(key, value)
    return value
  }

  function blockAt(sheet: string, area: Area): Block {
    const bottom = area.bottom - area.top < LONG ? area.bottom : Math.max(area.top, Math.min(area.bottom, lastRow))
    const right = area.right - area.left < LONG ? area.right : Math.max(area.left, Math.min(area.right, lastColumn))
    const [rows, columns] = [bottom - area.top + 1, right - area.left + 1]
    const { contentAt } = opened.get(sheet) as OpenSheet
    const readAll = (isKept: (content: Content | undefined) => boolean): readonly (readonly Scalar[])[] => {
      if (!spends(rows * columns)) return [[TOO_MUCH]]
      // most of the time of a calculation goes by here
      const cells: Scalar[][] = []
      for (let row = area.top; row < area.top + rows; row++) {
        const line: Scalar[] = []
        for (let column = area.left; column < area.left + columns; column++) {
          const content = contentAt(keyOf(row, column))
          const value = !isKept(content) ? null : typeof content === 'object' ? read({ sheet, row, column }) : content
          line.push(spends(lengthCost(value ?? null)) ? (value ?? null) : TOO_MUCH)
        }
        cells.push(line)
      }
      return cells
    }
    let cells: readonly (readonly Scalar[])[] | undefined
    return {
      rows,
      columns,
      cells: () => {
        cells ??= readAll(() => true)
        return cells
      },
      range: {
        area,
        sized: (height, width) =>
          blockAt(sheet, { ...area, bottom: area.top + height - 1, right: area.left + width - 1 }),
        cellsButSubtotals: () =>
          readAll((content) => typeof content !== 'object' || !functionsIn(content).has('SUBTOTAL')),
      },
    }
  }

  function rangeOf({ sheet, from, to = from }: Reference, own: Cell): Block | Failure {
    const name = sheet === undefined ? own.sheet : nameOf(sheet)
    if (!opened.has(name)) return NO_SHEET
    return blockAt(name, {
      top: Math.min(from.row ?? 1, to.row ?? 1),
      bottom: Math.max(from.row ?? MOST_ROWS, to.row ?? MOST_ROWS),
      left: Math.min(from.column ?? 1, to.column ?? 1),
      right: Math.max(from.column ?? MOST_COLUMNS, to.column ?? MOST_COLUMNS),
    })
  }

  /** Runs a function; where ranges stand for single values, once for each cell of the largest of them. */
  function run(entry: FunctionEntry, operands: readonly Operand[]): Operand {
    const kinds = operands.map((_, place) => entry.kindAt(place))
    if (!operands.some(isBlock)) {
      let length = kinds.includes('t') ? 4 : 1
      for (const operand of operands) length += lengthCost(operand)
      return spends(length) ? runOnce(entry, operands, kinds) : TOO_MUCH
    }
    const spread = operands.map((operand, place) =>
      isBlock(operand) && SINGLE.includes(kinds[place] as Kind) ? operand.cells() : undefined,
    )
    const rows = Math.max(1, ...spread.map((cells) => cells?.length ?? 1))
    const columns = Math.max(1, ...spread.map((cells) => cells?.[0]?.length ?? 1))
    // a text is more work than a number
    let cost = kinds.includes('t') ? 4 : 1
    // a range that is taken whole is walked anew for each
    for (const [place, operand] of operands.entries())
      if (rows * columns > 1 && isBlock(operand) && !spread[place]) cost += operand.rows * operand.columns
    if (!spends(cost * rows * columns)) return TOO_MUCH
    const at = (r: number, c: number): Operand => {
      let length = 0
      const given = operands.map((operand, place) => {
        const cells = spread[place]
        const line = cells?.[cells.length === 1 ? 0 : r]
        const value = cells ? line?.[line.length === 1 ? 0 : c] : operand
        length += lengthCost(value ?? null)
        return value === undefined ? NA : value
      })
      return spends(length) ? runOnce(entry, given, kinds) : TOO_MUCH
    }
    if (rows * columns === 1) return at(0, 0)
    return blockOf(Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => firstOf(at(r, c)))))
  }

  function evaluate(formula: Formula, own: Cell): Operand {
    if (waiting >= MOST_WAITING) return TOO_MUCH
    waiting++
    const result = evaluatePart(formula, own)
    waiting--
    return result
  }

  function evaluatePart(formula: Formula, own: Cell): Operand {
    switch (formula.is) {
      case 'literal':
        return formula.value
      case 'array':
        return blockOf(
          Array.from({ length: formula.of.length / formula.columns }, (_, r) =>
            formula.of
              .slice(r * formula.columns, (r + 1) * formula.columns)
              .map((part) => firstOf(evaluate(part, own))),
          ),
        )
      case 'reference':
        return rangeOf(formula, own)
      case 'group':
        return evaluate(formula.of[0], own)
      case 'call': {
        const entry = functionNamed(formula.name)
        if (!entry) return { error: '#NAME?' }
        const given = formula.of.length || entry.kindAt(0) !== '@' ? formula.of : [ownReference(own)]
        return run(
          entry,
          given.map((part) => evaluate(part, own)),
        )
      }
      default: {
        // a long row of signs is a tree that leans to the left: it is walked down, not called down
        const leaning: Formula[] = [formula]
        for (
          let part = formula.of[0];
          part.is in OPERATORS && 'of' in part && part.of.length === 2;
          part = part.of[0] as Formula
        )
          leaning.push(part)
        let value: Operand = evaluate((leaning.at(-1) as { of: readonly [Formula] }).of[0], own)
        for (const part of leaning.reverse()) {
          const [, other] = (part as { of: readonly Formula[] }).of
          const entry = OPERATORS[part.is as keyof typeof OPERATORS]
          value = run(entry, other ? [value, evaluate(other, own)] : [value])
        }
        return value
      }
    }
  }

  return {
    valueAt(sheet, address) {
      const cell = cellAt(address)
      const name = nameOf(sheet)
      left = MOST_READS
      return cell && opened.has(name) ? read({ sheet: name, ...cell }) : NO_SHEET
    },
  }
}

const ownReference = ({ row, column }: Cell): Formula => ({
  is: 'reference',
  from: { row, column, isRowFixed: false, isColumnFixed: false },
})
