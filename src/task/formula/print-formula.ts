import { type Corner, columnName, type Formula, type Reference } from './tree.ts'
import { isFailure, type Scalar, textOf } from './value.ts'

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
