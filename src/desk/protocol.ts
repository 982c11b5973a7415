import type { Diagnostic } from '../authoring/diagnostic.ts'
import type { Language } from '../authoring/said.ts'
import type { Look, ShownItem, WrittenPart } from './show-item.ts'
import type { ShownTask, TaskLook } from './show-task.tsx'
import type { Pasted, Taken } from './take-paste.ts'

/** A file as it crosses to the other side; without content it is gone. */
export interface SentFile {
  readonly path: string
  readonly content?: string | Uint8Array
}

/** What the page asks of its checker. An answer carries the number of its question. */
export type Asked =
  | { readonly ask: 'open'; readonly language: Language; readonly files: readonly SentFile[] }
  | { readonly ask: 'put'; readonly files: readonly SentFile[] }
  /** The findings of everything, those of one file whole. `now` is the author's clock, for review dates. */
  | { readonly ask: 'look'; readonly now: number; readonly path: string }
  | { readonly ask: 'item'; readonly part: WrittenPart; readonly looks: readonly Look[] }
  | { readonly ask: 'task'; readonly family: string; readonly look: TaskLook }
  /** Study sheets of a file, or the one of a skill. */
  | { readonly ask: 'sheets'; readonly path: string; readonly skill?: string | undefined }
  /** Asked of a program of its own. What is lost is said in the language. */
  | { readonly ask: 'paste'; readonly language: Language; readonly pasted: Pasted }
  | { readonly ask: 'sibling'; readonly item: string; readonly path: string; readonly sibling: string }
  | { readonly ask: 'explain'; readonly rule: string }

/** How bad the worst is that was found in an item, or above all items of a file. */
export interface FoundIn {
  readonly path: string
  /** Absent above the first item. */
  readonly item?: string
  readonly worst: Diagnostic['severity']
}

export interface Looked {
  readonly errors: number
  readonly warnings: number
  /** Of the file that was asked for. */
  readonly here: readonly Diagnostic[]
  readonly found: readonly FoundIn[]
  /** Milliseconds. */
  readonly took: number
}

/** Why a rule is, and what to write in place of what it finds. */
export interface Explained {
  readonly title: string
  readonly why: string
  readonly bad: string
  readonly good: string
}

export interface Answers {
  readonly open: undefined
  readonly put: undefined
  readonly look: Looked
  /** Undefined while it cannot be read. */
  readonly item: readonly ShownItem[] | undefined
  readonly task: ShownTask | undefined
  /** Markup of the page's own components; empty while none can be read. */
  readonly sheets: string
  readonly paste: Taken | undefined
  readonly sibling: { readonly path: string; readonly text: string } | undefined
  readonly explain: Explained | undefined
}

export type Question = Asked & { readonly number: number }
export type Answer =
  | { readonly number: number; readonly value: Answers[keyof Answers] }
  | { readonly number: number; readonly failure: string }
