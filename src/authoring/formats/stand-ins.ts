import type { Locale } from '../../item/item.ts'
import type { OptionSource } from '../read-options.ts'

const WORDS = { ja: ['正しい', '誤り'], en: ['True', 'False'] } as const

/** The two options of a question that elsewhere only says whether its sentence is true. */
export const trueFalseOptions = (isTrue: boolean, locale: Locale): OptionSource[] => WORDS[locale].map((text, i) => ({ text, correct: (i === 0) === isTrue }))

/** Whether options say no more than that, in this order; then what is right. */
export function readTrueFalse(options: readonly OptionSource[], locale: Locale): boolean | undefined {
  const [first, second, third] = options
  if (!first || !second || third || first.correct === second.correct) return undefined
  return WORDS[locale][0] === first.text && WORDS[locale][1] === second.text ? first.correct : undefined
}
