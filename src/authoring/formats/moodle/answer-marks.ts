import { say } from '../../said.ts'
import type { OptionSource } from '../../written-item.ts'
import { type Loss, loss } from '../exchange.ts'

/** Shares that Moodle knows, in per cent: one of so many right answers. */
const KNOWN_COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20]

const percent = (share: number): string => String(Number((share * 100).toFixed(5)))

/** What each option of a question with several right ones is worth, in per cent. A wrong pick takes away what a right one gives. */
export function marksOfMultiple(options: readonly OptionSource[], partial: boolean, losses: Loss[]): string[] {
  const right = options.filter(({ correct }) => correct).length
  if (!partial) losses.push(loss('scoring', say('exchange.allOrNothingLost')))
  if (!KNOWN_COUNTS.includes(right)) losses.push(loss('weight', say('exchange.noWeightInMoodle', { right })))
  return options.map(({ correct }) => (correct ? percent(1 / right) : partial ? percent(-1 / right) : '-100'))
}
