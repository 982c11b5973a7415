import { FEATURES } from '../read/features.ts'
import { featuresOf, HEADS, STRIDE, type Weights, weightsOf } from './linear-scores.ts'

/** Weights as a model's file holds them, with bytes in base64. */
export interface PackedWeights {
  /** How many features have weights. */
  readonly rows: number
  /** Their rising identifiers, as LEB128 gaps. */
  readonly ids: string
  readonly heads: PackedHead[]
}

interface PackedHead {
  readonly bias: number
  /** The greatest weight in absolute value. */
  readonly greatest: number
  /** A byte for each feature. */
  readonly bytes: string
}

/** Eight bits for each weight, by the square root, so that small ones keep their share: an error of 1 in 127 of the root. */
const MOST = 127

/** Bytes of a column's values, and the greatest of them in absolute value. */
function quantise(values: Float32Array): { readonly bytes: Int8Array; readonly greatest: number } {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const bytes = Int8Array.from(values, (value) =>
    greatest > 0 ? Math.round(Math.sign(value) * Math.sqrt(Math.abs(value) / greatest) * MOST) : 0,
  )
  return { bytes, greatest }
}

/** The value of each byte from −128 up. */
const valuesOf = (greatest: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, at) => Math.sign(at - 128) * ((at - 128) / MOST) ** 2 * greatest)

/** Rising numbers as the gaps between them, seven bits a byte, the lowest first (LEB128). */
function packRising(numbers: Iterable<number>): Uint8Array {
  const bytes: number[] = []
  let before = 0
  for (const number of numbers) {
    let gap = number - before
    before = number
    for (; gap >= 128; gap = Math.floor(gap / 128)) bytes.push((gap % 128) + 128)
    bytes.push(gap)
  }
  return Uint8Array.from(bytes)
}

function unpackRising(bytes: Uint8Array): number[] {
  const numbers: number[] = []
  let number = 0
  let factor = 1
  for (const byte of bytes) {
    number += (byte % 128) * factor
    factor *= 128
    if (byte < 128) {
      numbers.push(number)
      factor = 1
    }
  }
  return numbers
}

const toBase64 = (bytes: Uint8Array | Int8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/** Packs weights: the same weights give the same text. */
export function packWeights(weights: Weights): PackedWeights {
  const { table, biases } = weights
  const ids = featuresOf(weights)
  const heads = Array.from({ length: HEADS }, (_, head) => {
    const column = Float32Array.from(ids, (_, row) => table[row * STRIDE + head] as number)
    const { bytes, greatest } = quantise(column)
    return { bias: biases[head] as number, greatest, bytes: toBase64(bytes) }
  })
  return { rows: ids.length, ids: toBase64(packRising(ids)), heads }
}

/** The weights of a file, or undefined where its parts do not fit together. */
export function unpackWeights(file: PackedWeights): Weights | undefined {
  const ids = unpackRising(Buffer.from(file.ids, 'base64'))
  const columns = file.heads.map(({ bytes }) => new Int8Array(Buffer.from(bytes, 'base64')))
  const whole =
    ids.length === file.rows &&
    columns.every((column) => column.length === ids.length) &&
    ids.every((id, at) => id < FEATURES && (at === 0 || id > (ids[at - 1] as number)))
  if (!whole) return undefined
  const table = new Float32Array(ids.length * STRIDE)
  for (const [head, column] of columns.entries()) {
    const values = valuesOf((file.heads[head] as PackedHead).greatest)
    for (let row = 0; row < column.length; row += 1)
      table[row * STRIDE + head] = values[(column[row] as number) + 128] as number
  }
  return weightsOf(
    ids,
    table,
    Float32Array.from(file.heads, ({ bias }) => bias),
  )
}
