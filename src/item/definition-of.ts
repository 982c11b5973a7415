import type { ItemType, Key, SettledKey, ShapesOf, Stem, StemContent } from './item.ts'
import { ITEM_TYPES } from './item-types.ts'
import type { Choice, ItemTypeDefinition } from './types/item-type.ts'

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

/**
 * An answer in the item's own terms: numbers are indices into the stem's arrays, whatever order the candidate saw.
 * `null` is no answer.
 */
export type Response =
  | {
      readonly [Type in ItemType]: { readonly [Field in ShapesOf<Type>['field']]: ShapesOf<Type>['response'] }
    }[ItemType]
  | null

/** What a response to an item of a type holds; undefined where it is none, or has another shape. */
export function answerIn(type: ItemType, response: object | null | undefined): unknown {
  const { field } = definitionOf(type)
  return response && Object.hasOwn(response, field) ? (response as Readonly<Record<string, unknown>>)[field] : undefined
}

/** The share of an item's points that a response earns, 0..1; 0 for no answer, or an answer of another shape. */
export function scoreResponse(key: SettledKey, response: Response): number {
  const given = answerIn(key.type, response)
  return given === undefined ? 0 : definitionOf(key.type).score(key, given)
}

/** The lists of a stem from which something is picked, placed or paired: options, rows, left and right, choices of each blank. */
export const listsOf = (stem: Stem): readonly (readonly Choice[])[] => definitionOf(stem.type).listsOf(stem)

/** Everything in these lists. */
export const choicesOf = (stem: Stem): readonly Choice[] => listsOf(stem).flat()
