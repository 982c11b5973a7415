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
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
    value = JSON.parse(text)
  } catch {
    return fail('not-json')
  }
  if (!isObject(value)) return fail('not-json')
  const read = membersRead(value, MAX_DEPTH)
  if (read === Number.POSITIVE_INFINITY) return fail('too-deep')
  return read === membersWritten(text) ? ok(value) : fail('repeats')
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

const [QUOTE, COLON, BACKSLASH] = [0x22, 0x3a, 0x5c]

/** Members as they stand in a text that is JSON: each has the one colon that is in no string. */
function membersWritten(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === COLON) count += 1
    else if (code === QUOTE) at = endOfString(text, at)
  }
  return count
}

/** Index of the quotation mark that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end - 1
    while (text.charCodeAt(before) === BACKSLASH) before -= 1
    if ((end - before) % 2 === 1) return end
  }
}
