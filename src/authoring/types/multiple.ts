import { escapeText, listed, wholeStem } from '../formats/gift/braces.ts'
import { marksOfMultiple } from '../formats/moodle/answer-marks.ts'
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
