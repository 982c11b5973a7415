import type { ItemType, Locale } from '../item/item.ts'
import { foldWord } from './keywords.ts'
import { WRITTEN_TYPES } from './written-types.ts'

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
