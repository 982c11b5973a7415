import { compileOptions, giftOptions, marksOfOne, moodleOptions, type OptionsAnswer, oneRight, optionCells, optionList, qtiOptions } from './option-list.ts'
import type { WrittenType } from './written-type.ts'

export const single: WrittenType<OptionsAnswer, 'single'> = {
  ...optionList,
  word: { ja: '単一', en: 'single' },
  takesPartial: false,
  draft: {
    ja: { shown: '問いの文をここに書き、正しいものを1つ選びなさい。\n\n- [x] 正しい選択肢\n- [ ] よくある失敗の一つ目\n- [ ] よくある失敗の二つ目\n- [ ] よくある失敗の三つ目' },
    en: { shown: 'Write the question here and say: choose one.\n\n- [x] The right option\n- [ ] A first common mistake\n- [ ] A second common mistake\n- [ ] A third common mistake' },
  },
  lint: { asks: true, options: { usual: [3, 5], isOneRight: true } },
  compile(answer, scope) {
    const compiled = compileOptions(answer, scope)
    const choice = compiled && oneRight(compiled)
    if (!compiled || choice === undefined) return undefined
    return { stem: { choices: compiled.choices, fixedOrder: scope.item.pills.fixed, html: compiled.html, type: 'single' }, key: { choice, type: 'single' } }
  },
  markedOptions: ({ choices }, { choice }) => ({ options: choices, right: [choice] }),
  csv: { ...optionCells, names: ['multiplechoice', 'mc', 'singlechoice', 'multiplechoicesingle', 'radio'] },
  writeGift: giftOptions,
  writeMoodle: (item, context) => moodleOptions(item, context, { isSingle: true, marks: marksOfOne(item.answer.options) }),
  writeQti: (item) => qtiOptions(item, undefined),
}
