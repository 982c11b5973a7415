import { foldedCharacter, isVoicingSign, voice } from './fold-characters.ts'
import { joinSpelled } from './join-spelled.ts'
import { matchName, writtenAs } from './match-messenger.ts'

/** A text in folding: code points, and for each where in the original (UTF-16) it comes from. Only the first `length` count. */
export interface Folding {
  codes: Int32Array
  starts: Int32Array
  ends: Int32Array
  length: number
}

export const emptyFolding = (capacity = 1_024): Folding => ({ codes: new Int32Array(capacity), starts: new Int32Array(capacity), ends: new Int32Array(capacity), length: 0 })

function push(folding: Folding, code: number, start: number, end: number): void {
  if (folding.length === folding.codes.length) {
    const grown = emptyFolding(folding.codes.length * 2)
    grown.codes.set(folding.codes)
    grown.starts.set(folding.starts)
    grown.ends.set(folding.ends)
    Object.assign(folding, { ...grown, length: folding.length })
  }
  folding.codes[folding.length] = code
  folding.starts[folding.length] = start
  folding.ends[folding.length] = end
  folding.length += 1
}

/** A run of one sign says no more than three of it. */
function repeats({ codes, length }: Folding, code: number): boolean {
  return length >= 3 && codes[length - 1] === code && codes[length - 2] === code && codes[length - 3] === code
}
/** Punctuation is shortened before words are joined across it; letters after all else is done. */
const isPunctuation = (code: number): boolean => code < 48 || (code > 57 && code < 97) || (code > 122 && code < 127)
const SPACE = 32
const NEWLINE = 10

/** Adds one folded code point; runs of white space become one, a newline if there was any. */
function pushFolded(folding: Folding, code: number, start: number, end: number): void {
  const last = folding.length - 1
  const before = folding.codes[last]
  if (code === SPACE || code === NEWLINE) {
    if (last < 0) return
    if (before === SPACE || before === NEWLINE) {
      if (code === NEWLINE) folding.codes[last] = NEWLINE
      folding.ends[last] = end
      return
    }
  } else if (isPunctuation(code) && repeats(folding, code)) {
    folding.ends[last] = end
    return
  }
  push(folding, code, start, end)
}

function foldCharacters(text: string, folding: Folding): void {
  folding.length = 0
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) as number
    const end = at + (code > 0xffff ? 2 : 1)
    const last = folding.length - 1
    if (code > 96 && code < 123) pushFolded(folding, code, at, end)
    else if (isVoicingSign(code)) {
      const voiced = last >= 0 ? voice(folding.codes[last] as number, code) : undefined
      if (voiced !== undefined) {
        folding.codes[last] = voiced
        folding.ends[last] = end
      }
    } else for (const folded of foldedCharacter(code)) pushFolded(folding, folded, at, end)
    at = end
  }
  const last = folding.codes[folding.length - 1]
  if (folding.length > 0 && (last === SPACE || last === NEWLINE)) folding.length -= 1
}

const isLowerLatin = (code: number | undefined): boolean => code !== undefined && code >= 97 && code <= 122
const digitLetters: Readonly<Record<number, number>> = Object.fromEntries(['0o', '1i', '3e', '4a', '5s', '7t'].map(([digit = '', letter = '']) => [digit.charCodeAt(0), letter.charCodeAt(0)]))

/** One code point of a word: katakana as hiragana, a digit between two letters as the letter it looks like. */
function foldInWord({ codes, length }: Folding, at: number): number {
  const code = codes[at] as number
  if (code >= 0x30a1 && code <= 0x30f6) return code - 0x60
  if (code >= 48 && code <= 55 && at > 0 && at + 1 < length && isLowerLatin(codes[at - 1]) && isLowerLatin(codes[at + 1])) return digitLetters[code] ?? code
  return code
}

function pushShort(folding: Folding, code: number, start: number, end: number): void {
  if (repeats(folding, code)) folding.ends[folding.length - 1] = end
  else push(folding, code, start, end)
}

/** Names become one character, katakana hiragana, digits within words letters. */
function foldWords(from: Folding, to: Folding): void {
  to.length = 0
  for (let at = 0; at < from.length; ) {
    const match = matchName(from, at)
    if (match) {
      for (const code of writtenAs(match)) pushShort(to, code, from.starts[at] as number, from.ends[match.end - 1] as number)
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
