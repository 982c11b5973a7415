import { foldText } from '../../detector/read/fold-text.ts'
import type { Fingerprint } from './fingerprint.ts'
import { mixed } from './fingerprint.ts'
import { motifs } from './motifs.data.ts'

/**
 * What a text is about: its motifs and the words that carry most of what it says, as hashes. The two lowest bits of each
 * say how much it counts. Another wording of the same offer shares most motifs and some words; see `alikeness`.
 */
export type Outline = Fingerprint

/** Letters that are read of a text: its beginning. */
const MOST_LETTERS = 10_000
/** Parts that are kept of a text. */
const MOST_PARTS = 512

/** By the lowest bits of a part: Latin words, other words, motifs. A motif says as much as two words in kanji. */
const weights = [2, 3, 6] as const
const MOTIF = 2

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const expressionOf = (words: string): RegExp =>
  new RegExp(
    words
      .split('|')
      .map((word) => foldText(word).text)
      .map((word) => (/^[a-z0-9]/.test(word) ? `(?<![a-z0-9])${escaped(word)}` : escaped(word)))
      .join('|'),
  )
const expressions = Object.values(motifs).map(expressionOf)

const hashOf = (word: string): number => [...word].reduce((hash, one) => mixed(hash, one.codePointAt(0) as number), 7)
const partOf = (hash: number, weight: 0 | 1 | 2): number => ((hash & ~3) | weight) >>> 0

/** Words of a folded text: two kanji in a row, the beginning of a word in katakana, and of a Latin one. */
function* wordsOf(text: string): Generator<readonly [word: string, weight: 0 | 1]> {
  for (const [run] of text.matchAll(/\p{sc=Han}{2,}/gu))
    for (let at = 0; at + 1 < run.length; at += 1) yield [run.slice(at, at + 2), 1]
  for (const [run] of text.matchAll(/[\p{sc=Katakana}ー]{2,}/gu)) yield [run.slice(0, 4), 1]
  for (const [run] of text.matchAll(/[a-z]{3,}/gu)) yield [run.slice(0, 5), 0]
}

/** Reads what a text is about; distinct, motifs first. */
export function outlineOf(text: string): Outline {
  const folded = foldText(text.slice(0, MOST_LETTERS)).text
  const parts = new Set<number>()
  for (const [nth, expression] of expressions.entries())
    if (expression.test(folded)) parts.add(partOf(mixed(nth, 0x6d6f7469), MOTIF))
  for (const [word, weight] of wordsOf(folded)) {
    if (parts.size === MOST_PARTS) break
    parts.add(partOf(hashOf(word), weight))
  }
  return Uint32Array.from(parts)
}

const isMotif = (part: number): boolean => (part & 3) === MOTIF
const sizeOf = (outline: Outline): number =>
  Math.sqrt(outline.reduce((sum, part) => sum + (weights[part & 3] as number) ** 2, 0))

/** How much two texts are about the same: the cosine of their parts, weighted; 0..1. */
export function alikeness(one: Outline, other: Outline): number {
  const sought = new Set(other)
  const shared = one.reduce((sum, part) => sum + (sought.has(part) ? (weights[part & 3] as number) ** 2 : 0), 0)
  return shared === 0 ? 0 : shared / (sizeOf(one) * sizeOf(other))
}

/** Motifs of which the pairs are keys: of a text with more, the first in the list. */
const MOST_PAIRED = 16

/** What an outline is found by: two motifs together. Negative, so that no key of a fingerprint is the same. */
export function outlineKeys(outline: Outline): number[] {
  const found = outline.filter(isMotif).slice(0, MOST_PAIRED)
  const keys: number[] = []
  for (let one = 0; one < found.length; one += 1)
    for (let other = one + 1; other < found.length; other += 1)
      keys.push(-1 - mixed(found[one] as number, found[other] as number))
  return keys
}
