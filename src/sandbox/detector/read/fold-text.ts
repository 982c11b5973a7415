import { emptyFolding, type Folding, foldCharacters, isLatinLetter, pushCode, repeats } from './fold-characters.ts'
import { joinSpelled } from './join-spelled.ts'
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
