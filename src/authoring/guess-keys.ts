import { foldText } from '../item/types/typed-text.ts'
import { CHI_ONE_PERCENT } from './lint/key-rules.ts'
import type { Subject } from './lint/subject.ts'
import { writtenTypeOf } from './written-types.ts'

/** A way of answering without knowing anything. */
export const strategies = ['longest', 'shortest', 'middle', 'echo'] as const
export type Strategy = (typeof strategies)[number]

/** How far guessing gets on the single-choice items of one locale. Shares are 0..1. */
export interface GuessReport {
  readonly items: number
  /** What blind guessing gives: the mean of one over the number of options. */
  readonly chance: number
  readonly scores: Readonly<Record<Strategy, number>>
  /** Share of items whose key is the one longest option. */
  readonly longestKeys: number
  /** Items by number of options: where their keys stand as written, and χ² against an even spread with its 1 % point. */
  readonly positions: readonly {
    readonly options: number
    readonly seen: readonly number[]
    readonly chiSquare: number
    readonly limit: number
  }[]
}

const lengthsOf = ({ options }: Subject): number[] => options.map(({ text }) => foldText(text).length)

/** The pairs of neighbouring letters of a text, folded. */
export const bigrams = (text: string): Set<string> => {
  const folded = foldText(text)
  return new Set(Array.from({ length: Math.max(0, folded.length - 1) }, (_, i) => folded.slice(i, i + 2)))
}

const numberIn = (text: string): number => Number(text.normalize('NFKC').replace(/[^\d.-]/g, '') || Number.NaN)

/** For each option how much the strategy likes it. */
const likings: Readonly<Record<Strategy, (subject: Subject) => number[]>> = {
  longest: lengthsOf,
  // authors who were told not to make the key the longest
  shortest: (subject) => lengthsOf(subject).map((length) => -length),
  // the middle one of numbers, else the one of middling length: neither the boldest nor the barest claim
  middle: (subject) => {
    const numbers = subject.options.map(({ text }) => numberIn(text))
    const values = numbers.some(Number.isNaN) ? lengthsOf(subject) : numbers
    const sorted = [...values].sort((a, b) => a - b)
    const median =
      ((sorted[Math.floor((sorted.length - 1) / 2)] as number) +
        (sorted[Math.ceil((sorted.length - 1) / 2)] as number)) /
      2
    return values.map((value) => -Math.abs(value - median))
  },
  // words that the stem has used already
  echo: ({ options, stemText }) => {
    const told = bigrams(stemText)
    return options.map(({ text }) => {
      const own = [...bigrams(text)]
      return own.length === 0 ? 0 : own.filter((gram) => told.has(gram)).length / own.length
    })
  },
}

/** The chance that the strategy picks the key; ties are broken by lot. */
function expectedScore(subject: Subject, strategy: Strategy): number {
  const liking = likings[strategy](subject)
  const most = Math.max(...liking)
  const picked = liking.flatMap((value, i) => (value === most ? [i] : []))
  return picked.includes(subject.right[0] as number) ? 1 / picked.length : 0
}

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, n) => sum + n, 0) / numbers.length

/** Whether one of at least three options is right, so that guessing means something. */
export const isSingle = ({ item, options }: Subject): boolean =>
  writtenTypeOf(item.type).lint.options?.isOneRight === true && options.length >= 3

/** Lets naive strategies take the single-choice items; none should do better than chance. */
export function guessKeys(subjects: readonly Subject[]): GuessReport {
  const mine = subjects.filter(isSingle)
  const longest = mine.filter((subject) => {
    const lengths = lengthsOf(subject)
    const most = Math.max(...lengths)
    return lengths.filter((length) => length === most).length === 1 && lengths.indexOf(most) === subject.right[0]
  })
  const positions = [...Map.groupBy(mine, ({ options }) => options.length)]
    .sort(([a], [b]) => a - b)
    .map(([options, group]) => {
      const seen = Array.from({ length: options }, (_, place) => group.filter(({ right }) => right[0] === place).length)
      const expected = group.length / options
      return {
        options,
        seen,
        chiSquare: seen.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0),
        limit: CHI_ONE_PERCENT[options - 1] ?? Number.POSITIVE_INFINITY,
      }
    })
  const scores = Object.fromEntries(
    strategies.map((strategy) => [strategy, mean(mine.map((subject) => expectedScore(subject, strategy)))]),
  ) as Record<Strategy, number>
  return {
    items: mine.length,
    chance: mean(mine.map(({ options }) => 1 / options.length)),
    scores,
    longestKeys: longest.length / Math.max(1, mine.length),
    positions,
  }
}
