import type { OptionSource } from '../bank-source.ts'
import { type Loss, loss } from '../formats/exchange.ts'
import { escapeText, listed, wholeStem } from '../formats/gift/gift-text.ts'
import { say } from '../said.ts'
import {
  compileOptions,
  moodleOptions,
  type OptionsAnswer,
  optionCells,
  optionList,
  qtiOptions,
} from './option-list.ts'
import { TYPE_DATA } from './words.data.ts'
import type { WrittenType } from './written-type.ts'

/** Shares that Moodle knows, in per cent: one of so many right answers. */
const KNOWN_COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20]

const percent = (share: number): string => String(Number((share * 100).toFixed(5)))

/** What each option of a question with several right ones is worth, in per cent. A wrong pick takes away what a right one gives. */
function marksOfMultiple(options: readonly OptionSource[], partial: boolean, losses: Loss[]): string[] {
  const right = options.filter(({ correct }) => correct).length
  if (!partial) losses.push(loss('scoring', say('exchange.allOrNothingLost')))
  if (!KNOWN_COUNTS.includes(right)) losses.push(loss('weight', say('exchange.noWeightInMoodle', { right })))
  return options.map(({ correct }) => (correct ? percent(1 / right) : partial ? percent(-1 / right) : '-100'))
}

export const multiple: WrittenType<OptionsAnswer, 'multiple'> = {
  ...optionList,
  ...TYPE_DATA.multiple,
  takesPartial: true,
  lint: { asks: true, options: { usual: [4, 8], isOneRight: false } },
  compile(answer, scope) {
    const compiled = compileOptions(answer, scope)
    if (!compiled) return undefined
    const { fixed, partial } = scope.item.pills
    return {
      stem: { choices: compiled.choices, fixedOrder: fixed, html: compiled.html, type: 'multiple' },
      key: { choices: compiled.right, partial, type: 'multiple' },
    }
  },
  markedOptions: ({ choices }, key) => ({ options: choices, right: key.choices }),
  csv: {
    ...optionCells,
    names: ['multipleanswer', 'multipleresponse', 'checkbox', 'multiplechoicemultiple', 'multiselect'],
  },
  writeGift(item, { losses }) {
    const marks = marksOfMultiple(item.answer.options, item.pills.partial, losses)
    return wholeStem(item, listed(item.answer.options.map(({ text }, i) => `~%${marks[i]}%${escapeText(text)}`)))
  },
  writeMoodle: (item, context, losses) =>
    moodleOptions(item, context, {
      isSingle: false,
      marks: marksOfMultiple(item.answer.options, item.pills.partial, losses),
    }),
  writeQti: (item) => qtiOptions(item, item.pills.partial),
}
