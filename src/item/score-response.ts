import type { SettledKey } from './item.ts'
import type { Response } from './response.ts'

/** Folds what a Japanese keyboard makes of one answer: full and half width (NFKC), case and white space. */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')

/**
 * Reads a number as people type it: full-width digits, thousands separators, a leading sign and a trailing unit
 * ("￥１３，２００", "13,200円"). Undefined when it is no single number.
 */
export function readNumber(text: string, unit: string): number | undefined {
  let folded = foldText(text).replace(/[−‐‑–—ー]/gu, '-')
  const foldedUnit = foldText(unit)
  if (foldedUnit !== '' && folded.endsWith(foldedUnit)) folded = folded.slice(0, -foldedUnit.length)
  if (foldedUnit === '円') folded = folded.replace(/^[¥\\]/u, '')
  if (!/^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/u.test(folded)) return undefined
  return Number(folded.replaceAll(',', ''))
}

const accepts = (accepted: readonly string[], text: string) => accepted.some((answer) => foldText(answer) === foldText(text))

const sameOrder = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((value, i) => value === b[i])

/**
 * The share of an item's points that a response earns, 0..1.
 *
 * - `multiple`: all or nothing; with partial credit (right picks − wrong picks) / number of right ones, floored at 0, so
 *   that ticking everything earns nothing by itself.
 * - `cloze` and `match`: the share of blanks or pairs that are right.
 * - `order`: all or nothing.
 * - no answer, or an answer of another shape: 0.
 */
export function scoreResponse(key: SettledKey, response: Response): number {
  if (response === null) return 0
  switch (key.type) {
    case 'single':
    case 'true-false':
      return 'choice' in response && response.choice === key.choice ? 1 : 0
    case 'multiple': {
      if (!('choices' in response)) return 0
      const picked = new Set(response.choices)
      const right = key.choices.filter((choice) => picked.has(choice)).length
      const wrong = picked.size - right
      if (!key.partial) return right === key.choices.length && wrong === 0 ? 1 : 0
      return Math.max(0, right - wrong) / key.choices.length
    }
    case 'numeric': {
      if (!('text' in response)) return 0
      const value = readNumber(response.text, key.unit)
      // one ulp of slack, so that a tolerance of 0.1 holds 0.3 - 0.2
      return value !== undefined && Math.abs(value - key.value) <= key.tolerance + Math.abs(key.value) * Number.EPSILON ? 1 : 0
    }
    case 'short':
      return 'text' in response && accepts(key.accepted, response.text) ? 1 : 0
    case 'cloze': {
      if (!('blanks' in response)) return 0
      const blanks = Object.entries(key.blanks)
      const right = blanks.filter(([ref, blank]) => {
        const given = response.blanks[ref]
        if ('choice' in blank) return given === blank.choice
        return typeof given === 'string' && accepts(blank.accepted, given)
      }).length
      return right / blanks.length
    }
    case 'order':
      return 'order' in response && sameOrder(response.order, key.order) ? 1 : 0
    case 'match':
      return 'pairs' in response ? key.pairs.filter((right, left) => response.pairs[left] === right).length / key.pairs.length : 0
    case 'essay':
      // rated by people
      return 0
    default:
      return key satisfies never
  }
}
