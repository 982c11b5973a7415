import { isFailure, type Scalar, textOf } from './value.ts'

/** One end of a reference. A whole column has no row, a whole row no column. `$` fixes what it stands before. */
export interface Corner {
  /** From 1. */
  readonly row?: number
  /** From 1: A is 1. */
  readonly column?: number
  readonly isRowFixed: boolean
  readonly isColumnFixed: boolean
}

export interface Reference {
  readonly is: 'reference'
  /** As it was typed; absent: the formula's own sheet. */
  readonly sheet?: string
  readonly from: Corner
  /** Absent: a single cell. */
  readonly to?: Corner
}

export type BinaryOperator = '=' | '<>' | '<' | '>' | '<=' | '>=' | '&' | '+' | '-' | '*' | '/' | '^'

/** A formula as a tree. It is walked, never run as code. */
export type Formula =
  | { readonly is: 'literal'; readonly value: Scalar }
  | Reference
  /** Row by row. */
  | { readonly is: 'array'; readonly columns: number; readonly of: readonly Formula[] }
  | { readonly is: 'call'; readonly name: string; readonly of: readonly Formula[] }
  | { readonly is: BinaryOperator; readonly of: readonly [Formula, Formula] }
  /** Signs before, a percent sign behind, and brackets. */
  | { readonly is: 'minus' | 'plus' | 'percent' | 'group'; readonly of: readonly [Formula] }

/** The formula with every part changed, from the inside out. */
export function mapFormula(formula: Formula, change: (part: Formula) => Formula): Formula {
  return change(
    'of' in formula ? ({ ...formula, of: formula.of.map((part) => mapFormula(part, change)) } as Formula) : formula,
  )
}

/** Every part of a formula, the whole first. */
export const partsIn = (formula: Formula): readonly Formula[] => [
  formula,
  ...('of' in formula ? formula.of.flatMap(partsIn) : []),
]

export const referencesIn = (formula: Formula): readonly Reference[] =>
  partsIn(formula).filter((part) => part.is === 'reference')

/** Names of the functions used, each once, in capitals. */
export const functionsIn = (formula: Formula): ReadonlySet<string> =>
  new Set(partsIn(formula).flatMap((part) => (part.is === 'call' ? [part.name] : [])))

/** 1 → A, 27 → AA. */
export const columnName = (column: number): string =>
  (column > 26 ? columnName(Math.floor((column - 1) / 26)) : '') + String.fromCharCode(65 + ((column - 1) % 26))

/** A → 1, AA → 27; in capitals. */
export const columnNumber = (name: string): number =>
  [...name].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)

/** Of Excel and of nearly every other spreadsheet. */
export const MOST_ROWS = 1_048_576
export const MOST_COLUMNS = 16_384

function printValue(value: Scalar): string {
  if (isFailure(value)) return value.error
  return typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : textOf(value)
}

const printCorner = ({ row, column, isRowFixed, isColumnFixed }: Corner): string =>
  (column === undefined ? '' : (isColumnFixed ? '$' : '') + columnName(column)) +
  (row === undefined ? '' : (isRowFixed ? '$' : '') + row)

/** A reference as it is typed; sheet names in quotes unless they are plain words. */
export function printReference({ sheet, from, to }: Reference): string {
  const name = sheet && (/^[\p{L}_][\p{L}_]*$/u.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`)
  return `${name ? `${name}!` : ''}${printCorner(from)}${to ? `:${printCorner(to)}` : ''}`
}

function printPart(formula: Formula): string {
  switch (formula.is) {
    case 'literal':
      return printValue(formula.value)
    case 'reference':
      return printReference(formula)
    case 'array':
      return `{${formula.of.map((part, i) => (i ? (i % formula.columns ? ',' : ';') : '') + printPart(part)).join('')}}`
    case 'call':
      return `${formula.name}(${formula.of.map(printPart).join(',')})`
    case 'group':
      return `(${printPart(formula.of[0])})`
    case 'percent':
      return `${printPart(formula.of[0])}%`
    case 'minus':
    case 'plus':
      return (formula.is === 'minus' ? '-' : '+') + printPart(formula.of[0])
    default:
      return printPart(formula.of[0]) + formula.is + printPart(formula.of[1])
  }
}

/** A formula as text, from which the same tree is read again: functions in capitals, no spaces. */
export const printFormula = (formula: Formula): string => `=${printPart(formula)}`
