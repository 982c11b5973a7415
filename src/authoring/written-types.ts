import type { ItemType, Locale } from '../item/item.ts'
import type { AnswerSource } from './bank-source.ts'
import { foldWord } from './keywords.ts'
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

const types = Object.keys(WRITTEN_TYPES) as ItemType[]

/** What each type is called in a pill. */
export const TYPE_WORDS = Object.fromEntries(types.map((type) => [type, WRITTEN_TYPES[type].word])) as Readonly<
  Record<ItemType, Readonly<Record<Locale, string>>>
>

const byWord: ReadonlyMap<string, ItemType> = new Map(
  types.flatMap((type) => [
    [foldWord(TYPE_WORDS[type].ja), type] as const,
    [foldWord(TYPE_WORDS[type].en), type] as const,
  ]),
)

export const readType = (word: string): ItemType | undefined => byWord.get(foldWord(word))
