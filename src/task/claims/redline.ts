import type { MessageFact } from './family.ts'
import type { ClaimKey } from './key.ts'

// How replacements and messages are read: by the words in them, whatever their widths.

/** A text as words are looked for in it: widths, spaces and commas in numbers do not count. */
export const wordText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, '')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')

const holdsAny = (text: string, words: readonly string[]): boolean =>
  words.some((word) => text.includes(wordText(word)))

/** A shorter replacement is no sentence. */
const LEAST_SIGNS = 4

/** Whether a text may take the place of a sentence: another one, with a word that is asked for and none that is refused. */
export function replaces(written: string, { shown, holds = [], avoids = [] }: ClaimKey): boolean {
  const text = wordText(written)
  if (text.length < LEAST_SIGNS || text === wordText(shown)) return false
  return (holds.length === 0 || holdsAny(text, holds)) && !holdsAny(text, avoids)
}

/** Characters without spaces and line ends. */
export const signsIn = (text: string): number => [...text.replace(/\s/gu, '')].length

/** So many signs in a row name the sentence that they stand in. */
const QUOTED = 6
/** How a sentence ends behind its last word: every polite text ends so too. */
const ENDING = /[\p{Script=Hiragana}\p{P}]+$/u

/** Whether a text quotes a sentence, by a stretch before its ending that stands in none of the others. */
function quotes(text: string, sentence: string, others: readonly string[]): boolean {
  const before = sentence.replace(ENDING, '')
  const told = before.length < QUOTED ? sentence : before
  for (let at = 0; at + QUOTED <= told.length; at++) {
    const stretch = told.slice(at, at + QUOTED)
    if (text.includes(stretch) && !others.some((other) => other.includes(stretch))) return true
  }
  return false
}

/** Of how many of these claims a message speaks: by a word that is found in one of all alone, or by a quotation. */
export function namedIn(text: string, claims: readonly ClaimKey[], all: readonly ClaimKey[]): number {
  const shown = new Map(all.map((claim) => [claim, wordText(claim.shown)]))
  return claims.filter((claim) => {
    const others = all.filter((other) => other !== claim).map((other) => shown.get(other) as string)
    return holdsAny(text, claim.names ?? []) || quotes(text, shown.get(claim) as string, others)
  }).length
}

/** Whether a message that speaks of so many claims says what it must. One that speaks of none fits anywhere, and says nothing. */
export const says = (text: string, fact: MessageFact, named: number): boolean =>
  fact.as === 'words' ? named > 0 && holdsAny(text, fact.words) : named >= fact.least

/** Whether a message holds one of the words that must not stand in it. */
export const isBanned = (text: string, banned: readonly string[]): boolean => holdsAny(text, banned)

/** Runs of one script, as words are; a number of one or two digits may stand for anything. */
const RUNS =
  /[\p{Script=Han}々]{2,}|[\p{Script=Katakana}ー]{2,}|(?!\d{1,2}(?![\p{Script=Latin}\d.%]))[\p{Script=Latin}\d.%]{2,}/gu

/** Words by which a sentence is known among others: found in it, and in none of the other texts. */
export function namesOf(sentence: string, others: readonly string[]): string[] {
  const elsewhere = others.map(wordText)
  const words = new Set(wordText(sentence).match(RUNS) ?? [])
  return [...words].filter((word) => !elsewhere.some((other) => other.includes(word)))
}
