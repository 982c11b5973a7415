import type { CognitiveLevel, ItemStatus, ItemType, Locale, Variable } from '../item/item.ts'
import type { Place } from './diagnostic.ts'
import type { WRITTEN_TYPES } from './written-types.ts'

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
  /** Absent where the version is that of the file. */
  readonly versionPill?: Place & { readonly written: string }
  readonly stem: Place
  /** Of each option, row or accepted answer, in written order. */
  readonly answers: readonly Place[]
  readonly variables: Place
  readonly rationale: Place
  readonly references: Place
  readonly notes: Place
}

export type ItemDefaults = Partial<Omit<Pills, 'type' | 'enemies'>>

/** The key as it is written, in the form its item type asks for. */
export type AnswerSource = ReturnType<(typeof WRITTEN_TYPES)[ItemType]['fill']>

/** A well-formed item of one file, as the author wrote it: texts are Markdown. */
export type ItemSource = WrittenItem<AnswerSource>

/** An item that could not be read (or is of a type that comes later), kept as it stands so that printing loses nothing. */
export interface RawItem {
  readonly kind: 'raw'
  readonly text: string
}

/** One file of a bank: a topic in a locale. It holds no positions, so equal files give equal trees. */
export interface BankSource {
  readonly frontmatter: string
  readonly exam: string
  readonly topic: string
  readonly locale: Locale
  readonly defaults: ItemDefaults
  /** What stands before the first item; authors' own. */
  readonly preamble: string
  readonly items: readonly (ItemSource | RawItem)[]
}

export type PlaceIndex = ReadonlyMap<ItemSource, ItemPlaces>
