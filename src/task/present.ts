import type { TaskKind } from '../item/family.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import type { ClaimsMaterials } from './claims/present.ts'
import type { DraftMaterials } from './draft/present.ts'
import type { InboxMaterials } from './inbox/present.ts'
import type { SheetMaterials } from './sheet/present.ts'
import type { TableMaterials } from './table/present.ts'

/** What every kind of task shows beside brief and rules. */
export interface MaterialsOf {
  readonly table: TableMaterials
  readonly sheet: SheetMaterials
  readonly draft: DraftMaterials
  readonly inbox: InboxMaterials
  readonly claims: ClaimsMaterials
}

/** One thing that can be picked in a field. Its value tells nothing of what is right. */
export interface FieldOption {
  readonly value: string
  readonly label: string
}

/** One place to write or to pick: what a response may change. Texts are counted in UTF-16 units. */
export type TaskField = {
  /** Unique in its task, `1004.電話番号`. */
  readonly name: string
  readonly label: string
  /** The longest text. */
  readonly max: number
  /** What stands there before anybody worked on it. */
  readonly initial: string
} & (
  | { readonly as: 'line' | 'lines' }
  /** Of `many` the picked values stand in the order of the options, with a space between. */
  | { readonly as: 'one' | 'many'; readonly options: readonly FieldOption[] }
)

/** A practical task as a candidate sees it. The type has no place for a key. */
export type PresentedTask<Kind extends TaskKind & keyof MaterialsOf = keyof MaterialsOf> = {
  readonly [Of in Kind]: {
    readonly kind: Of
    /** The variety of the kind, where it has several. */
    readonly form?: string
    readonly title: string
    /** Suggested working time. */
    readonly minutes: number
    readonly briefHtml: CompiledHtml
    readonly rulesHtml: CompiledHtml
    readonly materials: MaterialsOf[Of]
    readonly fields: readonly TaskField[]
  }
}[Kind]

/** What a candidate wrote: only fields that differ from what stood there. Sorted by name. */
export type Entries = Readonly<Record<string, string>>

/** A response to a task as it travels. */
export type TaskResponse = { readonly entries: Entries }

/** Controls (but tab and line feed), and halves of a character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/u

/** A text in its one spelling: NFC, line feeds alone. */
export const spell = (text: string): string => text.replace(/\r\n?/g, '\n').normalize('NFC')

/** Why a text, in its one spelling, cannot stand in a field. */
export type FieldProblem = 'too-long' | 'unreadable'

export function fieldProblem(field: TaskField, value: string): FieldProblem | undefined {
  if (value.length > field.max) return 'too-long'
  return CONTROL.test(value) || (field.as === 'line' && /[\n\t]/.test(value)) ? 'unreadable' : undefined
}

/** What stands in a field now. */
export const valueIn = (field: TaskField, entries: Entries): string => entries[field.name] ?? field.initial
