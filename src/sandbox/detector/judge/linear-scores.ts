import { kinds } from './kinds.ts'

/** What the classifier answers: each kind, and last whether any rule is broken at all. */
export const HEADS = kinds.length + 1
export const ANY = kinds.length
/** Weights of one feature stand together, padded to what a processor fetches at once: 64 bytes. */
export const STRIDE = 16

/** Linear weights of the features that have any, for all heads. */
export interface Weights {
  /** For each feature its row, or −1. */
  readonly rows: Int32Array
  /** `STRIDE` numbers a row. */
  readonly table: Float32Array
  readonly biases: Float32Array
}

/** A number for each head, padded. */
export type HeadScores = Float64Array
export const noHeads = (): HeadScores => new Float64Array(STRIDE)

/** Where the rows begin that are to be summed up. */
let found = new Int32Array(4_096)

/** The sum of the rows of some features, into a buffer, and how many of them have one. */
export function sumRows(
  { rows, table }: Weights,
  ids: Int32Array,
  from: number,
  to: number,
  heads: HeadScores,
): number {
  if (found.length < to - from) found = new Int32Array((to - from) * 2)
  let known = 0
  // without a branch, which a processor would guess wrong every other time
  for (let at = from; at < to; at += 1) {
    const row = rows[ids[at] as number] as number
    found[known] = row * STRIDE
    known += row < 0 ? 0 : 1
  }
  addEight(table, known, 0, heads)
  addEight(table, known, 8, heads)
  return known
}

/** Sums up eight heads at a time: as many as a processor keeps at hand. */
function addEight(table: Float32Array, known: number, head: number, heads: HeadScores): void {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let at = 0; at < known; at += 1) {
    const first = (found[at] as number) + head
    a += table[first] as number
    b += table[first + 1] as number
    c += table[first + 2] as number
    d += table[first + 3] as number
    e += table[first + 4] as number
    f += table[first + 5] as number
    g += table[first + 6] as number
    h += table[first + 7] as number
  }
  heads[head] = a
  heads[head + 1] = b
  heads[head + 2] = c
  heads[head + 3] = d
  heads[head + 4] = e
  heads[head + 5] = f
  heads[head + 6] = g
  heads[head + 7] = h
}

/** Adds so many times one to the other. */
export function addScaled(into: HeadScores, from: HeadScores, factor: number): void {
  for (let head = 0; head < HEADS; head += 1) into[head] = (into[head] as number) + (from[head] as number) * factor
}
