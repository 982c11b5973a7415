import { canonicalJson } from './canonical-json.ts'
import type { Expression } from './expression.ts'
import type { ITEM_TYPES } from './item-types.ts'
import type { ItemTypeDefinition } from './types/item-type.ts'

/** A language of the candidate's pages. */
export type Locale = 'ja' | 'en'

export type LocaleText = Readonly<Partial<Record<Locale, string>>>

type Definitions = typeof ITEM_TYPES
export type ItemType = keyof Definitions
/** The shapes of the parts of an item of one type. */
export type ShapesOf<Type extends ItemType> = Definitions[Type] extends ItemTypeDefinition<infer Of> ? Of : never
type EachShapes = { readonly [Type in ItemType]: ShapesOf<Type> }[ItemType]

/**
 * Only `live` items are drawn for scoring; a `dormant` one is ready to take the place of one that leaked. A `honeypot` is
 * never drawn: whoever knows it had the bank itself, not a paper. A `practice` item is never drawn either, since anybody may
 * see it with its key.
 */
export type ItemStatus = 'live' | 'dormant' | 'draft' | 'pilot' | 'retired' | 'honeypot' | 'practice'

export type CognitiveLevel = 'knowledge' | 'application' | 'judgement'

/**
 * A number that every paper draws anew: one of a list, or one of `from`, `from + step` … `to`. Decimals with at most six
 * places.
 */
export type Variable =
  | { readonly name: string; readonly values: readonly number[] }
  | { readonly name: string; readonly from: number; readonly to: number; readonly step: number }

/** A place in the text of a parametric item where the value of an expression stands; thousands are grouped unless it is `plain`. */
export interface Slot {
  readonly expression: Expression
  readonly plain?: true
}

/**
 * Everything of an item that a candidate may see, and nothing else. It is independent of the key: `order` choices and the
 * `right` column of `match` stand in an order derived from their own text, not in the author's (which is the key).
 */
export type Stem = StemContent & {
  /** What stands at the marks in the texts of a parametric item, by number. */
  readonly slots?: readonly Slot[]
}

export type StemContent = EachShapes['stem']

/** What is right on one paper. Numbers are indices into the arrays of the stem of the same locale. Never leaves the server. */
export type SettledKey = EachShapes['settledKey']

/** What is right, in terms of the variables where the item is parametric. */
export type Key = EachShapes['key']

/** The secret half of an item in one locale. */
export interface Secret {
  readonly key: Key
  /** What stands at the marks in accepted answers. */
  readonly slots?: readonly Slot[]
  readonly rationale: string
  readonly references: readonly string[]
  readonly notes: string
}

/** One locale's wording of an item. */
export interface Wording {
  /** Of a parametric item; the same in every locale. */
  readonly variables?: readonly Variable[]
  readonly stem: Stem
  readonly secret: Secret
}

/** A question with its key. Ids, type, points and key are the same in every locale. */
export interface Item {
  /** The author's id, `office-001`; unique in its bank. */
  readonly id: string
  readonly topic: string
  readonly version: number
  readonly type: ItemType
  readonly status: ItemStatus
  readonly points: number
  /** 1 (easiest) to 5. */
  readonly difficulty: 1 | 2 | 3 | 4 | 5
  readonly seconds?: number
  readonly skill?: string
  readonly level?: CognitiveLevel
  /** `YYYY-MM-DD`: the item must be looked at again before this day. */
  readonly reviewBy?: string
  /** Ids of items that must not stand on one paper with this one. */
  readonly enemies: readonly string[]
  readonly wordings: Readonly<Partial<Record<Locale, Wording>>>
  /** SHA-256 (hex) of the scored content: type, points, stems and keys. */
  readonly hash: string
}

/** Line-break hints are no content: a better segmenter must not make every item look changed. */
const withoutHints = (json: string): string => json.replaceAll('<wbr>', '')

/** What is scored in one locale of an item, as the text whose SHA-256 is the wording's hash. */
export const scoredContent = (type: ItemType, points: number, { secret, stem, variables }: Wording): string =>
  withoutHints(
    canonicalJson({
      key: secret.key,
      points,
      ...(secret.slots ? { slots: secret.slots } : {}),
      stem,
      type,
      ...(variables ? { variables } : {}),
    }),
  )

/** The text whose SHA-256 is `Item.hash`, of the hashes of its wordings. */
export const itemContent = (hashes: Readonly<Partial<Record<Locale, string>>>): string =>
  (Object.keys(hashes) as Locale[])
    .sort()
    .map((locale) => `${locale}:${hashes[locale]}`)
    .join('\n')
