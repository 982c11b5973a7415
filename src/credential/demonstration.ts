import type { ExamDefinition } from '../item/bank.ts'
import type { LocaleText } from '../item/item.ts'

const MARK = { ja: '【デモ】', en: 'Demonstration: ' } as const

/** In both languages: whoever verifies need not know the one of the certificate. */
const SAYS = 'デモです。問題と正答は公開されており、合格は能力を示しません。 A demonstration: its questions and answers are public, and passing it shows no ability.'

const inFront = (mark: LocaleText, text: LocaleText): LocaleText => ({
  ...(text.ja === undefined ? {} : { ja: `${mark.ja}${text.ja}` }),
  ...(text.en === undefined ? {} : { en: `${mark.en}${text.en}` }),
})

/**
 * An exam that says in its own title that it is for show, so that everything named after it says so too: certificates and
 * the pictures of them, pages, events and what other programs verify.
 */
export function asDemonstration(exam: ExamDefinition): ExamDefinition {
  const claim = exam.claim ?? {}
  const says = { ja: `${SAYS}${claim.ja ?? ''}`, en: `${SAYS}${claim.en ? ` ${claim.en}` : ''}` }
  return { ...exam, title: inFront(MARK, exam.title), claim: says }
}
