import { dropSprinkled } from './drop-sprinkled.ts'
import {
  emptyFolding,
  type Folding,
  foldCharacters,
  isJapanese,
  isLatinLetter,
  isLatinOrDigit,
  repeats,
  reserve,
} from './fold-characters.ts'
import { joinShreds } from './join-shreds.ts'
import { matchName, startsName, writtenAs } from './match-messenger.ts'
import { smallKana } from './spellings.data.ts'

const digitLetters: Readonly<Record<number, number>> = Object.fromEntries(
  ['0o', '1i', '3e', '4a', '5s', '6g', '7t', '8b', '9g'].map(([digit = '', letter = '']) => [
    digit.charCodeAt(0),
    letter.charCodeAt(0),
  ]),
)

const large = new Map(smallKana.split('|').map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]))
const asHiragana = (code: number): number => (code >= 0x30a1 && code <= 0x30f6 ? code - 0x60 : code)

/** Each code point below U+10000 with katakana as hiragana, and small kana as large ones. */
const plainKana = Uint16Array.from({ length: 0x10000 }, (_, code) => {
  const hiragana = asHiragana(code)
  return large.get(hiragana) ?? hiragana
})

/** One code point of a word: its kana in one form, a digit between two letters as the letter it looks like. */
function foldInWord({ codes, length }: Folding, at: number): number {
  const written = codes[at] as number
  const code = plainKana[written] ?? written
  if (code >= 48 && code <= 57 && isDigitInWord(codes, at, length)) return digitLetters[code] ?? code
  return code
}

/** A digit between two letters, or one before three of them: "acc0unt", "4ccount"; not "3d", "1st" or "24h". */
function isDigitInWord(codes: Int32Array, at: number, length: number): boolean {
  if (at + 1 >= length || !isLatinLetter(codes[at + 1])) return false
  if (at > 0 && isLatinLetter(codes[at - 1])) return true
  const isFirst = at === 0 || !isLatinOrDigit(codes[at - 1])
  return isFirst && at + 3 < length && isLatinLetter(codes[at + 2]) && isLatinLetter(codes[at + 3])
}

/** A letter that is written several times over stays once: "手手数数料料", "freeee". Of other signs three stay. There is room. */
function pushShort(folding: Folding, code: number, start: number, end: number): void {
  const { codes, starts, ends, length } = folding
  const doubled = length > 0 && code === codes[length - 1] && (isLatinLetter(code) || isJapanese(code))
  if (doubled || repeats(folding, code)) ends[length - 1] = end
  else {
    codes[length] = code
    starts[length] = start
    ends[length] = end
    folding.length = length + 1
  }
}

/** Names become one character, katakana hiragana, digits within words letters. */
function foldWords(from: Folding, to: Folding): void {
  to.length = 0
  reserve(to, from.length)
  for (let at = 0; at < from.length; ) {
    const match = startsName[from.codes[at] as number] === 1 ? matchName(from, at) : undefined
    if (match) {
      const codes = writtenAs(match)
      // ahead of what is left, as what is written may be longer than what was matched
      reserve(to, to.length + codes.length + from.length - match.end)
      for (const code of codes) pushShort(to, code, from.starts[at] as number, from.ends[match.end - 1] as number)
      at = match.end
    } else {
      pushShort(to, foldInWord(from, at), from.starts[at] as number, from.ends[at] as number)
      at += 1
    }
  }
}

const scratch = emptyFolding()
/** What is joined once may have been what parted others. */
const MOST_ROUNDS = 6

function copyCodes(from: Folding, to: Folding): void {
  reserve(to, from.length)
  to.codes.set(from.codes.subarray(0, from.length))
  to.starts.set(from.starts.subarray(0, from.length))
  to.ends.set(from.ends.subarray(0, from.length))
  to.length = from.length
}

function isSame(a: Folding, b: Folding): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (a.codes[at] !== b.codes[at]) return false
  return true
}

/** Joins letters and folds words until nothing changes. */
function foldRounds(from: Folding, to: Folding): void {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    dropSprinkled(from)
    joinSpelled(from)
    foldWords(from, to)
    if (isSame(from, to)) return
    copyCodes(to, from)
  }
}

/**
 * Folds a text so that what a reader takes for the same is the same: width, case, invisible characters, look-alikes,
 * kana, words spelled out (`L I N E`), names of messengers. Emoji stay. Folding what is folded changes nothing.
 * @param into reused for the result, and valid until it is passed again.
 */
export function foldInto(text: string, into: Folding): Folding {
  foldCharacters(text, scratch)
  joinShreds(scratch)
  foldRounds(scratch, into)
  return into
}

export interface FoldedText {
  readonly text: string
  /** For each code point of `text`, its span in the original, in UTF-16 units. */
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** More arguments at once may be too many for a call. */
const AT_ONCE = 4_096

function fromCodes({ codes, length }: Folding): string {
  let text = ''
  for (let at = 0; at < length; at += AT_ONCE)
    text += String.fromCodePoint.apply(null, codes.subarray(at, Math.min(length, at + AT_ONCE)) as unknown as number[])
  return text
}

const folded = emptyFolding(4_096)

/** A text as it is folded, without where it comes from. */
export const foldedText = (text: string): string => fromCodes(foldInto(text, folded))

export function foldText(text: string): FoldedText {
  const { starts, ends, length } = foldInto(text, folded)
  return { text: fromCodes(folded), starts: starts.slice(0, length), ends: ends.slice(0, length) }
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
      if (written < read) {
        codes[written] = codes[read] as number
        starts[written] = starts[read] as number
        ends[written] = ends[read] as number
      }
      written += 1
    }
  }
  folding.length = written
}
