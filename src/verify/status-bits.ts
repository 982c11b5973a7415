import { readBounded } from '../platform/http/read-bounded.ts'
import { decodeBase64url } from './base64url.ts'

/** Entries of a list: the least that hides which credential somebody looked up. Source: W3C Bitstring Status List 1.0, §4.3. */
export const LIST_ENTRIES = 131_072

/** Largest list that is inflated, in bytes. */
export const MAX_LIST_BYTES = 1_048_576

/** A bit string; bit 0 is the left-most, most significant bit of the first byte. */
export type StatusBits = Uint8Array<ArrayBuffer>

/** The bit of an index; undefined when the list has no such entry. */
export function bitAt(bits: StatusBits, index: number): 0 | 1 | undefined {
  const byte = Number.isInteger(index) && index >= 0 ? bits[index >>> 3] : undefined
  return byte === undefined ? undefined : (((byte >> (7 - (index & 7))) & 1) as 0 | 1)
}

/** Reads an encoded list, or says why it is none: one that inflates past 1 MB, or holds fewer entries than privacy needs. */
export async function decodeStatusList(encoded: string): Promise<StatusBits | 'list-refused' | 'list-too-large' | 'list-too-short'> {
  const compressed = encoded.startsWith('u') ? decodeBase64url(encoded.slice(1)) : undefined
  const bits = compressed ? await inflate(compressed) : 'list-refused'
  return typeof bits !== 'string' && bits.length * 8 < LIST_ENTRIES ? 'list-too-short' : bits
}

/** Stops at the cap while inflating, so that a small bomb costs at most a megabyte. */
async function inflate(compressed: Uint8Array<ArrayBuffer>): Promise<StatusBits | 'list-refused' | 'list-too-large'> {
  const bits = await readBounded(new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip')), MAX_LIST_BYTES).catch(() => 'list-refused' as const)
  return bits === 'too-long' ? 'list-too-large' : bits
}
