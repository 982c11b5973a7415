import type { Kind } from './kinds.ts'

/**
 * Ways in which a text repeats another, the plainest first. `writer`: in words of its own, by the same person. `alike`: in
 * words of its own, by anybody: it is about the same things, which a person looks at and nothing follows from.
 */
export const repetitions = ['copy', 'part', 'rewording', 'writer', 'alike'] as const
export type Repetition = (typeof repetitions)[number]

/** Whether words were found again, or only a writer or a matter. */
export const isOfWords = (how: Repetition): boolean => how !== 'writer' && how !== 'alike'

/** A text that a person has taken down, or worse, which a new one repeats. */
export interface Precedent {
  readonly case: string
  readonly decision: string
  /** What it was found to be; empty where the rule was given in words. */
  readonly kinds: readonly Kind[]
  readonly how: Repetition
  /** Share of what either text has that both have, 0..1. */
  readonly similar: number
  /** What repeats it, as a span of the title, a newline and the body, in UTF-16 units. */
  readonly start: number
  readonly end: number
}
