import { definitionOf } from './definition-of.ts'
import type { ItemType, ShapesOf } from './item.ts'

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
