import { applyOverrides, hasOverride } from './apply-overrides.ts'
import { lookalikes } from './spellings.data.ts'
import { unweave } from './unweave.ts'

// The first step of folding, one character at a time: what it looks like to a reader, in lower-case Latin letters, kana,
// kanji, signs and emoji.

/** A text in folding: code points, and for each where in the original (UTF-16) it comes from. Only the first `length` count. */
export interface Folding {
  codes: Int32Array
  starts: Int32Array
  ends: Int32Array
  length: number
}

export const emptyFolding = (capacity = 1_024): Folding => ({
  codes: new Int32Array(capacity),
  starts: new Int32Array(capacity),
  ends: new Int32Array(capacity),
  length: 0,
})

export const isLatinLetter = (code: number | undefined): boolean => code !== undefined && code >= 97 && code <= 122
export const isLatinOrDigit = (code: number | undefined): boolean =>
  isLatinLetter(code) || (code !== undefined && code >= 48 && code <= 57)

/** 1 for kana and kanji, by code point: looked up many times for each character of each text. */
const japanese = Uint8Array.from({ length: 0x10000 }, (_, code) =>
  Number(
    (code >= 0x3041 && code <= 0x3096) ||
      (code >= 0x30a1 && code <= 0x30fa) ||
      code === 0x30fc ||
      (code >= 0x4e00 && code <= 0x9fff) ||
      code === 0x3005,
  ),
)
/** Kana and kanji. */
export const isJapanese = (code: number | undefined): boolean => code !== undefined && japanese[code] === 1

/** Makes room for so many code points in all. */
export function reserve(folding: Folding, capacity: number): void {
  if (folding.codes.length >= capacity) return
  const grown = emptyFolding(Math.max(capacity, folding.codes.length * 2))
  grown.codes.set(folding.codes)
  grown.starts.set(folding.starts)
  grown.ends.set(folding.ends)
  Object.assign(folding, { ...grown, length: folding.length })
}

function pushCode(folding: Folding, code: number, start: number, end: number): void {
  reserve(folding, folding.length + 1)
  folding.codes[folding.length] = code
  folding.starts[folding.length] = start
  folding.ends[folding.length] = end
  folding.length += 1
}

/** A run of one sign says no more than three of it. */
export function repeats({ codes, length }: Folding, code: number): boolean {
  return length >= 3 && codes[length - 1] === code && codes[length - 2] === code && codes[length - 3] === code
}

/** Characters a reader cannot see: zero-width, bidi controls, variation selectors, soft hyphens, fillers, tags. */
const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]$/u
const mark = /^\p{M}$/u
const control = /^\p{Cc}$/u
const space = /^\s$/

const lookalikeOf = new Map(
  Object.entries(lookalikes).flatMap(([letter, alike]) =>
    [...alike].map((character): [string, string] => [character, letter]),
  ),
)

/** Enclosed letters that have no compatibility mapping (🅻 🅛) and the regional indicators (🇱). */
function enclosedLetter(code: number): string | undefined {
  for (const first of [0x1f150, 0x1f170, 0x1f1e6]) {
    if (code >= first && code < first + 26) return String.fromCharCode(97 + code - first)
  }
  return undefined
}

/** Greek capitals that look like another letter than their small forms do: Ν is N, but ν is v. */
const capitalLookalike = (letter: string): string => (letter === 'Ν' ? 'n' : letter === 'Η' ? 'h' : 'y')

