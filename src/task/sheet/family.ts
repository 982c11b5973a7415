import type { Scalar } from '../formula/value.ts'
import type { FamilyBody } from '../task-kind.ts'
import type { ShownFormat } from './present.ts'

/** The row in which data begin as authors write a sheet; the row above holds the heads. Where they begin on a paper is drawn. */
export const FIRST_ROW = 5
/** They are drawn to begin so many rows further down at most. */
export const MOST_ROWS_DOWN = 3
/** What is right of the first table moves so many columns further at most. */
export const MOST_COLUMNS_RIGHT = 2

/** From what the cells of a column are made. Texts may hold slots. Times are minutes of the day, dates `YYYY-MM-DD`. */
export type Content =
  /** In their order. `each`: every day stands in so many rows, and no day twice; without it days may come again. */
  | { readonly of: 'date'; readonly from: string; readonly to: string; readonly each?: number }
  | { readonly of: 'choice'; readonly values: readonly string[] }
  /** All of them once, in drawn order, then all of them again: who works on each day. */
  | { readonly of: 'turn'; readonly values: readonly string[] }
  | { readonly of: 'integer' | 'time'; readonly from: number; readonly to: number; readonly step: number }
  | { readonly of: 'fixed'; readonly values: readonly string[] }
  /** `S-1001`, `S-1002` … */
  | { readonly of: 'code'; readonly prefix: string; readonly from: number }
  /** So many of the values of a column of the first table, in drawn order. */
  | { readonly of: 'extract'; readonly column: string; readonly count: number }
  /** What another column says in the rows of the extract beside it, mostly; with one of these differences. */
  | { readonly of: 'matching'; readonly column: string; readonly differences: readonly number[] }

/** How many cells of a column. */
export interface CellCount {
  readonly least: number
  readonly most: number
}

export interface SheetColumn {
  /** As authors write it: `A`. */
  readonly letter: string
  readonly head: string
  readonly content: Content
  /** Cells that are empty. */
  readonly blanks?: CellCount
  /** Cells that hold one of these texts instead. */
  readonly texts?: CellCount & { readonly values: readonly string[] }
}

/** A cell outside of the tables. Its text is read as a value; it may hold slots. */
export interface SheetCell {
  readonly address: string
  readonly text: string
}

export interface SheetQuestion {
  /** A cell, or a range into which the formula of the first cell is copied down. */
  readonly range: string
  /** What stands above the range, or left of the cell. */
  readonly head: string
  /** With slots; numbers that were drawn stand in it without commas, dates as the number of their day. */
  readonly formula: string
  readonly format?: ShownFormat
  readonly skill: string
  readonly points: number
}

/** What is different on hidden sheets. Texts and values may hold slots. */
export type SheetChange =
  /** New values in these columns, on every hidden sheet. */
  | { readonly change: 'redraw'; readonly columns: readonly string[] }
  /** Another value in a cell, on every hidden sheet. */
  | { readonly change: 'value'; readonly address: string; readonly values: readonly string[] }
  /** On half of them: empty cells, a text, the boundary and the values beside it. The boundary may be the address of another cell, or the letter of a column: what stands there in the same row. */
  | { readonly change: 'blank'; readonly column: string }
  | { readonly change: 'text'; readonly column: string; readonly text: string }
  | { readonly change: 'boundary'; readonly column: string; readonly value: string; readonly step: string }

/** A sheet that formulas are to be put into. */
export interface SheetBody extends FamilyBody {
  readonly rows: number
  /** Neighbouring columns are a table. That of column A has `rows` rows, and its columns stand in drawn order. */
  readonly columns: readonly SheetColumn[]
  readonly cells: readonly SheetCell[]
  readonly questions: readonly SheetQuestion[]
  readonly changes: readonly SheetChange[]
}

/** Values that stand one below the other. */
export type Run = readonly Scalar[]
