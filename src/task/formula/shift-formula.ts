import { cellAt } from './calculate.ts'
import { type Corner, columnName, type Formula, MOST_COLUMNS, MOST_ROWS, mapFormula, type Reference } from './tree.ts'
import { REF } from './value.ts'

/** The reference with each of its ends changed, or an error where one of them falls off the sheet. */
function withCorners(reference: Reference, change: (corner: Corner) => Corner): Formula {
  const [from, to] = [change(reference.from), reference.to && change(reference.to)]
  const isInside = ({ row = 1, column = 1 }: Corner) =>
    row >= 1 && row <= MOST_ROWS && column >= 1 && column <= MOST_COLUMNS
  return isInside(from) && (!to || isInside(to)) ? { ...reference, from, to } : { is: 'literal', value: REF }
}

const moved = (place: number | undefined, by: number): number | undefined => place && place + by

/** The formula as it arrives when it is copied so many cells down and to the right: what `$` fixes stays. */
export const shiftFormula = (formula: Formula, by: { readonly rows: number; readonly columns: number }): Formula =>
  mapFormula(formula, (part) =>
    part.is !== 'reference'
      ? part
      : withCorners(part, (corner) => ({
          ...corner,
          row: corner.isRowFixed ? corner.row : moved(corner.row, by.rows),
          column: corner.isColumnFixed ? corner.column : moved(corner.column, by.columns),
        })),
  )

/** The cells of a range `F5:F28`, each with the formula that was written into the first and copied into all; `F5` is one cell. */
export function fillRange(range: string, formula: Formula): Readonly<Record<string, Formula>> {
  const [first, last] = range.split(':').map(cellAt)
  const filled: Record<string, Formula> = {}
  if (!first) return filled
  for (let row = first.row; row <= (last ?? first).row; row++)
    for (let column = first.column; column <= (last ?? first).column; column++)
      filled[columnName(column) + row] = shiftFormula(formula, {
        rows: row - first.row,
        columns: column - first.column,
      })
  return filled
}
