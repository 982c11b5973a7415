import { fromBase64, packText, toBase64, unpackText } from '../pack-bank.ts'
import type { FileContent } from './exam-source.ts'

/** A shorter text is not worth packing. */
const PACKED_FROM = 2_000
const [PLAIN, BYTES] = ['text:', 'base64:']

/** A file as it is stored: its first letters say how. */
export async function packFile(content: FileContent): Promise<string> {
  if (typeof content !== 'string') return `${BYTES}${toBase64(content)}`
  return content.length < PACKED_FROM ? `${PLAIN}${content}` : packText(content)
}

export function unpackFile(stored: string): FileContent {
  if (stored.startsWith(PLAIN)) return stored.slice(PLAIN.length)
  return stored.startsWith(BYTES) ? fromBase64(stored.slice(BYTES.length)) : unpackText(stored)
}

/** How much a file holds, in bytes of UTF-8. */
export const sizeOf = (content: FileContent): number =>
  typeof content === 'string' ? new TextEncoder().encode(content).length : content.length

/** What a file is found by. */
export async function hashFile(content: FileContent): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
