import type { Expression } from './expression.ts'
import type { CompiledHtml } from './markup/compiled-html.ts'

/** A language of the candidate's pages. */
export type Locale = 'ja' | 'en'

export type LocaleText = Readonly<Partial<Record<Locale, string>>>

export type ItemType = 'single' | 'multiple' | 'true-false' | 'numeric' | 'short' | 'cloze' | 'order' | 'match' | 'essay'

/**
 * Only `live` items are drawn for scoring; a `dormant` one is ready to take the place of one that leaked. A `honeypot` is
 * never drawn: whoever knows it had the bank itself, not a paper.
 */
export type ItemStatus = 'live' | 'dormant' | 'draft' | 'pilot' | 'retired' | 'honeypot'

export type CognitiveLevel = 'knowledge' | 'application' | 'judgement'

/**
 * A number that every paper draws anew: one of a list, or one of `from`, `from + step` … `to`. Decimals with at most six
 * places.
 */
export type Variable = { readonly name: string; readonly values: readonly number[] } | { readonly name: string; readonly from: number; readonly to: number; readonly step: number }

/** A place in the text of a parametric item where the value of an expression stands; thousands are grouped unless it is `plain`. */
export interface Slot {
  readonly expression: Expression
  readonly plain?: true
}

/** One thing a candidate can pick, place or pair: compiled HTML, and the text that `textOfHtml` makes of it. */
export interface Choice {
  readonly html: CompiledHtml
  readonly text: string
}

/** A gap of a cloze item: free text without `choices`, a pick with them. `ref` is its number in the stem, from "1". */
export interface Blank {
  readonly ref: string
  readonly choices?: readonly Choice[]
}

/**
 * Everything of an item that a candidate may see, and nothing else. It is independent of the key: `order` choices and the
 * `right` column of `match` stand in an order derived from their own text, not in the author's (which is the key).
 */
export type Stem = StemContent & {
  /** What stands at the marks in the texts of a parametric item, by number. */
  readonly slots?: readonly Slot[]
}

type StemContent =
  | { readonly type: 'single' | 'multiple' | 'true-false'; readonly html: CompiledHtml; readonly choices: readonly Choice[]; readonly fixedOrder: boolean }
  | { readonly type: 'numeric' | 'short'; readonly html: CompiledHtml }
  | { readonly type: 'cloze'; readonly html: CompiledHtml; readonly blanks: readonly Blank[] }
  | { readonly type: 'order'; readonly html: CompiledHtml; readonly choices: readonly Choice[] }
  | { readonly type: 'essay'; readonly html: CompiledHtml; readonly minChars: number; readonly maxChars: number }
  | { readonly type: 'match'; readonly html: CompiledHtml; readonly left: readonly Choice[]; readonly right: readonly Choice[] }

/** One row of a rubric: what is looked at, its points, and what each level means, the best first and 0 last. */
export interface Criterion {
  readonly name: string
  readonly points: number
  readonly levels: readonly { readonly level: number; readonly descriptor: string }[]
}

/** What is right on one paper. Numbers are indices into the arrays of the stem of the same locale. Never leaves the server. */
export type SettledKey =
  | { readonly type: 'single' | 'true-false'; readonly choice: number }
  | { readonly type: 'multiple'; readonly choices: readonly number[]; readonly partial: boolean }
  | { readonly type: 'numeric'; readonly value: number; readonly tolerance: number; readonly unit: string }
  | { readonly type: 'short'; readonly accepted: readonly string[] }
  | { readonly type: 'cloze'; readonly blanks: Readonly<Record<string, { readonly choice: number } | { readonly accepted: readonly string[] }>> }
  | { readonly type: 'order'; readonly order: readonly number[] }
  | { readonly type: 'essay'; readonly criteria: readonly Criterion[]; readonly model: string }
  | { readonly type: 'match'; readonly pairs: readonly number[] }

/** What is right, in terms of the variables where the item is parametric. */
export type Key = Exclude<SettledKey, { readonly type: 'numeric' }> | { readonly type: 'numeric'; readonly value: number | Expression; readonly tolerance: number; readonly unit: string }

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
