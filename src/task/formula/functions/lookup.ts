import { findPattern, hasWildcard } from '../criteria.ts'
import {
  type Block,
  blockOf,
  CALC,
  compare,
  type Failure,
  isBlock,
  isFailure,
  NA,
  type Operand,
  REF,
  rowsOf,
  type Scalar,
  sizeOf,
  VALUE,
} from '../value.ts'
import { define, firstFailure, flat } from './define.ts'

type Wanted = Exclude<Scalar, Failure>
type Rows = readonly (readonly Scalar[])[]

const transposed = (rows: Rows): Rows => (rows[0] ?? []).map((_, c) => rows.map((row) => row[c] ?? null))

const operandOf = (rows: Rows): Operand =>
  rows.length === 1 && rows[0]?.length === 1 ? (rows[0][0] ?? null) : blockOf(rows)

const isLike = (value: Scalar, wanted: Wanted): value is Wanted => !isFailure(value) && typeof value === typeof wanted

/** Where the value stands, from 0; of texts also what a pattern fits, where patterns are looked for. */
function placeOf(values: readonly Scalar[], wanted: Wanted, isPattern: boolean): number {
  return typeof wanted === 'string' && isPattern && hasWildcard(wanted)
    ? values.findIndex((value) => typeof value === 'string' && !findPattern(value, wanted, 0, true))
    : values.findIndex((value) => isLike(value, wanted) && (wanted === null || !compare(value, wanted)))
}

/**
 * Where the last value stands that is not beyond the one looked for, in values that are in order (`rising` 1, or -1: falling);
 * found by halving, as spreadsheets do, which tells where values are not in order.
 */
function placeBySearch(values: readonly Scalar[], wanted: Wanted, rising: number): number {
  const places = values.flatMap((value, place) => (isLike(value, wanted) ? [place] : []))
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(values[places[middle] as number] as Wanted, wanted) * rising <= 0) low = middle + 1
    else high = middle
  }
  return places[low - 1] ?? -1
}

/** As XLOOKUP does: 0 the same, 2 a pattern, -1 the same or the next smaller, 1 the next larger; from the end where asked. */
function placeOfNext(values: readonly Scalar[], wanted: Wanted, mode: number, isFromEnd: boolean): number {
  const inTurn = isFromEnd ? [...values].reverse() : values
  let place = placeOf(inTurn, wanted, mode === 2)
  if (place < 0 && Math.abs(mode) === 1)
    inTurn.forEach((value, other) => {
      if (!isLike(value, wanted) || compare(value, wanted) * mode < 0) return
      if (place < 0 || compare(value, inTurn[place] as Wanted) * mode < 0) place = other
    })
  return place >= 0 && isFromEnd ? values.length - 1 - place : place
}

/** An empty cell is looked for as 0, except by XLOOKUP and XMATCH. */
const lookUp = (turn: (rows: Rows) => Rows) =>
  define('vai?b', (wanted, table, index, isNear = true) => {
    const lines = turn(rowsOf(table))
    if (isFailure(table)) return table
    if (index < 1) return VALUE
    const line = lines[index - 1]
    const keys = lines[0] ?? []
    const place = isNear ? placeBySearch(keys, wanted ?? 0, 1) : placeOf(keys, wanted ?? 0, true)
    return line ? (line[place] ?? (place < 0 ? NA : null)) : REF
  })

/** The row or the column of this number, from 1; 0 is all of them. */
function part(block: Block, row: number, column: number): Operand {
  const { rows, columns } = sizeOf(block)
  if (row < 0 || column < 0) return VALUE
  if (row > rows || column > columns) return REF
  const lines = block.cells()
  const chosen = row ? [lines[row - 1] ?? []] : lines
  return operandOf(column ? chosen.map((line) => [line[column - 1] ?? null]) : chosen)
}

const counted = (block: Block, from: 'top' | 'left'): Operand => {
  const first = block.range?.area[from] ?? 1
  const numbers = Array.from({ length: from === 'top' ? block.rows : block.columns }, (_, i) => [first + i])
  return operandOf(from === 'top' ? numbers : transposed(numbers))
}

