/** Eight bits for each weight, by the square root, so that small ones keep their share: an error of 1 in 127 of the root. */
const MOST = 127

/** Bytes of a column's values, and the greatest of them in absolute value. */
export function quantise(values: Float32Array): { readonly bytes: Int8Array; readonly greatest: number } {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const bytes = Int8Array.from(values, (value) => (greatest > 0 ? Math.round(Math.sign(value) * Math.sqrt(Math.abs(value) / greatest) * MOST) : 0))
  return { bytes, greatest }
}

export function restore(bytes: Int8Array, greatest: number): Float32Array {
  return Float32Array.from(bytes, (byte) => (Math.sign(byte) * (byte / MOST) ** 2 * greatest) as number)
}

/** Rising numbers as the gaps between them, seven bits a byte, the lowest first (LEB128). */
export function packRising(numbers: readonly number[]): Uint8Array {
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

export function unpackRising(bytes: Uint8Array): number[] {
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

export const toBase64 = (bytes: Uint8Array | Int8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
export const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
