import type { Locale } from '../../item/item.ts'
import type { ItemSource } from '../bank-source.ts'
import type { Said } from '../said.ts'
import type { SourceFile } from '../source-file.ts'

/** What a writer needs to know besides the items. */
export interface ExportContext {
  readonly examId: string
  readonly locale: Locale
  /** Images of the exam. */
  readonly assets: readonly SourceFile[]
}

/** What kind of thing did not come through as it was. Stable: programs may act on it. */
export type LossCode =
  /** Invisible or unpaired characters were taken out. */
  | 'characters'
  | 'feedback'
  | 'image'
  /** What was made of it is no sound item of ours. */
  | 'invalid'
  /** The key is missing, or has a form that we do not have. */
  | 'key'
  | 'markup'
  | 'media'
  | 'metadata'
  | 'parametric'
  /** Read back from the file, the item differs in this. */
  | 'read-back'
  | 'rubric'
  | 'scoring'
  /** The file does not keep to its own format here. */
  | 'syntax'
  /** The item became one of another type. */
  | 'type'
  | 'unit'
  | 'unsupported'
  /** Credit for partly right answers. */
  | 'weight'

/** The parts of an item that can be lost. */
export type ItemField = Exclude<keyof ItemSource, 'kind'>

/** One thing that an exchange changed or could not carry, in words for the author. */
export interface Loss {
  readonly code: LossCode
  readonly message: Said
  /** The parts of the item that differ for it when the file is read back. */
  readonly fields?: readonly ItemField[]
}

export const loss = (code: LossCode, message: Said, fields?: readonly ItemField[]): Loss => ({
  code,
  message,
  ...(fields ? { fields } : {}),
})

/** An item without its place in a bank. */
export type Draft = Omit<ItemSource, 'kind' | 'id'>

/** An item as an importer reads it. */
export interface ImportedItem {
  readonly kind: 'item'
  /** How the file calls it: its name, its line, its path in the package. */
  readonly source: string
  /** The id that the file gives it. */
  readonly id?: string
  /** Whether the file was written by us: its ids and topics are then ours. */
  readonly isOwn?: boolean
  /** What the file says of the group it belongs to. */
  readonly category?: string
  readonly draft: Draft
  readonly losses: readonly Loss[]
}

/** Something of the file that became no item, and why. */
export interface LeftOut {
  readonly kind: 'left-out'
  readonly source: string
  readonly losses: readonly Loss[]
}

/** All that an importer made of a file. Nothing of the file is missing here without a word. */
export interface Imported {
  readonly entries: readonly (ImportedItem | LeftOut)[]
  /** Of the file as a whole. */
  readonly losses: readonly Loss[]
  /** Images that items show, below `assets/`. */
  readonly assets: readonly SourceFile[]
}

/** Why a file could not be read at all. */
export interface ImportProblem {
  readonly code: 'encoding' | 'too-large' | 'not-this-format' | 'unsafe-xml' | 'unsafe-package' | 'broken'
  readonly message: Said
}

export const problem = (code: ImportProblem['code'], message: Said): ImportProblem => ({ code, message })

/** What became of one item. */
export interface ItemReport {
  /** In our bank; absent for what became no item of it. */
  readonly id?: string
  /** In the other file. */
  readonly source?: string
  readonly outcome: 'whole' | 'changed' | 'left-out'
  readonly losses: readonly Loss[]
}

/** A file for another system, and what it does not carry. */
export interface Exported {
  readonly content: string | Uint8Array
  readonly reports: readonly ItemReport[]
  readonly losses: readonly Loss[]
}

export const reportOf = (id: string, losses: readonly Loss[]): ItemReport => ({
  id,
  outcome: losses.length === 0 ? 'whole' : 'changed',
  losses,
})
