import { SLOT_MARKS } from '../item/draw-values.ts'
import type { Choice, Key, Stem } from '../item/item.ts'
import type { Response } from '../item/response.ts'

/**
 * One thing that a candidate can pick, by what it is and not by where a paper showed it. Its id counts from 1 in the
 * order of the stem: `3` is the third option, `2.1` the first one for blank 2, for place 2 of an ordering, or for the
 * second row of a matching.
 */
export interface ItemOption {
  readonly id: string
  /** What it was picked for, where an item asks for several picks: the blank, the place, the left-hand text. */
  readonly group?: string
  readonly text: string
  readonly isKey: boolean
}

/** Numbers that every paper draws anew are no part of what an option is. */
const wordsOf = ({ text }: Choice): string => text.replace(SLOT_MARKS, '…')

const within = (group: string | number, index: number): string => `${group}.${index + 1}`

const grouped = (group: string | number, name: string, choices: readonly Choice[], key: number | undefined): ItemOption[] =>
  choices.map((choice, i) => ({ id: within(group, i), group: name, text: wordsOf(choice), isKey: i === key }))

const plain = (choices: readonly Choice[], isKey: (index: number) => boolean): ItemOption[] => choices.map((choice, i) => ({ id: String(i + 1), text: wordsOf(choice), isKey: isKey(i) }))

/** Everything that can be picked in an item; nothing where the answer is written. Stem and key are of one wording. */
export function optionsOf(stem: Stem, key: Key): ItemOption[] {
  if ((stem.type === 'single' || stem.type === 'true-false') && (key.type === 'single' || key.type === 'true-false')) return plain(stem.choices, (i) => i === key.choice)
  if (stem.type === 'multiple' && key.type === 'multiple') return plain(stem.choices, (i) => key.choices.includes(i))
  if (stem.type === 'order' && key.type === 'order') return stem.choices.flatMap((_, place) => grouped(place + 1, String(place + 1), stem.choices, key.order[place]))
  if (stem.type === 'match' && key.type === 'match') return stem.left.flatMap((left, row) => grouped(row + 1, wordsOf(left), stem.right, key.pairs[row]))
  if (stem.type === 'cloze' && key.type === 'cloze') {
    return stem.blanks.flatMap(({ ref, choices = [] }) => {
      const blank = key.blanks[ref]
      return grouped(ref, ref, choices, blank && 'choice' in blank ? blank.choice : undefined)
    })
  }
  return []
}

/** Ids of the options that a response picked. What was written in words is no pick. */
export function picksOf(response: Response): string[] {
  if (response === null || 'text' in response) return []
  if ('choice' in response) return [String(response.choice + 1)]
  if ('choices' in response) return response.choices.map((choice) => String(choice + 1))
  if ('order' in response) return response.order.map((choice, place) => within(place + 1, choice))
  if ('pairs' in response) return Object.entries(response.pairs).map(([row, choice]) => within(Number(row) + 1, choice))
  return Object.entries(response.blanks).flatMap(([ref, given]) => (typeof given === 'number' ? [within(ref, given)] : []))
}

/** Whether anything was answered: a page without scripts also saves what was left empty. */
export function isAnswered(response: Response): boolean {
  if (response === null) return false
  if ('text' in response) return response.text.trim() !== ''
  if ('choices' in response) return response.choices.length > 0
  if ('pairs' in response) return Object.keys(response.pairs).length > 0
  return 'blanks' in response ? Object.values(response.blanks).some((given) => String(given).trim() !== '') : true
}
