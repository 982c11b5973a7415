import type { Messages } from './platform/words/catalogue.ts'
import type { Message } from './platform/words/message.ts'
import bytes from './strings.data'

const textAt = (from: number, to?: number) => new TextDecoder().decode(new Uint8Array(bytes).subarray(from, to))

// the first line says how many bytes each string has, in their order
const start = new Uint8Array(bytes).indexOf(10) + 1
const places = new Map<string, readonly [from: number, to: number]>()
let end = start
for (const [key, length] of Object.entries(JSON.parse(textAt(0, start)) as Record<string, number>)) {
  places.set(key, [end, end + length])
  end += length
}

/** What the build laid beside the Worker under a key. @throws where it laid nothing */
export function stringBeside(key: string): string {
  const place = places.get(key)
  if (!place) throw new Error(`there is no ${key} beside the Worker`)
  return textAt(...place)
}

/** The messages of a language, whose keys lie apart from them; a variant has none of some. @throws where the build laid nothing */
export function messagesBeside(keysKey: string, key: string): Messages[string] {
  const keys = JSON.parse(stringBeside(keysKey)) as string[]
  const messages = JSON.parse(stringBeside(key)) as (Message | null)[]
  return Object.fromEntries(keys.flatMap((name, at) => (messages[at] == null ? [] : [[name, messages[at]]])))
}
