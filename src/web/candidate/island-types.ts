import { oneChoice, severalChoices } from './types/choice-island.ts'
import type { Answer, IslandType } from './types/island-type.ts'
import { order } from './types/order-island.ts'
import { cloze, match } from './types/parts-island.ts'
import { text } from './types/text-island.ts'

/** How the page's script deals with each type of item. */
export const ISLAND_TYPES = {
  single: oneChoice,
  multiple: severalChoices,
  'true-false': oneChoice,
  numeric: text,
  short: text,
  cloze,
  order,
  match,
  essay: text,
}

/** The island of a question. */
export const islandOf = (q: HTMLElement): IslandType => ISLAND_TYPES[q.dataset.type as keyof typeof ISLAND_TYPES]

/** What the controls of a question say now, and whether nothing is left open. */
export const readAnswer = (q: HTMLElement): readonly [Answer, boolean] => islandOf(q).read(q)
export const writeAnswer = (q: HTMLElement, answer: Answer): void => islandOf(q).write(q, answer)
