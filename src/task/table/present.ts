// What pages know of a table: its columns and rows, and what a person cannot see in a cell.

/** How a cell is filled in: never, with any text, or with the number of another row. */
export type CellInput = 'fixed' | 'text' | 'row-number'

export interface ShownColumn {
  readonly name: string
  /** In full-width characters. */
  readonly width: number
  readonly input: CellInput
}

/** A table as a candidate sees it: cells that may change are the fields `<row>.<column>`, all others stand in `fixed`. */
export interface TableMaterials {
  readonly columns: readonly ShownColumn[]
  readonly rows: readonly { readonly id: string; readonly fixed: Readonly<Record<string, string>> }[]
}

/** The name of the field of a cell. */
export const cellName = (row: string, column: string): string => `${row}.${column}`
