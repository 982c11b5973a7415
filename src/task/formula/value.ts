/** How a spreadsheet writes that a value could not be had. */
export type ErrorCode = '#N/A' | '#DIV/0!' | '#VALUE!' | '#REF!' | '#NAME?' | '#NUM!' | '#NULL!' | '#CALC!'

/**
 * An error as a value: whatever reads it becomes the same error. `why` names what a spreadsheet has no code for: a cell that
 * reads itself, a formula that reads or makes more than is allowed, a sheet that does not exist.
 */
export interface Failure {
  readonly error: ErrorCode
  readonly why?: 'circular' | 'too-much' | 'no-sheet'
}

/** What a cell holds: `null` is an empty cell; dates and times are days since 1899-12-30 (from March 1900 on). */
export type Scalar = number | string | boolean | null | Failure

/** Where a range lies; rows and columns count from 1, both ends included. */
export interface Area {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** Values in rows and columns: a range of a sheet, or what was calculated from some. */
export interface Block {
  readonly rows: number
  readonly columns: number
  /** The values, read once; of very long ranges only as far as anything is written. */
  readonly cells: () => readonly (readonly Scalar[])[]
  /** Only of ranges of a sheet. */
  readonly range?: {
    readonly area: Area
    /** The range of this size with the same first cell. */
    readonly sized: (rows: number, columns: number) => Block
    /** The values without those of cells that are themselves SUBTOTAL. */
    readonly cellsButSubtotals: () => readonly (readonly Scalar[])[]
  }
}

export type Operand = Scalar | Block

export const NA: Failure = { error: '#N/A' }
export const DIV: Failure = { error: '#DIV/0!' }
export const VALUE: Failure = { error: '#VALUE!' }
export const REF: Failure = { error: '#REF!' }
export const NUM: Failure = { error: '#NUM!' }
export const CALC: Failure = { error: '#CALC!' }

/** Characters a cell may hold. */
export const MOST_CHARACTERS = 32_767

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
export const isFailure = (value: unknown): value is Failure => isObject(value) && 'error' in value
export const isBlock = (value: unknown): value is Block => isObject(value) && 'cells' in value

export const blockOf = (cells: readonly (readonly Scalar[])[]): Block => ({
  rows: cells.length,
  columns: cells[0]?.length ?? 0,
  cells: () => cells,
})

/** Rows and columns of a range as it was written, however few of them hold anything. */
export function sizeOf(operand: Operand): { readonly rows: number; readonly columns: number } {
  if (!isBlock(operand)) return { rows: 1, columns: 1 }
  const area = operand.range?.area
  return area ? { rows: area.bottom - area.top + 1, columns: area.right - area.left + 1 } : operand
}

export const rowsOf = (operand: Operand): readonly (readonly Scalar[])[] =>
  isBlock(operand) ? operand.cells() : [[operand]]

/** Full-width letters, digits, signs and spaces as half-width ones, each in its place. */
export const narrow = (text: string): string =>
  text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/　/g, ' ')

/** The nearest number of 15 significant digits, as spreadsheets show and compare them. */
export const fifteenDigits = (number: number): number => Number(number.toPrecision(15))

export function textOf(value: Exclude<Scalar, Failure>): string {
  if (typeof value === 'number')
    return String(fifteenDigits(value))
      .replace(/e([-+])(\d)$/, 'E$10$2')
      .replace('e', 'E')
  return typeof value === 'boolean' ? String(value).toUpperCase() : (value ?? '')
}

/** What two texts are compared by: upper and lower case are one, widths are not. */
const folded = (text: string) => text.toLowerCase()

/** The order of values: numbers, texts, truth values. An empty cell is whatever the other one is compared to. */
export function compare(one: Exclude<Scalar, Failure>, other: Exclude<Scalar, Failure>): number {
  const empty = { string: '', boolean: false }[typeof (one ?? other) as string] ?? 0
  const [a, b] = [one ?? empty, other ?? empty]
  if (typeof a === 'string' && typeof b === 'string') return folded(a) < folded(b) ? -1 : Number(folded(a) > folded(b))
  if (typeof a === 'number' && typeof b === 'number')
    return a === b ? 0 : Math.sign(fifteenDigits(a) - fifteenDigits(b))
  return 'nsb'.indexOf((typeof a)[0] as string) - 'nsb'.indexOf((typeof b)[0] as string) || Number(a) - Number(b)
}

/** Whether two results count as the same: numbers to twelve digits, texts to the letter, errors by their code. */
export function isSameResult(one: Scalar, other: Scalar): boolean {
  if (typeof one === 'number' && typeof other === 'number')
    return Math.abs(one - other) <= 1e-12 * Math.max(1, Math.abs(one), Math.abs(other))
  return isFailure(one) && isFailure(other) ? one.error === other.error : one === other
}
