import type { Values } from '../item/expression.ts'
import type { ItemType, Locale, ShapesOf } from '../item/item.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import type { Layout } from '../item/types/item-type.ts'
import type { Seed } from '../kernel/random.ts'
import type { PresentedTask, TaskResponse } from '../task/present.ts'

// pages know the form, not the item
export type { ItemType } from '../item/item.ts'
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

/** A practical task's place on a paper; what was drawn for it is stored beside the attempt. */
export interface PlacedTask {
  /** `t1`… in the order of the paper. */
  readonly ref: string
  readonly family: string
  readonly familyHash: string
  readonly points: number
  readonly seed: Seed
}

/** By what papers, exposures and leaks know a family among the items of its exam. */
export const taskItemId = (family: string): string => `task:${family}`

/** A paper: what was drawn for one attempt. It holds no text and no key. */
export interface Form {
  readonly bankHash: string
  readonly locale: Locale
  readonly seed: Seed
  /** None on the paper of a practical part. */
  readonly sections: readonly FormSection[]
  /** Of a practical part alone. */
  readonly tasks?: readonly PlacedTask[]
}

/** Everything that a paper shows, by what exposures know it. */
export const shownOn = ({ sections, tasks }: Form): string[] => [
  ...sections.flatMap((section) => section.items.map(({ itemId }) => itemId)),
  ...(tasks ?? []).map(({ family }) => taskItemId(family)),
]

type AllOf<Union> = (Union extends unknown ? (one: Union) => void : never) extends (one: infer All) => void
  ? All
  : never

/** An item as a candidate sees it; what only others have may be asked for, and is not there. The type has no key to leak. */
export type PresentedItem<Type extends ItemType = ItemType> = {
  readonly [Of in Type]: {
    readonly ref: string
    readonly type: Of
    readonly points: number
    readonly stemHtml: CompiledHtml
  } & ShapesOf<Of>['presented'] &
    Partial<AllOf<ShapesOf<ItemType>['presented']>>
}[Type]

/** A practical task as a candidate sees it. */
export interface PresentedTaskItem {
  readonly ref: string
  readonly points: number
  readonly task: PresentedTask
}

export interface PresentedSection {
  readonly id: string
  readonly title: string
  readonly items: readonly PresentedItem[]
}

/** What a response to an item of this type holds: refs of the paper, never indices of the bank. */
export type AnswerOf<Type extends ItemType> = ShapesOf<Type>['answer']

/** A response as it travels. `null` clears. */
export type PresentedResponse =
  | TaskResponse
  | { readonly [Type in ItemType]: { readonly [Field in ShapesOf<Type>['field']]: AnswerOf<Type> } }[ItemType]
  | null
