import { type Folding, isLatinOrDigit } from './fold-characters.ts'

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
export function joinSpelled(folding: Folding): void {
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
