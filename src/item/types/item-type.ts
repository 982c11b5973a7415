import type * as z from 'zod'
import type { Random } from '../../kernel/random.ts'
import type { Result } from '../../kernel/result.ts'
import type { Expression } from '../expression.ts'
import type { CompiledHtml } from '../markup/compiled-html.ts'

/** One thing a candidate can pick, place or pair: compiled HTML, and the text that `textOfHtml` makes of it. */
export interface Choice {
  readonly html: CompiledHtml
  readonly text: string
}

/** A choice as a paper shows it; its ref follows the drawn order. */
export interface PresentedChoice {
  readonly ref: string
  readonly html: CompiledHtml
}

/** In which order the parts of an item stand on a paper: indices into the arrays of its stem. */
export interface Layout {
  /** Drawn order of the stem's choices (single, multiple, true-false, order) or of the right column (match). */
  readonly choices?: readonly number[]
  /** Drawn order of the left column of a match item. */
  readonly left?: readonly number[]
  /** Drawn order of each blank's choices, by the blank's ref. */
  readonly blanks?: Readonly<Record<string, readonly number[]>>
}

/**
 * One thing that a candidate can pick, by what it is and not by where a paper showed it. Its id counts from 1 in the
 * order of the stem: `3` is the third option, `2.1` the first one for blank 2, for place 2 of an ordering, or for the
 * second row of a matching.
 */
export interface ItemOption {
  readonly id: string
  /** What it was picked for, where an item asks for several picks: the blank, the place, the left-hand text. */
  readonly group?: string
  readonly text: string
  readonly isKey: boolean
}

/** One row of a rubric: what is looked at, its points, and what each level means, the best first and 0 last. */
export interface Criterion {
  readonly name: string
  readonly points: number
  readonly levels: readonly { readonly level: number; readonly descriptor: string }[]
}

/** What is right, as people who may know it read it. */
export type ShownKey =
  | { readonly form: 'lines'; readonly lines: readonly string[]; readonly isPartial?: boolean }
  | { readonly form: 'steps'; readonly lines: readonly string[] }
  | { readonly form: 'blanks'; readonly blanks: readonly { readonly ref: string; readonly text: string }[] }
  | { readonly form: 'number'; readonly value: string; readonly tolerance: number; readonly unit: string }
  | { readonly form: 'rubric'; readonly criteria: readonly Criterion[]; readonly model: string }

/** One thing of an item that is right or wrong by itself: an option, a step, a row, a blank. */
export interface ExplainedPart {
  /** By which a rationale knows it: the letter of an option, the number of a step, row or blank, as they are written. */
  readonly label: string
  /** The option or the row; absent where what is right says it all. */
  readonly html?: CompiledHtml
  /** What belongs there, and what was put there. */
  readonly right?: string
  readonly given?: string
  /** Of an option, whether it is a right one; elsewhere, whether what was put there is. */
  readonly isRight: boolean
  /** Whether an option was picked, or anything put there. */
  readonly isGiven: boolean
}

/** A response beside the key. Without parts the answer is typed: what is accepted, and what was written. */
export interface ExplainedResponse {
  readonly areOptions: boolean
  readonly parts: readonly ExplainedPart[]
  readonly right: readonly string[]
  readonly given?: string
}

/** How the parts of a key are said; undefined for a choice that the stem does not have. */
export interface KeyWords {
  readonly choice: (choice: Choice | undefined) => string
  readonly accepted: (texts: readonly string[]) => readonly string[]
  readonly expression: (expression: Expression) => string
}

/** Puts the drawn numbers into what candidates see. */
export interface StemFill {
  readonly html: (html: CompiledHtml) => CompiledHtml
  readonly choices: (choices: readonly Choice[]) => readonly Choice[]
}

/** Puts the drawn numbers into a key. */
export interface KeyFill {
  readonly accepted: (texts: readonly string[]) => readonly string[]
  /** `NaN` where an expression comes to nothing. */
  readonly amount: (expression: Expression) => number
}

/** The parts that a handed-in bank is checked by, each with the limits and signs that it may have. */
export interface BankSchemaParts {
  readonly text: z.ZodType
  readonly choices: z.ZodType
  /** Accepted answers, one or more. */
  readonly accepted: z.ZodType
  /** Place of something in an array of the stem. */
  readonly index: z.ZodType
  readonly expression: z.ZodType
}