function foldOnce(text: string): string {
  let folded = ''
  for (const character of text.normalize('NFKC').replace(/[ΝΗΥ]/g, capitalLookalike).toLowerCase()) {
    const code = character.codePointAt(0) ?? 0
    // U+FEFF is a space to JavaScript, but nobody sees it
    if (invisible.test(character)) continue
    if (space.test(character)) folded += /[\n\r\u2028\u2029]/.test(character) ? '\n' : ' '
    else if (control.test(character)) continue
    else if (code >= 0x3041 && code <= 0x30fe)
      folded += mark.test(character) ? '' : (lookalikeOf.get(character) ?? character)
    else {
      // accents go, but the voiced kana keep theirs
      const bare =
        code > 0x7f && code < 0x2000
          ? [...character.normalize('NFKD')].filter((part) => !mark.test(part)).join('')
          : character
      if (!mark.test(character)) folded += enclosedLetter(code) ?? lookalikeOf.get(bare) ?? bare
    }
  }
  return folded
}

/** What one character looks like, as code points: none for an invisible one, several for a ligature. */
function foldCharacter(code: number): readonly number[] {
  let folded = String.fromCodePoint(code)
  // a look-alike may only show after lower-casing, an accent only after a compatibility mapping
  for (let round = 0; round < 4; round += 1) {
    const again = foldOnce(folded)
    if (again === folded) break
    folded = again
  }
  return [...folded].map((character) => character.codePointAt(0) ?? 0)
}

/** Remembered by code point; the rare ones above U+FFFF are folded anew, but for emoji. */
const known: (readonly number[] | undefined)[] = new Array(0x20000).fill(undefined)

function foldedCharacter(code: number): readonly number[] {
  const found = known[code]
  if (found) return found
  const folded = foldCharacter(code)
  if (code < known.length) known[code] = folded
  return folded
}

const VOICED = '\u3099'
const SEMI_VOICED = '\u309a'

/** The voiced sound a kana and a mark make, written as one; undefined where they make none. */
function voice(kana: number, sign: number): number | undefined {
  const which =
    sign === 0x3099 || sign === 0xff9e || sign === 0x309b
      ? VOICED
      : sign === 0x309a || sign === 0xff9f || sign === 0x309c
        ? SEMI_VOICED
        : undefined
  if (!which || kana < 0x3041 || kana > 0x30fe) return undefined
  const composed = (String.fromCodePoint(kana) + which).normalize('NFC')
  return composed.length === 1 ? composed.charCodeAt(0) : undefined
}

const isVoicingSign = (code: number): boolean =>
  code === 0x3099 || code === 0x309a || code === 0xff9e || code === 0xff9f || code === 0x309b || code === 0x309c

/** Punctuation is shortened before words are joined across it; letters after all else is done. */
const isPunctuation = (code: number): boolean => code < 48 || (code > 57 && code < 97) || (code > 122 && code < 127)
const SPACE = 32
const NEWLINE = 10

/**
 * What a code point below U+10000 is folded to where that is one that may follow any other: no white space, punctuation or
 * sign of voice. 0 for all others, and for those that no text had yet.
 */
const simple = new Uint16Array(0x10000)
for (let code = 97; code <= 122; code += 1) simple[code] = code

function rememberSimple(code: number): void {
  const [folded = 0, more] = foldedCharacter(code)
  const isSimple = more === undefined && folded < 0x10000 && folded !== SPACE && folded !== NEWLINE
  // the first half of a pair is not the half that stands alone
  const isHalf = code >= 0xd800 && code <= 0xdfff
  if (code < simple.length && isSimple && !isHalf && !isPunctuation(folded) && !isVoicingSign(code))
    simple[code] = folded
}

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
  pushCode(folding, code, start, end)
}

function foldOne(folding: Folding, code: number, start: number, end: number): void {
  if (code > 96 && code < 123) pushFolded(folding, code, start, end)
  else if (isVoicingSign(code)) {
    const last = folding.length - 1
    const voiced = last >= 0 ? voice(folding.codes[last] as number, code) : undefined
    if (voiced === undefined) return
    folding.codes[last] = voiced
    folding.ends[last] = end
  } else {
    for (const folded of foldedCharacter(code)) pushFolded(folding, folded, start, end)
    rememberSimple(code)
  }
}

