import { type Folding, isJapanese, isLatinLetter, isLatinOrDigit } from './fold-characters.ts'

// A step of folding: signs strewn between letters so that no word is whole, which a reader overlooks. "登🎉録🎉料",
// "登録料★を先に★振り込★んで", "登x録x料x".

/** No digit: "★5" and "10〜20" say something. */
const isWordLetter = (code: number | undefined): boolean => isLatinLetter(code) || isJapanese(code)

/** Private-use characters too, but for those that folding writes itself. */
const pictograph = /^(?![\ue001-\ue003|])[\p{So}\p{Sk}\p{Sm}\p{Co}\p{Extended_Pictographic}\p{Emoji_Modifier}*_^~※●]$/u
/** 1 for a sign that no word is written with, 2 for any other; looked up once for each code point. */
const known = new Uint8Array(0x20000)
function isPictograph(code: number): boolean {
  if (code >= known.length) return true
  if (known[code] === 0) known[code] = pictograph.test(String.fromCodePoint(code)) ? 1 : 2
  return known[code] === 1
}

/** Most signs at one place. More of them are a line or a row of stars. */
const WIDEST_GAP = 3
/** Most letters between two places. */
const LONGEST_GROUP = 3
const LEAST_GROUPS = 4
/** So many are read at a time. */
const MOST_GROUPS = 64

function keep(folding: Folding, written: number, read: number): void {
  if (written === read) return
  folding.codes[written] = folding.codes[read] as number
  folding.starts[written] = folding.starts[read] as number
  folding.ends[written] = folding.ends[read] as number
}

const SPACE = 32
const NEWLINE = 10
const isSpace = (code: number | undefined): boolean => code === SPACE || code === NEWLINE

/** From one in so many letters on, pictographs are strewn, and none of them says anything. */
const DENSE = 10
const LEAST_DENSE = 5
const isStar = (code: number): boolean => code === 0x2605 || code === 0x2606

/** How a text is full of pictographs: it has none, some, or so many that they are strewn over it. */
function countPictographs({ codes, length }: Folding): 'none' | 'some' | 'strewn' {
  let [letters, strewn, all] = [0, 0, 0]
  for (let at = 0; at < length; at += 1) {
    const code = codes[at] as number
    if (isWordLetter(code)) letters += 1
    else if (isPictograph(code)) {
      all += 1
      if (code > 0x7f && !isStar(code)) strewn += 1
    }
  }
  if (strewn >= LEAST_DENSE && strewn * DENSE > letters) return 'strewn'
  return all > 0 ? 'some' : 'none'
}

/** Signs that stand directly between two letters go, and all of them where they are strewn over a text. */
function dropPictographs(folding: Folding): void {
  const { codes, length } = folding
  const count = countPictographs(folding)
  if (count === 'none') return
  const strewn = count === 'strewn'
  let written = 0
  for (let read = 0; read < length; ) {
    const code = codes[read] as number
    if (strewn && code > 0x7f && !isWordLetter(code) && !isStar(code) && isPictograph(code)) {
      read += 1
      continue
    }
    if (strewn && isSpace(code) && (written === 0 || isSpace(codes[written - 1]))) {
      if (written > 0 && code === NEWLINE) codes[written - 1] = NEWLINE
      read += 1
      continue
    }
    if (
      written > 0 &&
      !isWordLetter(codes[read]) &&
      isPictograph(codes[read] as number) &&
      isWordLetter(codes[written - 1])
    ) {
      let next = read + 1
      while (next < length && next - read < WIDEST_GAP && isPictograph(codes[next] as number)) next += 1
      if (next < length && isWordLetter(codes[next])) {
        read = next
        continue
      }
    }
    keep(folding, written, read)
    written += 1
    read += 1
  }
  while (strewn && isSpace(codes[written - 1])) written -= 1
  folding.length = written
}

/** Between short Latin words these are no disguise. */
const partsLatin = (code: number): boolean =>
  code === SPACE || code === NEWLINE || code === 44 || code === 46 || code === 0x3001
/** Lines of so few Japanese characters are broken up to hide what they say. */
const SHORT_LINE = 8

const isGroupLetter = (code: number | undefined): boolean => isLatinOrDigit(code) || isJapanese(code)

/** The end of the letters that begin at `at`, or of the first so many. */
function groupEnd({ codes, length }: Folding, at: number, most: number, byLetter: boolean): number {
  let end = at
  while (end < length && end - at <= most && (byLetter ? isJapanese(codes[end]) : isGroupLetter(codes[end]))) end += 1
  return end
}

