import type { Locale } from '../../item/item.ts'
import type { AnswerSource, OptionSource } from '../bank-source.ts'

const WORDS = { ja: ['正しい', '誤り'], en: ['True', 'False'] } as const

/** The two options of a question that elsewhere only says whether its sentence is true. */
export const trueFalseOptions = (isTrue: boolean, locale: Locale): OptionSource[] => WORDS[locale].map((text, i) => ({ text, correct: (i === 0) === isTrue }))

/** Whether options say no more than that, in this order; then what is right. */
export function readTrueFalse(options: readonly OptionSource[], locale: Locale): boolean | undefined {
  const [first, second, third] = options
  if (!first || !second || third || first.correct === second.correct) return undefined
  return WORDS[locale][0] === first.text && WORDS[locale][1] === second.text ? first.correct : undefined
}

/** A rubric for an essay that came without one; somebody has to write a real one before the item can be used. */
export const placeholderEssay = (locale: Locale, length = { min: 1, max: 2_000 }): Extract<AnswerSource, { readonly form: 'essay' }> => ({
  form: 'essay',
  ...length,
  criteria: [
    {
      name: locale === 'ja' ? '仮の観点（書き換えてください）' : 'Stand-in criterion (replace it)',
      points: 1,
      levels: [
        { level: 1, descriptor: locale === 'ja' ? '求めに応えている' : 'answers the task' },
        { level: 0, descriptor: locale === 'ja' ? '応えていない' : 'does not' },
      ],
    },
  ],
  model: '',
})
