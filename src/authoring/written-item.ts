import type { CognitiveLevel, ItemStatus, ItemType, Variable } from '../item/item.ts'
import type { Place } from './diagnostic.ts'

/** An option as it is written: its Markdown, and whether it is marked as right. */
export interface OptionSource {
  readonly text: string
  readonly correct: boolean
}

/** What an item says of itself in inline code, each thing at most once. Absent ones come from the file's defaults. */
export interface Pills {
  readonly type: ItemType
  readonly points?: number
  readonly seconds?: number
  readonly difficulty?: 1 | 2 | 3 | 4 | 5
  readonly version?: number
  readonly status?: ItemStatus
  readonly skill?: string
  readonly level?: CognitiveLevel
  readonly reviewBy?: string
  readonly enemies: readonly string[]
  /** How the sibling locale treats the wording: `translate`, `ja-stimulus`, `ja-law-en`. */
  readonly lang?: string
  readonly partial: boolean
  readonly fixed: boolean
}

/** A well-formed item of one file, as the author wrote it: texts are Markdown, the key has the form that its type asks for. */
export interface WrittenItem<Answer = unknown> {
  readonly kind: 'item'
  readonly id: string
  readonly title: string
  readonly pills: Pills
  readonly stem: string
  readonly answer: Answer
  /** Of a parametric item; empty for all others. */
  readonly variables: readonly Variable[]
  readonly rationale: string
  readonly references: readonly string[]
  readonly notes: string
}

/** Where the parts of an item stand in its file. */
export interface ItemPlaces {
  readonly heading: Place
  readonly lastPill: Place & { readonly written: string }
  readonly stem: Place
  /** Of each option, row or accepted answer, in written order. */
  readonly answers: readonly Place[]
  readonly variables: Place
  readonly rationale: Place
  readonly references: Place
  readonly notes: Place
}
