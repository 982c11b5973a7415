import { type Corner, type Formula, mapFormula, partsIn, type Reference } from './tree.ts'

/** Where rows and columns of the formula's own sheet go, both from 1. A column may go elsewhere in another row; whole columns have none. */
export interface Layout {
  readonly row: (row: number) => number
  readonly column: (column: number, row?: number) => number
}

const moved = (corner: Corner, layout: Layout): Corner => ({
  ...corner,
  row: corner.row === undefined ? undefined : layout.row(corner.row),
  column: corner.column === undefined ? undefined : layout.column(corner.column, corner.row),
})

/** Whether what stood side by side in a range still does, in its order: only then is it a range at all. */
function staysTogether({ from, to }: Reference, layout: Layout): boolean {
  const runs = (first: number | undefined, last: number | undefined, go: (place: number) => number) => {
    if (first === undefined || last === undefined) return true
    const [low, high] = [Math.min(first, last), Math.max(first, last)]
    for (let place = low; place < high; place++) if (go(place + 1) !== go(place) + 1) return false
    return true
  }
  const goesFrom = (row: number | undefined) => (column: number) => layout.column(column, row)
  return (
    !to ||
    (runs(from.row, to.row, layout.row) &&
      runs(from.column, to.column, goesFrom(from.row)) &&
      // both ends of a column go to one column
      (to.column === undefined || layout.column(to.column, from.row) === layout.column(to.column, to.row)))
  )
}

/**
 * The formula for a sheet whose columns were put into another order and whose first row moved: it reads the same cells at
 * their new places, `$` or not. References to other sheets stay. Undefined where a range would fall apart.
 */
export function moveFormula(formula: Formula, layout: Layout): Formula | undefined {
  const isOwn = (part: Formula): part is Reference => part.is === 'reference' && part.sheet === undefined
  if (
    !partsIn(formula)
      .filter(isOwn)
      .every((part) => staysTogether(part, layout))
  )
    return undefined
  return mapFormula(formula, (part) =>
    isOwn(part) ? { ...part, from: moved(part.from, layout), to: part.to && moved(part.to, layout) } : part,
  )
}
