import {
  compileOptions,
  giftOptions,
  marksOfOne,
  moodleOptions,
  type OptionsAnswer,
  oneRight,
  optionCells,
  optionList,
  qtiOptions,
} from './option-list.ts'
import { TYPE_DATA } from './words.data.ts'
import type { WrittenType } from './written-type.ts'

export const single: WrittenType<OptionsAnswer, 'single'> = {
  ...optionList,
  ...TYPE_DATA.single,
  takesPartial: false,
  lint: { asks: true, options: { usual: [3, 5], isOneRight: true } },
  compile(answer, scope) {
    const compiled = compileOptions(answer, scope)
    const choice = compiled && oneRight(compiled)
    if (!compiled || choice === undefined) return undefined
    return {
      stem: { choices: compiled.choices, fixedOrder: scope.item.pills.fixed, html: compiled.html, type: 'single' },
      key: { choice, type: 'single' },
    }
  },
  markedOptions: ({ choices }, { choice }) => ({ options: choices, right: [choice] }),
  csv: { ...optionCells, names: ['multiplechoice', 'mc', 'singlechoice', 'multiplechoicesingle', 'radio'] },
  writeGift: giftOptions,
  writeMoodle: (item, context) =>
    moodleOptions(item, context, { isSingle: true, marks: marksOfOne(item.answer.options) }),
  writeQti: (item) => qtiOptions(item, undefined),
}
