import {
  emptyFolding,
  type Folding,
  foldCharacters,
  isLatinLetter,
  isLatinOrDigit,
  pushCode,
  repeats,
} from './fold-characters.ts'
import { matchName, writtenAs } from './match-messenger.ts'

const digitLetters: Readonly<Record<number, number>> = Object.fromEntries(
  ['0o', '1i', '3e', '4a', '5s', '7t'].map(([digit = '', letter = '']) => [digit.charCodeAt(0), letter.charCodeAt(0)]),
)

/** One code point of a word: katakana as hiragana, a digit between two letters as the letter it looks like. */
function foldInWord({ codes, length }: Folding, at: number): number {
  const code = codes[at] as number
  if (code >= 0x30a1 && code <= 0x30f6) return code - 0x60
  if (
    code >= 48 &&
    code <= 55 &&
    at > 0 &&
    at + 1 < length &&
    isLatinLetter(codes[at - 1]) &&
    isLatinLetter(codes[at + 1])
  )
    return digitLetters[code] ?? code
  return code
}

function pushShort(folding: Folding, code: number, start: number, end: number): void {
  if (repeats(folding, code)) folding.ends[folding.length - 1] = end
  else pushCode(folding, code, start, end)
}

/** Names become one character, katakana hiragana, digits within words letters. */
function foldWords(from: Folding, to: Folding): void {
  to.length = 0
  for (let at = 0; at < from.length; ) {
    const match = matchName(from, at)
    if (match) {
      for (const code of writtenAs(match))
        pushShort(to, code, from.starts[at] as number, from.ends[match.end - 1] as number)
      at = match.end
    } else {
      pushShort(to, foldInWord(from, at), from.starts[at] as number, from.ends[at] as number)
      at += 1
    }
  }
}

const scratch = emptyFolding()

/**
 * Folds a text so that what a reader takes for the same is the same: width, case, invisible characters, look-alikes,
 * kana, words spelled out (`L I N E`), names of messengers. Emoji stay. Folding what is folded changes nothing.
 * @param into reused for the result, and valid until it is passed again.
 */
export function foldInto(text: string, into: Folding): Folding {
  foldCharacters(text, scratch)
  joinSpelled(scratch)
  foldWords(scratch, into)
  return into
}

export interface FoldedText {
  readonly text: string
  /** For each code point of `text`, its span in the original, in UTF-16 units. */
  readonly starts: Int32Array
  readonly ends: Int32Array
}

const fromCodes = (codes: Int32Array): string => {
  let text = ''
  for (const code of codes) text += String.fromCodePoint(code)
  return text
}

export function foldText(text: string): FoldedText {
  const { codes, starts, ends, length } = foldInto(text, emptyFolding(text.length + 8))
  return { text: fromCodes(codes.subarray(0, length)), starts: starts.slice(0, length), ends: ends.slice(0, length) }
}

// The second step of folding. Words spelled out with something between their letters: "L I N E", "ら・い・ん", "手*数*料".

/** A flag for each code point below U+10000: read for every character of every post. */
function flagsOf(signs: string): Uint8Array {
  const flags = new Uint8Array(0x10000)
  for (const sign of signs) flags[sign.charCodeAt(0)] = 1
  return flags
}

/** Signs that can stand between the letters of a word spelled out. A comma cannot: it lists things. */
const separators = flagsOf(' \n.・*-_/\\|~+\'"=:;()[]{}<>「」【】★☆◆◇■□○◎※♪♡♥→⇒^#')
/** Most signs between two letters: " - ". */
const WIDEST_GAP = 3
const LEAST_LETTERS = 3

const isJapanese = (code: number | undefined): boolean =>
  code !== undefined &&
  ((code >= 0x3041 && code <= 0x3096) ||
    (code >= 0x30a1 && code <= 0x30fa) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    code === 0x3005)
const isLetter = (code: number | undefined): boolean => isLatinOrDigit(code) || isJapanese(code)
const isGap = (code: number | undefined): boolean => code !== undefined && separators[code] === 1

/** Where the next letter stands if only a gap lies between, else −1. */
function afterGap({ codes, length }: Folding, at: number): number {
  let next = at + 1
  while (next < length && next - at <= WIDEST_GAP && isGap(codes[next])) next += 1
  return next > at + 1 && next < length && isLetter(codes[next]) ? next : -1
}

/** A letter with gaps on both sides can be in the middle; one at an end may touch Japanese text, but no Latin letter may touch a Latin one. */
const startsSpelling = (codes: Int32Array, at: number): boolean =>
  isJapanese(codes[at]) || (isLatinOrDigit(codes[at]) && !(at > 0 && isLatinOrDigit(codes[at - 1])))

/** The last letter of a word spelled out from `at`, or −1; `members` counts its letters. */
function spelledFrom(folding: Folding, at: number): { end: number; members: number } {
  const { codes, length } = folding
  let end = at
  let members = 1
  while (true) {
    const next = afterGap(folding, end)
    if (next < 0) break
    const touchesLatin = isLatinOrDigit(codes[next]) && next + 1 < length && isLatinOrDigit(codes[next + 1])
    if (touchesLatin) break
    end = next
    members += 1
    // a letter that touches the next one is the last
    if (next + 1 < length && isLetter(codes[next + 1])) break
  }
  return { end, members }
}

/** Closes the gaps of words spelled out, in place. Single spaces between whole words stay. */
function joinSpelled(folding: Folding): void {
  const { codes, starts, ends } = folding
  let written = 0
  let read = 0
  while (read < folding.length) {
    const spelled = startsSpelling(codes, read) && isGap(codes[read + 1]) ? spelledFrom(folding, read) : undefined
    const last = spelled && spelled.members >= LEAST_LETTERS ? spelled.end : read
    for (; read <= last; read += 1) {
      if (last > read && isGap(codes[read])) continue
      codes[written] = codes[read] as number
      starts[written] = starts[read] as number
      ends[written] = ends[read] as number
      written += 1
    }
  }
  folding.length = written
}
