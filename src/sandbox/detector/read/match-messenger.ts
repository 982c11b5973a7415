import { type Folding, isLatinOrDigit } from './fold-characters.ts'
import { beforeNoLine, lineContinuations, lineInWord, messengers, smallKana } from './spellings.data.ts'

// The third step of folding. Names of messengers, however they are written, become one character each, so that the
// n-grams around them see more of what is said about them: "add me on LINE" and "らいん追加" are contact, "LINEスタンプ" is
// not, and neither is "online".

/** Private-use characters that stand for a name. */
export const LINE = 0xe001
/** Telegram, WhatsApp, WeChat, KakaoTalk, Viber. */
export const CHAT_APP = 0xe002
export const DISCORD = 0xe003

const codesOf = (text: string): number[] => [...text].map((character) => character.charCodeAt(0))
const codePair = (pair: string): [number, number] => [pair.charCodeAt(0), pair.charCodeAt(1)]
const protectedLine = codesOf(lineInWord)
const continuations = lineContinuations.split('|').map(codesOf)
const noLineAfter = codesOf(beforeNoLine)

/** Letters that pass for another, as one: i, l, 1, | and !; small kana as large; katakana as hiragana. */
function makeSkeleton(code: number): number {
  if (code >= 0x30a1 && code <= 0x30f6) return makeSkeleton(code - 0x60)
  if (code < 128) return asciiSkeleton[code] ?? code
  return largeKana.get(code) ?? code
}
const asciiSkeleton: Readonly<Record<number, number>> = Object.fromEntries(
  'il 1l |l !l 0o 3e 4a @a 5s $s 7t'.split(' ').map(codePair),
)
const largeKana = new Map(smallKana.split('|').map(codePair))
const skeletons = Uint16Array.from({ length: 0x10000 }, (_, code) => makeSkeleton(code))
const skeletonOf = (code: number): number => skeletons[code] ?? code

interface Branch {
  readonly next: Map<number, Branch>
  name: number
}
const root: Branch = { next: new Map(), name: 0 }

function addName(name: number, spellings: string): void {
  for (const spelling of spellings.split('|')) {
    let branch = root
    for (const character of codesOf(spelling)) {
      const code = skeletonOf(character)
      const next = branch.next.get(code) ?? { next: new Map(), name: 0 }
      branch.next.set(code, next)
      branch = next
    }
    branch.name = name
  }
}
addName(LINE, messengers.line)
addName(CHAT_APP, messengers.chatApp)
addName(DISCORD, messengers.discord)

/** 1 for code points that a name can start with, however written. */
export const startsName = Uint8Array.from({ length: 0x10000 }, (_, code) => Number(root.next.has(skeletonOf(code))))

const isKatakana = (code: number | undefined): boolean =>
  code !== undefined && ((code >= 0x30a1 && code <= 0x30fa) || code === 0x30fc)
const isHiragana = (code: number | undefined): boolean => code !== undefined && code >= 0x3041 && code <= 0x3096
const gaps = new Set(codesOf(' .-_*・/'))
const WIDEST_GAP = 2

const isLetterOf = (code: number): boolean => isLatinOrDigit(code) || isKatakana(code) || isHiragana(code)

interface Match {
  /** A private-use character, or 0 for a protected ライン. */
  readonly name: number
  /** Position after the last letter. */
  readonly end: number
}

/** Whether a katakana ライン at `at..end` is part of a longer word. */
function isPartOfWord({ codes, length }: Folding, at: number, end: number): boolean {
  if (isKatakana(codes[at]) && at > 0 && isKatakana(codes[at - 1])) return true
  if (!isKatakana(codes[end - 1]) || end >= length || !isKatakana(codes[end])) return false
  return !continuations.some((word) => word.every((kana, k) => end + k < length && codes[end + k] === kana))
}

/** The longest name that starts at `at`, where a character is that `startsName`, with or without gaps between its letters. */
export function matchName(folding: Folding, at: number): Match | undefined {
  const { codes, length } = folding
  const first = codes[at] as number
  if (isLatinOrDigit(first) && at > 0 && isLatinOrDigit(codes[at - 1])) return undefined
  let branch = root
  let found: Match | undefined
  for (let i = at; i < length; ) {
    const next = branch.next.get(skeletonOf(codes[i] as number))
    if (!next && i > at && codes[i] === codes[i - 1] && isLetterOf(codes[i] as number)) {
      // a letter that is written twice
      i += 1
      if (found?.end === i - 1) found = { ...found, end: i }
      continue
    }
    if (!next) {
      if (i === at || !gaps.has(codes[i] as number)) break
      let after = i
      while (after < length && after - i < WIDEST_GAP && gaps.has(codes[after] as number)) after += 1
      if (after >= length || !branch.next.has(skeletonOf(codes[after] as number))) break
      i = after
      continue
    }
    branch = next
    i += 1
    if (branch.name && !(isLatinOrDigit(codes[i - 1]) && i < length && isLatinOrDigit(codes[i])))
      found = { name: branch.name, end: i }
  }
  if (found?.name !== LINE) return found
  return checkLine(folding, at, found)
}

/** "on-line" and "どのくらいん" are no messenger; オンライン is kept apart. */
function checkLine(folding: Folding, at: number, found: Match): Match | undefined {
  const { codes } = folding
  const hyphened = at > 1 && codes[at - 1] === 45 && isLatinOrDigit(codes[at - 2]) && isLatinOrDigit(codes[at])
  if (hyphened) return undefined
  if (isHiragana(codes[at]) && at > 0 && noLineAfter.includes(codes[at - 1] as number)) return undefined
  if (isPartOfWord(folding, at, found.end)) return { name: 0, end: found.end }
  return found
}

/** How a match is written: the one character of its name, or the protected form. */
export const writtenAs = ({ name }: Match): readonly number[] => (name === 0 ? protectedLine : [name])
