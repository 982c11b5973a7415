import { FEATURES } from '../read/features.ts'
import { kinds } from './kinds.ts'

/** What the classifier answers: each kind, and last whether any rule is broken at all. */
export const HEADS = kinds.length + 1
export const ANY = kinds.length
/** Weights of one feature stand together, padded to what a processor fetches at once: 64 bytes. */
export const STRIDE = 16

/** Linear weights of the features that have any, for all heads. */
export interface Weights {
  /**
   * For every 32 features three numbers: a bit for each that has a row, how many rows come before theirs, and a bit for each
   * that is familiar. So small, it stays in a processor's cache, which a row number for each feature would not.
   */
  readonly index: Int32Array
  /** `STRIDE` numbers a row, in order of the features. */
  readonly table: Float32Array
  readonly biases: Float32Array
}

const INDEXED = 3

/**
 * So many of the features are those of a text that can be read, the strongest. Of the weaker ones many are of few posts, and
 * letters of another language fold to some of them by chance.
 */
const FAMILIAR = 2 / 3

/** The index of features in rising order, a row each; none of them is familiar. */
export function indexRows(features: ArrayLike<number>): Int32Array {
  const index = new Int32Array(Math.ceil(FEATURES / 32) * INDEXED)
  for (let row = 0; row < features.length; row += 1) {
    const id = features[row] as number
    const word = (id >>> 5) * INDEXED
    if (index[word] === 0) index[word + 1] = row
    index[word] = (index[word] as number) | (1 << id)
  }
  return index
}

/** Weights of features in rising order, a row each. */
export function weightsOf(features: ArrayLike<number>, table: Float32Array, biases: Float32Array): Weights {
  const index = indexRows(features)
  const familiar = strongest(strengthsOf(table), Math.ceil(features.length * FAMILIAR))
  for (let row = 0; row < features.length; row += 1) {
    const id = features[row] as number
    const bits = (id >>> 5) * INDEXED + 2
    if (familiar[row] === 1) index[bits] = (index[bits] as number) | (1 << id)
  }
  return { index, table, biases }
}

function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The row that a feature has, or would have; a shift counts modulo 32. */
const placeOf = (index: Int32Array, id: number, word: number): number =>
  (index[word + 1] as number) + countBits((index[word] as number) & ~(-1 << id))

/** The row of a feature, or −1. */
export function rowOf(index: Int32Array, id: number): number {
  const word = (id >>> 5) * INDEXED
  return ((index[word] as number) >>> id) & 1 ? placeOf(index, id, word) : -1
}

/** The features that have weights, rising. */
export function featuresOf(weights: Weights): Int32Array {
  const features = new Int32Array(weights.table.length / STRIDE)
  let row = 0
  for (let id = 0; id < FEATURES; id += 1) if (rowOf(weights.index, id) >= 0) features[row++] = id
  return features
}

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

/** A number for each head, padded. */
export type HeadScores = Float64Array
export const noHeads = (): HeadScores => new Float64Array(STRIDE)

/** Where the rows begin that are to be summed up. */
let found = new Int32Array(4_096)

/** The sum of the rows of some features, from `place` on in a buffer, and how many of them are familiar. */
export function sumRows(
  { index, table }: Weights,
  ids: Int32Array,
  from: number,
  to: number,
  sums: Float64Array,
  place = 0,
): number {
  if (found.length < to - from) found = new Int32Array((to - from) * 2)
  let [known, familiar] = [0, 0]
  // without a branch, which a processor would guess wrong every other time
  for (let at = from; at < to; at += 1) {
    const id = ids[at] as number
    const word = (id >>> 5) * INDEXED
    found[known] = placeOf(index, id, word) * STRIDE
    known += ((index[word] as number) >>> id) & 1
    familiar += ((index[word + 2] as number) >>> id) & 1
  }
  addEight(table, known, 0, sums, place)
  addEight(table, known, 8, sums, place + 8)
  return familiar
}

/** Sums up eight heads at a time: as many as a processor keeps at hand. */
function addEight(table: Float32Array, known: number, head: number, sums: Float64Array, place: number): void {
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
  sums[place] = a
  sums[place + 1] = b
  sums[place + 2] = c
  sums[place + 3] = d
  sums[place + 4] = e
  sums[place + 5] = f
  sums[place + 6] = g
  sums[place + 7] = h
}

/** Adds so many times one to the other. */
export function addScaled(into: HeadScores, from: HeadScores, factor: number): void {
  for (let head = 0; head < HEADS; head += 1) into[head] = (into[head] as number) + (from[head] as number) * factor
}
