import { foldText } from '../../detector/read/fold-text.ts'

/**
 * What is kept of a text to know it again: a hash of every three letters in a row, in their order, after folding and
 * without anything that is no letter or digit. The words themselves cannot be read from it.
 */
export type Fingerprint = Uint32Array

/** A text's fingerprint, with where each hash stands in it, in UTF-16 units. */
export interface Read {
  readonly hashes: Fingerprint
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Letters of one hash. */
export const SHINGLE = 3
/** Letters that are read of a text: its beginning. */
const MOST_LETTERS = 70_000

/** Spreads the bits of a sum of products: murmur3's finaliser. */
function finish(sum: number): number {
  let hash = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** One hash of two. */
export const mixed = (one: number, other: number): number => finish(Math.imul(one, 31) ^ other)

/** Letters, digits, and the private characters that folding puts for the names of messengers. */
const counts = /[\p{L}\p{N}\p{Co}]/u

/** A Latin letter says less than a kana or a kanji: a run of them has to be longer to say the same. */
const isLatin = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57)

/** The lowest bit of a hash tells that its first letter is Latin, so that whoever reads it can weigh it. */
const hashOf = (codes: readonly number[], at: number): number => {
  const [a = 0, b = 0, c = 0] = [codes[at], codes[at + 1], codes[at + 2]]
  return ((mixed(mixed(a, b), c) & ~1) | Number(isLatin(a))) >>> 0
}

/** Whether most of a text is in Latin letters. */
export const isMostlyLatin = (hashes: Fingerprint): boolean =>
  hashes.reduce((latin, hash) => latin + (hash & 1), 0) * 2 > hashes.length

/** Digits are one: which amount it is does not make another text. */
const sameDigits = (code: number): number => (code >= 48 && code <= 57 ? 48 : code)

/** Reads a text as far as it can be known again by. One of fewer letters than a hash has is one hash. */
export function readText(text: string): Read {
  const folded = foldText(text.slice(0, MOST_LETTERS))
  const codes: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  for (const character of folded.text) {
    if (counts.test(character)) {
      codes.push(sameDigits(character.codePointAt(0) as number))
      starts.push(folded.starts[at] as number)
      ends.push(folded.ends[at] as number)
    }
    at += 1
  }
  const length = codes.length === 0 ? 0 : Math.max(1, codes.length - SHINGLE + 1)
  return {
    hashes: Uint32Array.from({ length }, (_, place) => hashOf(codes, place)),
    starts: Int32Array.from({ length }, (_, place) => starts[place] as number),
    ends: Int32Array.from({ length }, (_, place) => ends[Math.min(place + SHINGLE, codes.length) - 1] as number),
  }
}

/** Keys that are looked up of one text; of a longer one those with the lowest values, which another text that holds the same has too. */
export const MOST_KEYS = 2_048
/** Keys that are stored of one text. */
export const MOST_KEPT_KEYS = 512

/**
 * What a text is found by: five letters in a row, of Latin ones eight. Two texts that share enough to be compared share
 * some of them, however they are reworded otherwise. Distinct, in rising order.
 */
export function keysOf(hashes: Fingerprint, most: number): number[] {
  const keys = new Set<number>()
  // the whole, so that a text of a few letters is found as well
  keys.add(hashes.reduce(mixed, hashes.length))
  for (let at = 0; at < hashes.length; at += 1) {
    const hash = hashes[at] as number
    const isLatinStart = (hash & 1) === 1
    const last = at + (isLatinStart ? 5 : 2)
    if (last >= hashes.length) continue
    const pair = mixed(hash, hashes[at + 2] as number)
    keys.add(isLatinStart ? mixed(pair, hashes[last] as number) : pair)
  }
  return [...keys].sort((a, b) => a - b).slice(0, hashes.length === 0 ? 0 : most)
}

/** A fingerprint as text for the database: base64 of little-endian words. */
export function printFingerprint(hashes: Fingerprint): string {
  const bytes = Buffer.alloc(hashes.length * 4)
  hashes.forEach((hash, at) => {
    bytes.writeUInt32LE(hash, at * 4)
  })
  return bytes.toString('base64')
}

export function parseFingerprint(text: string): Fingerprint {
  const bytes = Buffer.from(text, 'base64')
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => bytes.readUInt32LE(at * 4))
}
