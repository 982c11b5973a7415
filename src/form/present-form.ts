import type { Bank } from '../item/bank.ts'
import { definitionOf } from '../item/definition-of.ts'
import { settleStem } from '../item/draw-values.ts'
import type { Stem } from '../item/item.ts'
import type { Form, PlacedItem, PresentedItem, PresentedSection } from './form.ts'

/** The candidate's view of one placed item, from the stem alone. */
export function presentItem(placed: PlacedItem, written: Stem, points: number): PresentedItem {
  const stem = settleStem(written, placed.values ?? {})
  return {
    ref: placed.ref,
    type: stem.type,
    points,
    stemHtml: stem.html,
    ...definitionOf(stem.type).present(stem, placed),
  } as PresentedItem
}

/** The whole paper as the candidate sees it. @throws when the bank is not the one the form was drawn from. */
export function presentForm(form: Form, bank: Bank): PresentedSection[] {
  if (bank.hash !== form.bankHash) throw new Error('this form was drawn from another bank')
  const items = new Map(bank.items.map((item) => [item.id, item]))
  return form.sections.map((section) => ({
    id: section.topic,
    title: bank.exam.sections.find((s) => s.topic === section.topic)?.title[form.locale] ?? section.topic,
    items: section.items.map((placed) => {
      const item = items.get(placed.itemId)
      const wording = item?.wordings[form.locale]
      if (!item || !wording) throw new Error(`item ${placed.itemId} is not in the bank`)
      return presentItem(placed, wording.stem, item.points)
    }),
  }))
}
