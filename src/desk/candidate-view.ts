import type { PlacedItem } from '../form/form.ts'
import { presentItem } from '../form/present-form.ts'
import { definitionOf } from '../item/definition-of.ts'
import type { Locale, Stem } from '../item/item.ts'
import { Question } from '../web/candidate/runner/question.tsx'
import type { Translate } from '../web/ui/message.ts'

/** What to show, all of it public: there is no key among it that could be shown. */
export interface CandidateSide {
  /** Of the item on this page; its own per item and locale. */
  readonly ref: string
  readonly stem: Stem
  readonly points: number
  readonly locale: Locale
  readonly number: number
  readonly total: number
  /** What is drawn of order and numbers; everything stands as it is written without it. */
  readonly placed?: PlacedItem
  /** The sentences of the exam, in the item's language. */
  readonly t: Translate
}

/** The question as the exam shows it: the same component, so that the two cannot drift apart. */
export function candidateView({ ref, stem, points, locale, number, total, placed, t }: CandidateSide) {
  const asWritten = () => ({ ref, itemId: '', itemHash: '', ...definitionOf(stem.type).layOutAsWritten(stem) })
  const item = presentItem(placed ?? asWritten(), stem, points)
  return Question({ item, number, total, section: 1, response: undefined, revision: 0, flagged: false, locale, t })
}
