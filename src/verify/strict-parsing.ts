/** What came of an act that may be refused. */
export type Result<T, Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Refusal }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export const fail = <Refusal>(problem: Refusal): { readonly ok: false; readonly problem: Refusal } => ({
  ok: false,
  problem,
})

/** Strict base64url (RFC 4648 §5 without padding): every byte string has exactly one text. */

/** Encodes bytes. */
export function encodeBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 8_192) binary += String.fromCharCode(...bytes.subarray(i, i + 8_192))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * Decodes a text that encodes back to itself; undefined for padding, white space, the other alphabet, and set trailing
 * bits. Lenient decoders accept all of these, so that one signed token would have many texts.
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!isBase64url(text)) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** What lenient decoders skip or take for something else. */
const letPass: readonly string[] = ['=', '+', '/', '\n', '\r', '\t', '\f', ' ']

const isBase64url = (text: string): boolean => /^[A-Za-z0-9_-]*$/.test(text) && isOnlyText(text)

/**
 * Whether no other text decodes to the same bytes, for a text that some decoder takes at all: the same as encoding again
 * and comparing, without doing it. Only the last character can carry bits that are dropped.
 */
export function isOnlyText(text: string): boolean {
  for (const character of letPass) if (text.includes(character)) return false
  const rest = text.length % 4
  if (rest === 0) return true
  const dropped = rest === 2 ? 0b1111 : rest === 3 ? 0b11 : undefined
  return dropped !== undefined && (alphabet.indexOf(text.at(-1) as string) & dropped) === 0
}

export type Members = Readonly<Record<string, unknown>>

/** Deepest nesting that is read: what is judged is later written again, and a writer of JSON recurses. */
export const MAX_DEPTH = 64

export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a JSON object as strangers may send it: UTF-8, without a member that is named twice, of which two readers would
 * believe different ones.
 */
export function parseMembers(bytes: Uint8Array): Result<Members, 'not-json' | 'repeats' | 'too-deep'> {
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
    value = JSON.parse(text)
  } catch {
    return fail('not-json')
  }
  if (!isObject(value)) return fail('not-json')
  const least = leastLength(value, MAX_DEPTH)
  if (least === Number.POSITIVE_INFINITY) return fail('too-deep')
  return text.length === least || membersWritten(bytes) === membersRead(value) ? ok(value) : fail('repeats')
}

/**
 * No text of JSON that says this is shorter; infinite when it is nested deeper than `levels`. A text of that very length
 * has no room for a member that was named twice, of which nothing is left in what was read. So most texts that a program
 * wrote are known to be without one although nobody looked at their letters, of which a badge with many skills has 11,000.
 */
function leastLength(value: unknown, levels: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value === 'number') return leastDigits(value)
  if (typeof value === 'boolean') return value ? 4 : 5
  if (!isNested(value)) return 4
  if (levels === 0) return Number.POSITIVE_INFINITY
  let length = 1
  if (Array.isArray(value)) for (const one of value) length += leastLength(one, levels - 1) + 1
  // what JSON.parse made has no members but its own
  else for (const name in value) length += name.length + 4 + leastLength((value as Members)[name], levels - 1)
  return length === 1 ? 2 : length
}

/** Of an integer no exponent makes shorter, its digits; of other numbers at least one. */
const leastDigits = (value: number): number =>
  Number.isSafeInteger(value) && value % 1_000 !== 0 ? String(value).length : 1

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Members of all objects in a value. */
function membersRead(value: unknown): number {
  if (!isNested(value)) return 0
  const members = Object.values(value)
  return members.reduce(
    (count: number, member) => count + membersRead(member),
    Array.isArray(value) ? 0 : members.length,
  )
}

const [QUOTE, COLON, BACKSLASH] = [0x22, 0x3a, 0x5c]

/** Members as they stand in bytes that have been read as JSON: each has the one colon that is in no string. */
function membersWritten(bytes: Uint8Array): number {
  let count = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === COLON) count += 1
    else if (bytes[at] === QUOTE)
      for (at += 1; at < bytes.length && bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) at += 1
  }
  return count
}
