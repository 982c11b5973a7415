import type { Locale } from '../../item/item.ts'
import type { AnswerSource } from '../bank-source.ts'
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
export function pairsAnswer(pairs: readonly (readonly [string, string])[], columns: readonly [string, string] | undefined, locale: Locale, losses: Loss[]): BuiltPairs | undefined {
  const line = (text: string) => text.replace(/\\?\n+/g, ' ')
  const rows = pairs.map(([left, right]) => [line(left), line(right)] as const)
  const rights = rows.map(([, right]) => right)
  if (new Set(rights).size === rights.length) return { answer: { form: 'table', header: columns ?? (locale === 'ja' ? ['左', '右'] : ['Left', 'Right']), rows } }
  const choices = [...new Set(rights)]
  if (choices.length < 2 || choices.some((choice) => /[|[\]]/.test(choice))) {
    losses.push(loss('key', '同じ相手を持つ組合せを、穴埋めにできません', 'pairs that share a right-hand side cannot become gaps here'))
    return undefined
  }
  losses.push(loss('type', '同じ相手を持つ組があるので、選択肢付きの穴埋めになりました', 'pairs share a right-hand side: it became gaps with choices'))
  const paired = rows.filter(([left]) => left !== '')
  return {
    answer: { form: 'blanks', blanks: paired.map(([, right], i) => ({ ref: String(i + 1), accepted: [right] })) },
    table: `\n\n${paired.map(([left], i) => `- ${left}: [[${i + 1}: ${choices.join(' | ')}]]`).join('\n')}`,
  }
}
