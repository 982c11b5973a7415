import type { FamilyBody } from '../task-kind.ts'
import type { CellInput } from './present.ts'

/** From what the cells of a column are made. Dates are `YYYY-MM-DD`. */
export type Content =
  | { readonly of: 'serial'; readonly from: number }
  | { readonly of: 'name' | 'kana' | 'phone' | 'mail' | 'empty' }
  | { readonly of: 'postal-code' }
  | { readonly of: 'date'; readonly from: string; readonly to: string }
  | { readonly of: 'amount'; readonly from: number; readonly to: number; readonly step: number }
  /** A letter or two and digits, `K-0042`; the digits may begin with zeros. */
  | { readonly of: 'code'; readonly prefixes: readonly string[]; readonly digits: number }
  | { readonly of: 'choice'; readonly values: readonly string[] }

export interface TableColumn {
  readonly name: string
  readonly content: Content
  readonly width: number
  readonly input: CellInput
}

/** How the values of a column may be written. One is drawn for each column that has any. */
export type FormatName =
  | 'phone-hyphens'
  | 'phone-digits'
  | 'date-slashes'
  | 'date-hyphens'
  | 'date-digits'
  | 'amount-commas'
  | 'amount-digits'
  | 'postal-hyphen'
  | 'postal-digits'

export interface ColumnFormat {
  readonly column: string
  readonly format: FormatName
  /** The rule that candidates read, by its name among the wording's sentences. */
  readonly sentence: string
}

/** What goes wrong in a cell, and of `row` in two of them. Each is a change to the engine, with a vector. */
export type CellFault =
  | 'full-width'
  | 'separator'
  | 'leading-zero'
  | 'era'
  | 'other-format'
  | 'spaces'
  | 'name-gap'
  | 'half-width-kana'
  | 'hiragana'
  | 'unit'
  | 'variant'
  /** A value of a choice that is in no list. */
  | 'unlisted'
  | 'unreadable'
  | 'impossible-date'
export type RowFault = 'duplicate'

export interface DeclaredFault {
  readonly fault: CellFault | RowFault
  /** Absent for a fault of rows. */
  readonly column?: string
  readonly count: number
  readonly skill: string
  readonly points: number
}

/** What looks wrong and is right. */
export type CellLook = 'variant-kanji' | 'middle-dot' | 'capitals' | 'month-end' | 'zero'
export type RowLook = 'same-name' | 'family-phone'
/**
 * Two rows that look like one entered twice, because of one column: codes with the same digits behind other letters, or one
 * person who chose two things.
 */
export type PairLook = 'similar-code' | 'other-choice'

export interface DeclaredLook {
  readonly look: CellLook | RowLook | PairLook
  readonly column?: string
  readonly count: number
}

export interface FamilyName {
  readonly name: string
  readonly kana: string
}

/** A table to put in order. */
export interface TableBody extends FamilyBody {
  readonly rows: number
  readonly columns: readonly TableColumn[]
  readonly formats: readonly ColumnFormat[]
  readonly faults: readonly DeclaredFault[]
  readonly looks: readonly DeclaredLook[]
  /** Names that persons are put together from. */
  readonly people: {
    readonly families: readonly FamilyName[]
    readonly given: readonly FamilyName[]
    /** Family names with a kanji that looks like a mistake for a commoner one. */
    readonly variants: readonly FamilyName[]
    /** Whole names with a middle dot. */
    readonly dotted: readonly FamilyName[]
  }
  /** Wrong spellings of the values of a choice, by the value; by the name of its column, values that are in no list. */
  readonly variants: Readonly<Record<string, readonly string[]>>
}
