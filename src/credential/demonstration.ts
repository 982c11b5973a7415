import type { ExamDefinition } from '../item/bank.ts'
import type { LocaleText } from '../item/item.ts'
import { MARK, SAYS } from './demonstration.data.ts'

const inFront = (text: LocaleText): LocaleText => ({
  ...(text.ja === undefined ? {} : { ja: `${MARK.ja}${text.ja}` }),
  ...(text.en === undefined ? {} : { en: `${MARK.en}${text.en}` }),
})

/**
 * An exam that says in its own title that it is for show, so that everything named after it says so too: certificates and
 * the pictures of them, pages, events and what other programs verify. It claims nothing of whoever passed.
 */
export const asDemonstration = (exam: ExamDefinition): ExamDefinition => ({
  ...exam,
  title: inFront(exam.title),
  claim: { ja: SAYS, en: SAYS },
})

/** Whether a recorded title is that of a demonstration: what was issued stays one, whatever is set since. */
export const isDemonstration = ({ ja, en }: LocaleText): boolean =>
  ja?.startsWith(MARK.ja) === true || en?.startsWith(MARK.en) === true
