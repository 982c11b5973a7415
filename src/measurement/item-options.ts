import { definitionOf } from '../item/definition-of.ts'
import type { ItemType, Key, Stem } from '../item/item.ts'
import { answerIn, type Response } from '../item/response.ts'
import type { ItemOption } from '../item/types/item-type.ts'

/** Everything that can be picked in an item; nothing where the answer is written. Stem and key are of one wording. */
export const optionsOf = (stem: Stem, key: Key): readonly ItemOption[] => definitionOf(stem.type).optionsOf(stem, key)

/** Ids of the options that a response picked. What was written in words is no pick. */
export function picksOf(type: ItemType, response: Response): readonly string[] {
  const given = answerIn(type, response)
  return given === undefined ? [] : definitionOf(type).picksOf(given)
}

/** Whether anything was answered: a page without scripts also saves what was left empty. */
export function isAnswered(type: ItemType, response: Response): boolean {
  const given = answerIn(type, response)
  return given !== undefined && definitionOf(type).isAnswered(given)
}
