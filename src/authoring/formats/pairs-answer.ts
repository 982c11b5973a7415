import type { Locale } from '../../item/item.ts'
import type { AnswerSource } from '../bank-source.ts'
import { say } from '../said.ts'
import { SIDES } from '../types/words.data.ts'
import { type Loss, loss } from './exchange.ts'

export interface BuiltPairs {
  readonly answer: AnswerSource
  /** For the end of the stem, where the pairs became gaps. */
  readonly table?: string
}

/**
 * Pairs as an item of ours: a match where every right-hand side is used once, with the unused ones as spare options. Where
 * several share one, each left-hand side gets a gap with all right-hand sides to choose from.
 */
export function pairsAnswer(
  pairs: readonly (readonly [string, string])[],
  columns: readonly [string, string] | undefined,
  locale: Locale,
  losses: Loss[],
): BuiltPairs | undefined {
  const line = (text: string) => text.replace(/\\?\n+/g, ' ')
  const rows = pairs.map(([left, right]) => [line(left), line(right)] as const)
  const rights = rows.map(([, right]) => right)
  if (new Set(rights).size === rights.length)
    return { answer: { form: 'table', header: columns ?? SIDES[locale], rows } }
  const choices = [...new Set(rights)]
  if (choices.length < 2 || choices.some((choice) => /[|[\]]/.test(choice))) {
    losses.push(loss('key', say('exchange.sharedRightSideFitsNoGap')))
    return undefined
  }
  losses.push(loss('type', say('exchange.sharedRightSideBecameGaps')))
  const paired = rows.filter(([left]) => left !== '')
  return {
    answer: { form: 'blanks', blanks: paired.map(([, right], i) => ({ ref: String(i + 1), accepted: [right] })) },
    table: `\n\n${paired.map(([left], i) => `- ${left}: [[${i + 1}: ${choices.join(' | ')}]]`).join('\n')}`,
  }
}
