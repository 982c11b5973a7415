import { presentItem } from '../../../form/present-form.ts'
import { definitionOf } from '../../../item/definition-of.ts'
import { drawValues } from '../../../item/draw-values.ts'
import type { Locale, Stem, Variable } from '../../../item/item.ts'
import { randomFrom } from '../../../kernel/random.ts'
import { Question } from '../../candidate/runner/question.tsx'
import { textsOf } from '../../ui/message.ts'

/** The public part of an item: there is no key among it that could be shown. */
export interface ShownItem {
  readonly stem: Stem
  readonly variables: readonly Variable[]
  readonly points: number
  readonly locale: Locale
  readonly number: number
  readonly total: number
}

/** The same values each time, so that a page that is loaded again looks the same. */
const SEED = '0'.repeat(31).concat('1')

/** The question with the exam's own component, in the order in which it is written. */
export function CandidateView({ shown: { stem, variables, points, locale, number, total } }: { shown: ShownItem }) {
  const values = drawValues(variables, randomFrom(SEED))
  const placed = { ref: 'shown', itemId: '', itemHash: '', values, ...definitionOf(stem.type).layOutAsWritten(stem) }
  return Question({
    item: presentItem(placed, stem, points),
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