export const LOOKUP = {
  VLOOKUP: lookUp(transposed),
  HLOOKUP: lookUp((rows) => rows),
  XLOOKUP: define('vaa?eii', (wanted, range, results, instead = NA, mode = 0, order = 1) => {
    const place = placeOfNext(flat(range), wanted, mode, order < 0)
    if (place < 0) return instead
    const rows = rowsOf(results)
    const isAcross = rowsOf(range).length === 1 && flat(range).length > 1
    const lines = isAcross ? transposed(rows) : rows
    if (lines.length !== flat(range).length) return VALUE
    return operandOf(isAcross ? transposed([lines[place] ?? []]) : [lines[place] ?? []])
  }),
  MATCH: define('va?n', (wanted, range, mode = 1) => {
    const place = mode
      ? placeBySearch(flat(range), wanted ?? 0, Math.sign(mode))
      : placeOf(flat(range), wanted ?? 0, true)
    return place < 0 ? NA : place + 1
  }),
  XMATCH: define('va?ii', (wanted, range, mode = 0, order = 1) => {
    const place = placeOfNext(flat(range), wanted, mode, order < 0)
    return place < 0 ? NA : place + 1
  }),
  LOOKUP: define('va?a', (wanted, range, results) => {
    const rows = rowsOf(range)
    const lines = rows.length >= (rows[0]?.length ?? 0) ? transposed(rows) : rows
    const place = placeBySearch(lines[0] ?? [], wanted ?? 0, 1)
    return place < 0 ? NA : ((results === undefined ? lines.at(-1) : flat(results))?.[place] ?? null)
  }),
  INDEX: define('ai?i', (range, row, column) => {
    if (!isBlock(range)) return isFailure(range) ? range : part(blockOf([[range]]), row, column ?? 1)
    return column === undefined && range.rows === 1
      ? part(range, 1, row)
      : part(range, row, column ?? (range.columns > 1 ? 0 : 1))
  }),
  CHOOSE: define(
    'ie*e',
    (index, ...values) => values[index - 1] ?? (values.length < index || index < 1 ? VALUE : null),
  ),
  ROW: define('?@', (range) => counted(range as Block, 'top')),
  COLUMN: define('?@', (range) => counted(range as Block, 'left')),
  ROWS: define('a', (range) => sizeOf(range).rows),
  COLUMNS: define('a', (range) => sizeOf(range).columns),
  FILTER: define('aa?e', (range, test, none = CALC) => {
    const failure = firstFailure(flat(test))
    if (failure) return failure
    const isAcross = rowsOf(test).length === 1 && rowsOf(range).length > 1
    const turn = isAcross ? transposed : (rows: Rows) => rows
    const lines = turn(rowsOf(range))
    const tests = flat(test)
    if (tests.length !== lines.length) return VALUE
    const kept = lines.filter((_, i) => Boolean(tests[i]) && typeof tests[i] !== 'string')
    return kept.length ? operandOf(turn(kept)) : none
  }),
  SORT: define('a?ii', (range, index = 1, order = 1) => {
    const isLast = (value: Scalar | undefined) => value === null || value === undefined || isFailure(value)
    return operandOf(
      [...rowsOf(range)].sort((one, other) => {
        const [a = null, b = null] = [one[index - 1], other[index - 1]]
        if (isLast(a) || isLast(b)) return Number(isLast(a)) - Number(isLast(b))
        return compare(a as Wanted, b as Wanted) * (order > 0 ? 1 : -1)
      }),
    )
  }),
  UNIQUE: define('a', (range) => {
    const seen = new Set<string>()
    return operandOf(rowsOf(range).filter((row) => seen.size < seen.add(JSON.stringify(row).toLowerCase()).size))
  }),
  /** Ranges are always taken cell by cell here; people write it in Google Sheets. */
  ARRAYFORMULA: define('a', (value) => value),
}
