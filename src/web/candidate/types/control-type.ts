import type { Child } from 'hono/jsx'
import type { AnswerOf, ItemType, PresentedItem } from '../../../form/form.ts'
import type { PageLocale, Translate } from '../../ui/message.ts'

/** A form as it was posted: every value of each field. */
export type FormFields = Readonly<Record<string, readonly string[]>>

/** Why an entry could not be kept as it stands; the sentence is the page's. */
export type EntryProblem = 'order-incomplete' | 'too-long' | 'unreadable'

export interface ControlProps<Type extends ItemType = ItemType> {
  readonly item: PresentedItem<Type>
  /** The answer so far. */
  readonly given: AnswerOf<Type> | undefined
  /** The raw fields of a refused form, where they are not a response yet. */
  readonly places?: FormFields
  readonly locale: PageLocale
  readonly t: Translate
}

/**
 * How one type of item is answered on a page. Field names are the item's ref (`q3`), or that with a part behind it
 * (`q3.1`: a blank, a pair or a place). Everything works as a plain form; the type's island only saves it.
 */
export interface ControlType<Type extends ItemType = ItemType> {
  /** What stands below the stem. */
  Control?(props: ControlProps<Type>): Child
  /** The stem, for types whose controls stand in it. */
  Stem?(props: ControlProps<Type>): Child
  /** What the controls say, before it is checked; null for nothing, undefined for an entry that is only half given. */
  readForm(item: PresentedItem<Type>, fields: FormFields): AnswerOf<Type> | null | undefined
  /** Refs that this paper does not have, or text beyond the limit: one bad entry must not cost the others. */
  problemOf(item: PresentedItem<Type>, answer: AnswerOf<Type>): EntryProblem | undefined
}

export const firstOf = (fields: FormFields, name: string): string => fields[name]?.[0] ?? ''

/** The value of every numbered control of an item (`q3.a`, `q3.b` …) that is not empty. */
export const partsOf = (
  fields: FormFields,
  ref: string,
  parts: readonly { readonly ref: string }[],
): Record<string, string> =>
  Object.fromEntries(
    parts.map((part) => [part.ref, firstOf(fields, `${ref}.${part.ref}`)] as const).filter(([, value]) => value !== ''),
  )

/** Whether one of the refs is none of these. */
export const holdsUnknown = (list: readonly { readonly ref: string }[], refs: readonly string[]): boolean =>
  refs.some((ref) => !list.some((one) => one.ref === ref))
