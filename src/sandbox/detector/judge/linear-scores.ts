import type { Features } from '../read/features.ts'
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

const sums = new Float64Array(STRIDE)

/** Adds the rows of one block, all of whose values are the same. */
function addBlock({ rows, table }: Weights, { ids }: Pick<Features, 'ids'>, from: number, to: number): void {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0]
  let [i, j, k, l, m, n, o, p] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let at = from; at < to; at += 1) {
    const row = rows[ids[at] as number] as number
    if (row < 0) continue
    const first = row * STRIDE
    a += table[first] as number
    b += table[first + 1] as number
    c += table[first + 2] as number
    d += table[first + 3] as number
    e += table[first + 4] as number
    f += table[first + 5] as number
    g += table[first + 6] as number
    h += table[first + 7] as number
    i += table[first + 8] as number
    j += table[first + 9] as number
    k += table[first + 10] as number
    l += table[first + 11] as number
    m += table[first + 12] as number
    n += table[first + 13] as number
    o += table[first + 14] as number
    p += table[first + 15] as number
  }
  sums[0] = a
  sums[1] = b
  sums[2] = c
  sums[3] = d
  sums[4] = e
  sums[5] = f
  sums[6] = g
  sums[7] = h
  sums[8] = i
  sums[9] = j
  sums[10] = k
  sums[11] = l
  sums[12] = m
  sums[13] = n
  sums[14] = o
  sums[15] = p
}

/** The linear scores of all heads before calibration (logits), into a buffer of at least `HEADS`. */
export function rawScores(weights: Weights, features: Features, into: Float64Array): Float64Array {
  const { values, length, ngrams, concepts } = features
  for (let head = 0; head < HEADS; head += 1) into[head] = weights.biases[head] as number
  const add = (from: number, to: number) => {
    if (to <= from) return
    addBlock(weights, features, from, to)
    for (let head = 0; head < HEADS; head += 1)
      into[head] = (into[head] as number) + (sums[head] as number) * (values[from] as number)
  }
  add(0, ngrams)
  add(ngrams, concepts)
  for (let at = concepts; at < length; at += 1) add(at, at + 1)
  return into
}
