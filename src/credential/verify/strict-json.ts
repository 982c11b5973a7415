import { fail, ok, type Result } from '../../kernel/result.ts'

export type Members = Readonly<Record<string, unknown>>

/** Deepest nesting that is read: what is judged is later written again, and a writer of JSON recurses. */
export const MAX_DEPTH = 64

export const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a JSON object as strangers may send it: UTF-8, without a member that is named twice, of which two readers would
 * believe different ones.
 */
export function parseMembers(bytes: Uint8Array): Result<Members, 'not-json' | 'repeats' | 'too-deep'> {
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch {
    return fail('not-json')
  }
  if (!isObject(value)) return fail('not-json')
  if (isPlain(bytes)) return ok(value)
  const read = membersRead(value, MAX_DEPTH)
  if (read === Number.POSITIVE_INFINITY) return fail('too-deep')
  return read === membersWritten(bytes) ? ok(value) : fail('repeats')
}

/** Members of all objects in a value; infinite when it is nested deeper than `levels`. */
function membersRead(value: object, levels: number): number {
  if (levels === 0) return Number.POSITIVE_INFINITY
  let count = 0
  if (Array.isArray(value)) for (const one of value) count += isNested(one) ? membersRead(one, levels - 1) : 0
  // what JSON.parse made has no members but its own
  else for (const name in value) count += 1 + (isNested((value as Members)[name]) ? membersRead((value as Members)[name] as object, levels - 1) : 0)
  return count
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null

const [QUOTE, COLON, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x3a, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d]

/** Members of one object that are told apart at a look. */
const MOST_AT_A_LOOK = 32
const hashes = new Int32Array(MAX_DEPTH * MOST_AT_A_LOOK)
const firstOf = new Int32Array(MAX_DEPTH + 1)

/**
 * Whether bytes that have been read as JSON name every member once and nest no deeper than allowed, as a single look can
 * tell: by hashes of the names as they are written. False where it cannot: for names with an escape, many in one object, or
 * two of one hash. @NOTE Counting what was made of them takes twice as long, and a badge with many skills has hundreds.
 */
function isPlain(bytes: Uint8Array): boolean {
  const { length } = bytes
  let [depth, top, start, end, isEscaped] = [0, 0, 0, 0, false]
  for (let at = 0; at < length; at += 1) {
    let byte = bytes[at] as number
    if (byte === QUOTE) {
      start = at + 1
      isEscaped = false
      for (byte = bytes[++at] as number; byte !== QUOTE && at < length; byte = bytes[++at] as number) {
        if (byte !== BACKSLASH) continue
        isEscaped = true
        at += 1
      }
      end = at
    } else if (byte === COLON) {
      const first = firstOf[depth] as number
      if (isEscaped || top - first === MOST_AT_A_LOOK) return false
      let hash = 0
      for (let i = start; i < end; i += 1) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0
      for (let other = first; other < top; other += 1) if (hashes[other] === hash) return false
      hashes[top++] = hash
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (depth === MAX_DEPTH) return false
      firstOf[++depth] = top
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) top = firstOf[depth--] as number
  }
  return true
}

/** Members as they stand in bytes that have been read as JSON: each has the one colon that is in no string. */
function membersWritten(bytes: Uint8Array): number {
  let count = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === COLON) count += 1
    else if (bytes[at] === QUOTE) for (at += 1; at < bytes.length && bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) at += 1
  }
  return count
}
