import type { Locale } from '../../item/item.ts'
import { TRUTH_WORDS } from '../types/words.data.ts'
import type { OptionSource } from '../written-item.ts'

/** The two options of a question that elsewhere only says whether its sentence is true. */
export const trueFalseOptions = (isTrue: boolean, locale: Locale): OptionSource[] =>
  TRUTH_WORDS[locale].map((text, i) => ({ text, correct: (i === 0) === isTrue }))

/** Whether options say no more than that, in this order; then what is right. */
export function readTrueFalse(options: readonly OptionSource[], locale: Locale): boolean | undefined {
  const [first, second, third] = options
  if (!first || !second || third || first.correct === second.correct) return undefined
  return TRUTH_WORDS[locale][0] === first.text && TRUTH_WORDS[locale][1] === second.text ? first.correct : undefined
}
