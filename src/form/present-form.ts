import type { Bank } from '../item/bank.ts'
import { settleStem } from '../item/draw-values.ts'
import type { Choice, Stem } from '../item/item.ts'
import type { Form, PlacedItem, PresentedChoice, PresentedItem, PresentedSection } from './form.ts'

/** Refs of choices in drawn order: a, b, c … */
export const choiceRef = (position: number): string => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  return position < 26 ? (letters[position] as string) : `${choiceRef(Math.floor(position / 26) - 1)}${letters[position % 26]}`
}

const presentChoices = (choices: readonly Choice[], order: readonly number[] | undefined): PresentedChoice[] =>
  (order ?? choices.map((_, i) => i)).map((index, position) => ({ ref: choiceRef(position), html: (choices[index] as Choice).html }))

/** The candidate's view of one placed item, from the stem alone. */
export function presentItem(placed: PlacedItem, written: Stem, points: number): PresentedItem {
  const stem = settleStem(written, placed.values ?? {})
  const base = { ref: placed.ref, type: stem.type, points, stemHtml: stem.html }
  switch (stem.type) {
    case 'single':
    case 'multiple':
    case 'true-false':
    case 'order':
      return { ...base, options: presentChoices(stem.choices, placed.choices) }
    case 'match':
      return { ...base, left: presentChoices(stem.left, placed.left).map(({ html }, i) => ({ ref: String(i + 1), html })), right: presentChoices(stem.right, placed.choices) }
    case 'cloze':
      return {
        ...base,
        blanks: stem.blanks.map((blank) => (blank.choices ? { ref: blank.ref, options: presentChoices(blank.choices, placed.blanks?.[blank.ref]) } : { ref: blank.ref })),
      }
    case 'numeric':
    case 'short':
      return base
    case 'essay':
      return { ...base, minChars: stem.minChars, maxChars: stem.maxChars }
    default:
      return stem satisfies never
  }
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
