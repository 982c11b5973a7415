import type { Values } from '../item/expression.ts'
import type { ItemType, Locale, ShapesOf } from '../item/item.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import type { Layout, PresentedChoice } from '../item/types/item-type.ts'
import type { Seed } from '../kernel/random.ts'

// pages know the form, not the item
export type { PresentedChoice } from '../item/types/item-type.ts'

/** An item's place on a paper and how it was laid out there: enough, with the bank, to rebuild what the candidate saw. */
export interface PlacedItem extends Layout {
  /** The candidate's name of the item on this paper, `q1`…; follows the drawn order and tells nothing about the bank. */
  readonly ref: string
  readonly itemId: string
  readonly itemHash: string
  /** What was drawn for the variables of a parametric item. */
  readonly values?: Values
}

export interface FormSection {
  readonly topic: string
  readonly items: readonly PlacedItem[]
}

/** A paper: what was drawn for one attempt. It holds no text and no key. */
export interface Form {
  readonly bankHash: string
  readonly locale: Locale
  readonly seed: Seed
  readonly sections: readonly FormSection[]
}

/** An item as a candidate sees it. The type has no key to leak. */
export interface PresentedItem {
  readonly ref: string
  readonly type: ItemType
  readonly points: number
  readonly stemHtml: CompiledHtml
  readonly options?: readonly PresentedChoice[]
  readonly blanks?: readonly { readonly ref: string; readonly options?: readonly PresentedChoice[] }[]
  readonly left?: readonly PresentedChoice[]
  readonly right?: readonly PresentedChoice[]
  /** Length of an essay, in characters. */
  readonly minChars?: number
  readonly maxChars?: number
}

export interface PresentedSection {
  readonly id: string
  readonly title: string
  readonly items: readonly PresentedItem[]
}

/** A response as it travels: refs of the paper, never indices of the bank. `null` clears. */
export type PresentedResponse = { readonly [Type in ItemType]: { readonly [Field in ShapesOf<Type>['field']]: ShapesOf<Type>['answer'] } }[ItemType] | null
