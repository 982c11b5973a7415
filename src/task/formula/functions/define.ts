import { type Block, type Failure, isBlock, isFailure, type Operand, type Scalar } from '../value.ts'

/**
 * How arguments are taken, a letter each: `n` number, `i` whole number, `d` number of a day, `t` text, `b` truth value, `v` any
 * value that is no error, `e` any value; `a` a range or a value as it stands, `@` the same, the formula's own cell where nothing
 * is given. A range where a single value is asked for makes the function run once for each of its cells. An argument left empty (`IF(A1,,1)`) is an empty cell.
 */
interface Kinds {
  n: number
  i: number
  d: number
  t: string
  b: boolean
  v: Exclude<Scalar, Failure>
  e: Scalar
  a: Operand
  '@': Block
}
export type Kind = keyof Kinds

type Fixed<S extends string> = S extends `${infer K extends Kind}${infer Rest}` ? [Kinds[K], ...Fixed<Rest>] : []
type Letters<S extends string> = S extends `${infer K extends Kind}${infer Rest}` ? K | Letters<Rest> : never
type Arguments<S extends string> = S extends `${infer Head}*${infer Repeated}`
  ? [...Arguments<Head>, ...Kinds[Letters<Repeated>][]]
  : S extends `${infer Needed}?${infer Optional}`
    ? [...Fixed<Needed>, ...Partial<Fixed<Optional>>]
    : Fixed<S>

/** Arguments of a function that takes any number. */
const MOST_ARGUMENTS = 255

export interface FunctionEntry {
  readonly run: (...operands: never[]) => Operand
  /** Fewest and most arguments. */
  readonly least: number
  readonly most: number
  /** Arguments beyond the fewest come in groups of so many; 1 where their number is free. */
  readonly step: number
  /** The kind of the argument in this place, from 0. */
  readonly kindAt: (place: number) => Kind
}

/** A function: the kinds of its arguments, those after `?` may be missing, those after `*` may come again and again. */
export function define<S extends string>(signature: S, run: (...operands: Arguments<S>) => Operand): FunctionEntry {
  const [fixed = '', repeated = ''] = signature.split('*')
  const [needed = '', optional = ''] = fixed.split('?')
  const kinds = needed + optional
  return {
    run: run as unknown as FunctionEntry['run'],
    least: needed.length,
    most: repeated ? MOST_ARGUMENTS : kinds.length,
    step: repeated.length || 1,
    kindAt: (place) => (kinds[place] ?? repeated[(place - kinds.length) % repeated.length]) as Kind,
  }
}

export const flat = (operand: Operand): readonly Scalar[] => (isBlock(operand) ? operand.cells().flat() : [operand])

export const firstFailure = (values: readonly Scalar[]): Failure | undefined => values.find(isFailure)