/** Where the next group begins if signs, or one Latin letter, lie between; else −1. */
function nextGroup({ codes, length }: Folding, end: number, byLetter: boolean): number {
  let next = end
  if (byLetter) {
    while (next < length && next - end < 2 && isLatinLetter(codes[next])) next += 1
    return next > end && next < length && isJapanese(codes[next]) ? next : -1
  }
  while (next < length && next - end <= WIDEST_GAP && !isGroupLetter(codes[next])) next += 1
  return next > end && next - end <= WIDEST_GAP && next < length && isGroupLetter(codes[next]) ? next : -1
}

/** Letters that are parted in the same way, from one place on. */
interface Chain {
  readonly end: number
  /** The sign before each group but the first. */
  readonly sign: number
}

/** The chain of short groups from `at`: the same sign before each, or any where a group is one letter; undefined if there is none. */
function chainFrom(folding: Folding, at: number, byLetter: boolean): Chain | undefined {
  const { codes } = folding
  let [groups, latin, sign, last] = [0, 0, -1, -1]
  let single = true
  for (let start = at; groups < MOST_GROUPS; ) {
    const most = sign === NEWLINE && isJapanese(codes[start]) ? SHORT_LINE : LONGEST_GROUP
    const end = groupEnd(folding, start, groups === 0 ? SHORT_LINE : most, byLetter)
    const size = end - start
    if (size > (groups === 0 ? SHORT_LINE : most)) break
    if (groups > 0 && size > 1 && single && !byLetter && !sameSign(folding, at, start, sign)) break
    groups += 1
    single &&= size === 1
    if (!isJapanese(codes[start])) latin += 1
    last = end
    const next = nextGroup(folding, end, byLetter)
    if (next < 0) break
    const here = signBefore(folding, end, next)
    // a first group may be longer only on a line of its own
    if (groups === 1 && size > LONGEST_GROUP && here !== NEWLINE) return undefined
    if (sign >= 0 && here !== sign && !single) break
    sign = sign < 0 ? here : sign
    start = next
  }
  if (groups < LEAST_GROUPS || (latin * 2 > groups && partsLatin(sign) && !single)) return undefined
  return { end: last, sign }
}

/** The sign that parts two groups: a space beside another sign only parts words. */
function signBefore({ codes }: Folding, end: number, next: number): number {
  const last = codes[next - 1] as number
  return last === SPACE && next - end > 1 ? (codes[end] as number) : last
}

/** Whether all gaps of a chain so far have the sign. */
function sameSign(folding: Folding, from: number, to: number, sign: number): boolean {
  for (let at = from; at < to; ) {
    const end = groupEnd(folding, at, SHORT_LINE, false)
    const next = nextGroup(folding, end, false)
    if (next < 0 || signBefore(folding, end, next) !== sign) return false
    at = next
  }
  return true
}

/** A gap within a chain that parts words: wider than the spaces between letters, or with a space that the others lack. */
function partsWords({ codes, starts, ends }: Folding, from: number, to: number, sign: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (codes[at] !== SPACE) continue
    if (sign !== SPACE || (ends[at] as number) - (starts[at] as number) > 1) return true
  }
  return false
}

/** Closes the gaps of chains, in place. */
function closeChains(folding: Folding): void {
  const { codes } = folding
  let written = 0
  for (let read = 0; read < folding.length; ) {
    const before = read > 0 ? codes[read - 1] : undefined
    const letterStarts = isJapanese(codes[read]) && !isJapanese(before)
    const starts = (letterStarts || isLatinOrDigit(codes[read])) && !isGroupLetter(before)
    if (!starts && !letterStarts) {
      keep(folding, written++, read++)
      continue
    }
    const bySign = starts ? chainFrom(folding, read, false) : undefined
    const chain = bySign ?? (letterStarts ? chainFrom(folding, read, true) : undefined)
    if (!chain) {
      keep(folding, written++, read++)
      continue
    }
    const isMember = bySign ? isGroupLetter : isJapanese
    while (read < chain.end) {
      if (isMember(codes[read])) {
        keep(folding, written++, read++)
        continue
      }
      const from = read
      while (read < chain.end && !isMember(codes[read])) read += 1
      const latin = isLatinOrDigit(codes[written - 1]) && isLatinOrDigit(codes[read])
      if (!latin || !partsWords(folding, from, read, chain.sign)) continue
      keep(folding, written, from)
      codes[written++] = SPACE
    }
  }
  folding.length = written
}

/** Takes out what is strewn between letters, in place. */
export function dropSprinkled(folding: Folding): void {
  dropPictographs(folding)
  closeChains(folding)
}
