import { presentItem } from '../../form/present-form.ts'
import { definitionOf } from '../../item/definition-of.ts'
import type { Locale, Stem } from '../../item/item.ts'
import { Question } from '../../web/candidate/runner/question.tsx'
import { textsOf } from '../../web/ui/message.ts'

/** What to show, all of it public: there is no key among it that could be shown. */
export interface CandidateSide {
  /** Of the item on this page; its own per item and locale. */
  readonly ref: string
  readonly stem: Stem
  readonly points: number
  readonly locale: Locale
  readonly number: number
  readonly total: number
}

/** The question as the exam shows it, everything in the order of the bank: the same component, so that the two cannot drift apart. */
export function candidateView({ ref, stem, points, locale, number, total }: CandidateSide) {
  const item = presentItem(
    { ref, itemId: '', itemHash: '', ...definitionOf(stem.type).layOutAsWritten(stem) },
    stem,
    points,
  )
  return Question({
    item,
    number,
    total,
    section: 1,
    response: undefined,
    revision: 0,
    flagged: false,
    locale,
    t: textsOf(locale),
  })
}
