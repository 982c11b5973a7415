import type { ItemType, Key, SettledKey, StemContent } from './item.ts'
import { ITEM_TYPES } from './item-types.ts'
import type { ItemTypeDefinition } from './types/item-type.ts'

/** What is particular to a type, for whoever holds an item of any type. Stem, key and response must be of that type. */
interface AnyShapes {
  readonly stem: StemContent
  readonly key: Key
  readonly settledKey: SettledKey
  readonly presented: object
  readonly field: string
  readonly answer: unknown
  readonly response: unknown
}

export const itemTypes = Object.keys(ITEM_TYPES) as [ItemType, ...ItemType[]]

export const definitionOf = (type: ItemType): ItemTypeDefinition<AnyShapes> => ITEM_TYPES[type]
