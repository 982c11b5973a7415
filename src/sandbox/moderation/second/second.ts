import type { Kind } from '../../detector/judge/kinds.ts'
import { type Action, isMeasure } from '../decision/actions.ts'

/** What somebody finds of a text: whether it breaks a rule, and of which kinds it is. Without kinds the rule is another one. */
export interface Finding {
  readonly breach: boolean
  readonly kinds: readonly Kind[]
}

/** Share of decisions that a second operator judges without knowing the first. */
export const SECOND_SHARE = 0.05

/**
 * Whether a decision is judged twice: by a name of it that nobody can work out without the marketplace's key, so that
 * whoever decides neither knows nor chooses. `name`: hex, of at least eight digits.
 */
export const isDrawn = (name: string): boolean => Number.parseInt(name.slice(0, 8), 16) < SECOND_SHARE * 2 ** 32

/** What a decision found. */
export const findingOf = ({
  action,
  kinds,
}: {
  readonly action: Action
  readonly kinds: readonly Kind[]
}): Finding => ({
  breach: isMeasure(action),
  kinds: isMeasure(action) ? kinds : [],
})

/** Whether two found the same: no breach both, or a breach of one kind at least in common, or of none of the kinds both. */
export function agree(one: Finding, other: Finding): boolean {
  if (one.breach !== other.breach) return false
  if (one.kinds.length === 0 || other.kinds.length === 0) return one.kinds.length === other.kinds.length
  return one.kinds.some((kind) => other.kinds.includes(kind))
}

/** Whom a second judgement needs and does not have: a second operator to judge, a third to settle what two judge differently. */
export const missingFor = (operators: number): 'second' | 'third' | undefined =>
  operators < 2 ? 'second' : operators < 3 ? 'third' : undefined