/** Folds the characters of a text in the order in which they are stored. */
function foldStored(text: string, folding: Folding): void {
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at)
    const known = simple[unit] as number
    if (known > 0) {
      reserve(folding, folding.length + 1)
      const { codes, starts, ends, length } = folding
      codes[length] = known
      starts[length] = at
      at += 1
      ends[length] = at
      folding.length = length + 1
      continue
    }
    const code = text.codePointAt(at) as number
    const end = at + (code > 0xffff ? 2 : 1)
    foldOne(folding, code, at, end)
    at = end
  }
}

/** Folds each character of a text, in the order in which they are seen, into a buffer that is used again. */
export function foldCharacters(text: string, folding: Folding): void {
  folding.length = 0
  const seen = hasOverride(text) ? applyOverrides(text) : unweave(text)
  if (seen) for (const { code, start, end } of seen) foldOne(folding, code, start, end)
  else foldStored(text, folding)
  decodeEntities(folding)
  const last = folding.codes[folding.length - 1]
  if (folding.length > 0 && (last === SPACE || last === NEWLINE)) folding.length -= 1
}

const AMPERSAND = 38
/** Folded: `&#76;`, `&#x4c;`, `&nbsp;`; and the same with its ampersand written so. */
const entity =
  /^&(?:(?:amp|#0*38|#x0*26);)*(?:#x(?<hex>[\da-f]{1,6})|#(?<decimal>\d{1,7})|(?<name>nbsp|ensp|emsp|shy|zwnj|zwj|lrm|rlm|lt|gt|quot|apos));?/
const LONGEST_ENTITY = 48
const namedEntities: Readonly<Record<string, number>> = {
  nbsp: SPACE,
  ensp: SPACE,
  emsp: SPACE,
  lt: 60,
  gt: 62,
  quot: 34,
  apos: 39,
}

/** `%e7%99%bb`: the bytes of one character as an address writes them. */
const encoded =
  /^(?:%[0-7][\da-f]|%[c-d][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-4](?:%[89ab][\da-f]){3})/
const PERCENT = 37

/** The character that an address writes so, or 0. */
function decodeBytes(bytes: string): number {
  try {
    return decodeURIComponent(bytes).codePointAt(0) ?? 0
  } catch {
    return 0
  }
}

const decoded = emptyFolding(64)

/** Characters that are written as HTML or addresses do, as what they stand for, in place. */
function decodeEntities(folding: Folding): void {
  const { codes } = folding
  const used = codes.subarray(0, folding.length)
  if (used.indexOf(AMPERSAND) < 0 && used.indexOf(PERCENT) < 0) return
  decoded.length = 0
  for (let at = 0; at < folding.length; ) {
    const { code, length } = writtenAt(folding, at)
    const [start, end] = [folding.starts[at] as number, folding.ends[at + length - 1] as number]
    if (length === 1) pushFolded(decoded, code, start, end)
    else if (code > 0 && code <= 0x10ffff) foldOne(decoded, code, start, end)
    at += length
  }
  Object.assign(folding, {
    codes: decoded.codes.slice(),
    starts: decoded.starts.slice(),
    ends: decoded.ends.slice(),
    length: decoded.length,
  })
}

/** The character that stands at a place, and how many it is written with. */
function writtenAt({ codes, length }: Folding, at: number): { readonly code: number; readonly length: number } {
  const code = codes[at] as number
  if (code !== AMPERSAND && code !== PERCENT) return { code, length: 1 }
  const text = String.fromCodePoint(...codes.subarray(at, Math.min(at + LONGEST_ENTITY, length)))
  const bytes = code === PERCENT ? encoded.exec(text)?.[0] : undefined
  if (bytes) return { code: decodeBytes(bytes), length: bytes.length }
  const found = code === AMPERSAND ? entity.exec(text) : null
  if (!found) return { code, length: 1 }
  const { hex, decimal, name } = found.groups as Record<string, string | undefined>
  const named = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : (namedEntities[name ?? ''] ?? 0)
  return { code: named, length: found[0].length }
}
