import type { ItemType } from '../item/item.ts'
import type { AnswerSource } from './bank-source.ts'
import { cloze } from './types/cloze.ts'
import { essay } from './types/essay.ts'
import { match } from './types/match.ts'
import { multiple } from './types/multiple.ts'
import { numeric } from './types/numeric.ts'
import { order } from './types/order.ts'
import { short } from './types/short.ts'
import { single } from './types/single.ts'
import { trueFalse } from './types/true-false.ts'
import type { WrittenType } from './types/written-type.ts'

/** How each type of item is written. Its order is that of `ITEM_TYPES`. */
export const WRITTEN_TYPES = {
  single,
  multiple,
  'true-false': trueFalse,
  numeric,
  short,
  cloze,
  order,
  match,
  essay,
} satisfies Record<ItemType, unknown>

/** How a type is written, for whoever holds a key of any form; it must be of this type's form. */
export const writtenTypeOf = (type: ItemType): WrittenType<AnswerSource> => WRITTEN_TYPES[type]

/** The type that a key of elsewhere makes, by the form it was read in. */
export const typeOfForm = (form: AnswerSource['form']): ItemType =>
  (Object.keys(WRITTEN_TYPES) as ItemType[]).find((type) => WRITTEN_TYPES[type].form === form) as ItemType
