import type { Locale } from '../../item/item.ts'
import type { OptionSource } from '../bank-source.ts'
import { error } from '../diagnostic.ts'
import { readTruth } from '../formats/csv/row.ts'
import { wholeStem } from '../formats/gift/gift-text.ts'
import { answer as moodleAnswer } from '../formats/moodle/question.ts'
import { say } from '../said.ts'
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
import { TRUTH_WORDS, TYPE_DATA } from './words.data.ts'
import type { WrittenType } from './written-type.ts'

const TWO = { count: 2, finding: error('option/count', say('finding.trueFalseCount'), say('advice.trueAndFalse')) }

export const trueFalse: WrittenType<OptionsAnswer, 'true-false'> = {
  ...optionList,
  ...TYPE_DATA['true-false'],
  takesPartial: false,
  lint: { asks: false },
  compile(answer, scope) {
    const compiled = compileOptions(answer, scope, TWO)
    const choice = compiled && oneRight(compiled)
    if (!compiled || choice === undefined) return undefined
    return {
      stem: { choices: compiled.choices, fixedOrder: scope.item.pills.fixed, html: compiled.html, type: 'true-false' },
      key: { choice, type: 'true-false' },
    }
  },
  markedOptions: ({ choices }, { choice }) => ({ options: choices, right: [choice] }),
  csv: {
    ...optionCells,
    names: ['truefalse', 'tf'],
    read(row) {
      const truth = readTruth(row.field('correct') || row.field('answer'))
      return row.options.length === 0 && truth !== undefined
        ? { form: 'options', options: trueFalseOptions(truth, row.locale) }
        : optionCells.read(row)
    },
  },
  writeGift(item, { locale }) {
    const truth = readTrueFalse(item.answer.options, locale)
    return truth === undefined ? giftOptions(item) : wholeStem(item, truth ? 'T' : 'F')
  },
  writeMoodle(item, context) {
    const truth = readTrueFalse(item.answer.options, context.locale)
    if (truth !== undefined)
      return {
        type: 'truefalse',
        parts: [moodleAnswer(truth ? '100' : '0', 'true'), moodleAnswer(truth ? '0' : '100', 'false')],
      }
    return moodleOptions(item, context, { isSingle: true, marks: marksOfOne(item.answer.options) })
  },
  writeQti: (item) => qtiOptions(item, undefined),
}

/** The two options of a question that elsewhere only says whether its sentence is true. */
export const trueFalseOptions = (isTrue: boolean, locale: Locale): OptionSource[] =>
  TRUTH_WORDS[locale].map((text, i) => ({ text, correct: (i === 0) === isTrue }))

/** Whether options say no more than that, in this order; then what is right. */
export function readTrueFalse(options: readonly OptionSource[], locale: Locale): boolean | undefined {
  const [first, second, third] = options
  if (!first || !second || third || first.correct === second.correct) return undefined
  return TRUTH_WORDS[locale][0] === first.text && TRUTH_WORDS[locale][1] === second.text ? first.correct : undefined
}
