import type { ResultSet, Row } from '@libsql/client'
import type { Rows, Value } from './messages.ts'

/** A row as libSQL's client gives it: a list of cells that also have the names of their columns. */
class NamedRow {
  readonly #cells: readonly Value[];
  [column: string]: unknown

  constructor(columns: readonly string[], cells: readonly Value[]) {
    this.#cells = cells
    // of columns of one name the first counts
    for (let i = columns.length - 1; i >= 0; i -= 1) this[columns[i] as string] = cells[i]
    NamedRow.#widen(cells.length)
  }

  get length(): number {
    return this.#cells.length
  }

  static #width = 0

  // cells by number stand on the prototype, so that only names are seen as the row's own
  static #widen(width: number): void {
    for (; NamedRow.#width < width; NamedRow.#width += 1) {
      const place = NamedRow.#width
      Object.defineProperty(NamedRow.prototype, place, {
        get(this: NamedRow) {
          return this.#cells[place]
        },
      })
    }
  }
}

/** What libSQL's client answers. */
export function resultSet({ columns, cells, changes }: Rows): ResultSet {
  const rows = cells.map((row) => new NamedRow(columns, row) as unknown as Row)
  return {
    columns: [...columns],
    columnTypes: columns.map(() => ''),
    rows,
    rowsAffected: changes,
    lastInsertRowid: undefined,
    toJSON: () => ({ columns, rows: cells }),
  }
}
