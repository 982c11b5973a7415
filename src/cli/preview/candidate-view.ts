import type { PlacedItem } from '../../form/form.ts'
import { presentItem } from '../../form/present-form.ts'
import type { Locale, Stem } from '../../item/item.ts'
import { Question } from '../../web/candidate/runner/question.tsx'
import { textsOf } from '../../web/ui/message.ts'

const indices = (list: readonly unknown[]) => list.map((_, i) => i)

/** The item on a paper of its own, everything in the order of the bank. */
function placedAsWritten(ref: string, stem: Stem): PlacedItem {
  const placed = { ref, itemId: '', itemHash: '' }
  switch (stem.type) {
    case 'match':
      return { ...placed, left: indices(stem.left), choices: indices(stem.right) }
    case 'cloze':
      return { ...placed, blanks: Object.fromEntries(stem.blanks.flatMap((blank) => (blank.choices ? [[blank.ref, indices(blank.choices)]] : []))) }
    case 'numeric':
    case 'short':
    case 'essay':
      return placed
    default:
      return { ...placed, choices: indices(stem.choices) }
  }
}

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

/** The question as the exam shows it: the same component, so that the two cannot drift apart. */
export const candidateView = ({ ref, stem, points, locale, number, total }: CandidateSide) =>
  Question({ item: presentItem(placedAsWritten(ref, stem), stem, points), number, total, section: 1, response: undefined, revision: 0, flagged: false, locale, t: textsOf(locale) })
