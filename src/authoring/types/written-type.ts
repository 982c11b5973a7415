import type { Item, ItemType, Locale, ShapesOf, Wording } from '../../item/item.ts'
import type { Choice } from '../../item/types/item-type.ts'
import type { WrittenItem } from '../bank-source.ts'
import type { Finding, Place, Report } from '../diagnostic.ts'
import type { Row } from '../formats/csv/row.ts'
import type { Column } from '../formats/csv/words.data.ts'
import type { Loss } from '../formats/exchange.ts'
import type { Braces } from '../formats/gift/gift-text.ts'
import type { MoodleContext, Question } from '../formats/moodle/question.ts'
import type { Interaction } from '../formats/qti/write-scoring.ts'
import type { SectionName } from '../keywords.data.ts'
import { type ReadPublic, readStemAlone } from '../read-public.ts'
import type { Said } from '../said.ts'
import type { SectionBlock } from '../split-document.ts'
import type { CompiledAnswer, WordingScope } from '../wording-scope.ts'

/** The lowest and the highest number of characters. */
export interface TextLength {
  readonly min: number
  readonly max: number
}

/** A key that was read, and where each of its parts stands. */
export interface ReadKey<Answer> {
  readonly answer: Answer
  readonly places: readonly Place[]
}

/** A new item to write over: something that compiles as it stands. */
export interface ItemDraft {
  /** Pills beside the type. */
  readonly pills?: string
  /** The public part. */
  readonly shown: string
  readonly sections?: Readonly<Partial<Record<SectionName, string>>>
}

/** What lint rules look at in one locale of one item. */
export interface LintMatter {
  readonly item: Item
  /** As it stands on a paper: one draw of a parametric item, the same each time. */
  readonly wording: Wording
  /** Plain text of the stem; quotes, tables and code included. */
  readonly stemText: string
  readonly at: { readonly heading: Place; readonly stem: Place }
  readonly report: (at: Place, finding: Finding) => void
}

export interface LintTraits {
  /** Whether its stem asks for something; others are a statement, or a text with gaps. */
  readonly asks: boolean
  /** Of a list of options: how many are usual, and whether one of them alone is right. */
  readonly options?: { readonly usual: readonly [number, number]; readonly isOneRight: boolean }
  /** Why the stem itself gives the answer away, where it does. Accepted answers are sought for every type. */
  answerInStem?(matter: LintMatter): Said | undefined
  /** Rules for this type alone. */
  rules?(matter: LintMatter): void
}

/** How one type of item is written: in Markdown, and in the files of other systems. `Answer` is the key as an author writes it. */
export interface WrittenType<Answer extends { readonly form: string }, Type extends ItemType = ItemType> {
  /** Its word in a pill. */
  readonly word: Readonly<Record<Locale, string>>
  /** Types whose keys are written alike share a form; the first of them is what such a key of elsewhere makes. */
  readonly form: Answer['form']
  /** Whether part of the points can be had for a part of the answer only where a pill says so. */
  readonly takesPartial: boolean
  /** The sections that hold its key; none where the public part does. */
  readonly sections: readonly SectionName[]
  readonly draft: Readonly<Record<Locale, ItemDraft>>
  readonly lint: LintTraits

  /** Splits the public lines `from`..`end` (0-based, half open), whose last one is not empty. */
  readPublic(lines: readonly string[], from: number, end: number, report: Report): ReadPublic<Answer>
  /** Reads the lines below `### Answer`, for the types that have it. */
  readAnswer?(lines: readonly string[], from: number, to: number, report: Report): ReadKey<Answer> | undefined
  /** Reads a key that stands in other sections. */
  readSections?(
    lines: readonly string[],
    found: {
      readonly sections: ReadonlyMap<SectionName, SectionBlock>
      readonly length: TextLength | undefined
      readonly heading: Place
    },
    report: Report,
  ): ReadKey<Answer> | undefined
  /** What stands in the public part below the stem; empty where the key is secret. */
  printPublic(answer: Answer): string
  printSections(answer: Answer, locale: Locale): Readonly<Partial<Record<SectionName, string>>>
  /** What the pill of the length says. */
  lengthOf?(answer: Answer): TextLength | undefined

  /** The stem is made from the public fields only; the key from the rest. Undefined where it is in error. */
  compile(answer: Answer, scope: WordingScope): CompiledAnswer | undefined
  /** The Markdown of the key that candidates see. */
  shownTexts?(answer: Answer): readonly string[]
  /** What must be the same in every locale of the written key: positions, numbers and pairs, never wording. */
  keyShape(answer: Answer): unknown
  /** The same of the compiled key, where the written one does not tell it. */
  compiledShape?(key: ShapesOf<Type>['key']): unknown
  /** The numbers that papers are drawn and scored by. */
  arithmeticOf?(key: ShapesOf<Type>['key']): unknown
  /** Options that the author marked, in written order, and the right ones among them. */
  markedOptions?(
    stem: ShapesOf<Type>['stem'],
    key: ShapesOf<Type>['key'],
  ): { readonly options: readonly Choice[]; readonly right: readonly number[] }

  /** What a key says, whatever way its Markdown is spelled; `shown` tells what a piece of Markdown shows. */
  meaning(answer: Answer, shown: (markdown: string) => string): unknown
  /** The key with drawn values in place of variables. */
  fill(
    answer: Answer,
    draw: { readonly text: (markdown: string) => string; readonly amount: (formula: string) => number },
  ): Answer
  /** What stands among the tags of other systems, beside the pills. */
  tagsOf?(answer: Answer): readonly string[]
  readonly csv: {
    /** What others call the type, in small letters without spaces. */
    readonly names: readonly string[]
    /** The right-hand columns of an item: what can be picked, placed or paired. */
    lists(answer: Answer): { readonly options: readonly string[]; readonly pairs: readonly string[] }
    fields(answer: Answer): Readonly<Partial<Record<Column, string | number | undefined>>>
    read(row: Row): Answer | undefined
  }
  /** The questions that an item becomes in GIFT: one, but for a cloze of several gaps. */
  writeGift(item: WrittenItem<Answer>, context: { readonly locale: Locale; readonly losses: Loss[] }): readonly Braces[]
  writeMoodle(item: WrittenItem<Answer>, context: MoodleContext, losses: Loss[]): Question
  writeQti(item: WrittenItem<Answer>, locale: Locale): Interaction
}

// What the types have in common whose key stands in sections of its own.

type Shared = 'takesPartial' | 'readPublic' | 'printPublic'

export const secretKey = {
  takesPartial: false,
  readPublic: readStemAlone,
  printPublic: () => '',
} satisfies Pick<WrittenType<{ readonly form: string }>, Shared>
