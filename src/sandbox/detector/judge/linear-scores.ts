import { kinds } from './kinds.ts'

/** What the classifier answers: each kind, and last whether any rule is broken at all. */
export const HEADS = kinds.length + 1
export const ANY = kinds.length
/** Weights of one feature stand together, padded to what a processor fetches at once: 64 bytes. */
export const STRIDE = 16

/** Linear weights of the features that have any, for all heads. */
export interface Weights {
  /** For each feature its row, or −1. The strongest come first. */
  readonly rows: Int32Array
  /** `STRIDE` numbers a row. */
  readonly table: Float32Array
  readonly biases: Float32Array
}

/**
 * So many of the features are those of a text that can be read, the strongest. Of the weaker ones many are of few posts, and
 * letters of another language fold to some of them by chance.
 */
const FAMILIAR = 2 / 3
const familiarOf = (table: Float32Array): number => Math.ceil((table.length / STRIDE) * FAMILIAR)

/** The greatest weight of each row in absolute value. */
export function strengthsOf(table: Float32Array): Float32Array {
  const strengths = new Float32Array(table.length / STRIDE)
  for (let row = 0; row < strengths.length; row += 1) {
    let greatest = 0
    for (let at = row * STRIDE; at < row * STRIDE + HEADS; at += 1)
      greatest = Math.max(greatest, Math.abs(table[at] as number))
    strengths[row] = greatest
  }
  return strengths
}

/** 1 for each of so many of the strongest, of equal ones the first. */
export function strongest(strengths: Float32Array, most: number): Uint8Array {
  const chosen = new Uint8Array(strengths.length)
  if (strengths.length <= most) return chosen.fill(1)
  const sorted = strengths.toSorted()
  const floor = sorted[sorted.length - most] as number
  let equal = most - (sorted.length - sorted.lastIndexOf(floor) - 1)
  for (let at = 0; at < strengths.length; at += 1) {
    const strength = strengths[at] as number
    if (strength > floor || (strength === floor && equal-- > 0)) chosen[at] = 1
  }
  return chosen
}

/** The rows of weights at other places; those without one weigh nothing. */
export function moveRows({ rows, table, biases }: Weights, placeOf: Int32Array, most: number): Weights {
  const moved = new Float32Array(most * STRIDE)
  for (let row = 0; row < placeOf.length; row += 1) {
    const place = placeOf[row] as number
    for (let head = 0; place >= 0 && head < HEADS; head += 1)
      moved[place * STRIDE + head] = table[row * STRIDE + head] as number
  }
  return { rows: rows.map((row) => (row < 0 ? row : (placeOf[row] as number))), table: moved, biases }
}

/** Weights of rows that are in any order, in the order in which they are read. */
export function inOrder(weights: Weights): Weights {
  const most = familiarOf(weights.table)
  const familiar = strongest(strengthsOf(weights.table), most)
  let [strong, weak] = [0, most]
  const placeOf = new Int32Array(familiar.length)
  for (let row = 0; row < placeOf.length; row += 1) placeOf[row] = familiar[row] ? strong++ : weak++
  return moveRows(weights, placeOf, placeOf.length)
}

/** A number for each head, padded. */
export type HeadScores = Float64Array
export const noHeads = (): HeadScores => new Float64Array(STRIDE)

/** Where the rows begin that are to be summed up. */
let found = new Int32Array(4_096)

/** The sum of the rows of some features, into a buffer, and how many of them are familiar. */
export function sumRows(
  { rows, table }: Weights,
  ids: Int32Array,
  from: number,
  to: number,
  heads: HeadScores,
): number {
  if (found.length < to - from) found = new Int32Array((to - from) * 2)
  const mostFamiliar = familiarOf(table)
  let [known, familiar] = [0, 0]
  // without a branch, which a processor would guess wrong every other time
  for (let at = from; at < to; at += 1) {
    const row = rows[ids[at] as number] as number
    found[known] = row * STRIDE
    known += row < 0 ? 0 : 1
    familiar += row >>> 0 < mostFamiliar ? 1 : 0
  }
  addEight(table, known, 0, heads)
  addEight(table, known, 8, heads)
  return familiar
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