/** The shapes that the parts of an item of one type have. */
export interface TypeShapes {
  /** What a candidate may see, as the bank holds it; independent of the key. */
  readonly stem: { readonly type: string; readonly html: CompiledHtml }
  /** What is right, in terms of the variables where the item is parametric. */
  readonly key: { readonly type: string }
  /** What is right on one paper. */
  readonly settledKey: { readonly type: string }
  /** What a paper shows beside the stem; it has no key to leak. */
  readonly presented: object
  /** A response is an object with one field: its name, what it holds as it travels, and what in the item's own terms. */
  readonly field: string
  readonly answer: unknown
  readonly response: unknown
}

/** All that is particular to one type of item, apart from how it is written and how its control looks. Everything here is pure. */
export interface ItemTypeDefinition<Of extends TypeShapes> {
  /** Name of the field that a response to such an item has. */
  readonly field: Of['field']
  /** Whether papers are scored without people: an item of another type is never drawn, since no exam has raters yet. */
  readonly isScored: boolean
  /** Whether wrong options compete with the right one. In an ordering or a matching each is right somewhere else. */
  readonly optionsCompete: boolean
  /** Whether its lists are columns that stand side by side. */
  readonly areColumns?: boolean

  /** The members of stem and key in a handed-in bank, beside the stem's `html` and `slots`. */
  bankSchema(parts: BankSchemaParts): { readonly stem: z.ZodRawShape; readonly key: z.ZodRawShape }
  /** The members of `presented` in the public contract. */
  presentedSchema(choices: z.ZodType): z.ZodRawShape
  /** What a response's field holds in the public contract. */
  answerSchema(): z.ZodType

  /** The lists of what is picked, placed or paired; no list has an entry twice. */
  listsOf(stem: Of['stem']): readonly (readonly Choice[])[]
  /** Refs of the blanks that stand in the stem's HTML; of another type it has none. */
  blanksOf?(stem: Of['stem']): readonly string[]
  /** How the stem is laid out, a line for each thing that is not its text. */
  describeLayout?(stem: Of['stem']): readonly string[]
  settleStem(stem: Of['stem'], fill: StemFill): Of['stem']

  /** Whether a key speaks of what its stem has, each part of it once. */
  keyFits(key: Of['key'], stem: Of['stem']): boolean
  /** Texts of the key that candidates may type. */
  acceptedIn?(key: Of['key']): readonly string[]
  /** Arithmetic that the key is the value of, where it is. */
  formulaOf?(key: Of['key']): Expression | undefined
  settleKey(key: Of['key'], fill: KeyFill): Of['settledKey']
  showKey(key: Of['key'] | Of['settledKey'], stem: Of['stem'], words: KeyWords): ShownKey
  /** What is right by what it says and not by where it stands. Accepted spellings are left out: one more makes no other question. */
  rightTexts(key: Of['key'], stem: Of['stem'], say: (choice: Choice | undefined) => string): readonly string[]

  /** Draws the order of everything whose order says nothing. The stem is settled; `isDrawn` says that numbers were drawn for it. */
  layOut(stem: Of['stem'], random: Random, isDrawn: boolean): Layout
  /** Everything in the order of the bank. */
  layOutAsWritten(stem: Of['stem']): Layout
  present(stem: Of['stem'], layout: Layout): Of['presented']

  /** Checks what a response's field holds. The refusal says what would fit; it never says what is right. */
  readAnswer(value: unknown, stem: Of['stem'], layout: Layout): Result<Of['answer'], string>
  /** Turns the refs of the paper back into the item's own indices. The answer must have passed `readAnswer`. */
  resolveAnswer(answer: Of['answer'], layout: Layout): Of['response']
  /** Whether nothing of an item is left open. */
  isComplete(answer: Of['answer'], presented: Of['presented']): boolean
  /** What somebody who knows the key answers on a paper that shows the item so. */
  rightAnswer(key: Of['settledKey'], stem: Of['stem'], presented: Of['presented']): Of['answer']

  /** The share of an item's points that a response earns, 0..1. */
  score(key: Of['settledKey'], response: Of['response']): number
  /** Whether anything was answered: a page without scripts also saves what was left empty. */
  isAnswered(response: Of['response']): boolean
  /** The key part by part, and how a response stands to it, for those who may know. Options stand in written order. */
  explain(key: Of['settledKey'], stem: Of['stem'], response: Of['response'] | undefined): ExplainedResponse
  /** Everything that can be picked; nothing where the answer is written. */
  optionsOf(stem: Of['stem'], key: Of['key']): readonly ItemOption[]
  /** Ids of the options that a response picked. What was written in words is no pick. */
  picksOf(response: Of['response']): readonly string[]
}
