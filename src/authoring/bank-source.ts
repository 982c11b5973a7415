import type { ItemType, Locale } from '../item/item.ts'
import type { ItemPlaces, Pills, WrittenItem } from './written-item.ts'
import type { WRITTEN_TYPES } from './written-types.ts'

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
