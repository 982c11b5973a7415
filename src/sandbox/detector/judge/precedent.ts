import type { Kind } from './kinds.ts'

/** Ways in which a text repeats another, the plainest first. The last: in words of its own, by the same person. */
export const repetitions = ['copy', 'part', 'rewording', 'writer'] as const
export type Repetition = (typeof repetitions)[number]

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
