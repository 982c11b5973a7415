import type { ItemReport } from '../../../flows/read-item-statistics.ts'
import type { PresentedItem } from '../../../form/form.ts'
import type { CompiledHtml } from '../../../item/markup/compiled-html.ts'
import type { DraftEntry } from '../../../item/source/exam-source.ts'
import type { ExamFinding } from '../../../world/world.ts'
import type { PageContext } from '../../ui/page-context.ts'
import type { Outline } from './outline.ts'

/** What is being written: an item of a file, or a whole file. */
export interface Place {
  readonly path: string
  readonly item?: string | undefined
  readonly title: string
  readonly text: string
  /** Hash of the text above: what a change is made from. */
  readonly was: string
  /** Lines of the file before it: findings count them. */
  readonly linesBefore: number
  readonly locale: 'ja' | 'en'
}

/** An item as candidates meet it, with its place in its file. */
export interface ShownItem {
  readonly item: PresentedItem
  readonly locale: 'ja' | 'en'
  readonly number: number
  readonly total: number
}

/** Somebody else's change of the same place. */
export interface Meanwhile {
  readonly text: string
  readonly by: string
}

export interface DeskPageProps {
  readonly context: PageContext
  readonly exam: { readonly id: string; readonly title: string; readonly locales: readonly ('ja' | 'en')[] }
  readonly base: string
  /** Hash of all that is on the desk. */
  readonly draft: string
  readonly outline: Outline
  readonly words: string
  readonly changes: number
  readonly place?: Place | undefined
  readonly now: number
  readonly saved?: DraftEntry | undefined
  readonly state?: 'saved' | 'same' | 'gone' | 'refused' | 'full' | 'meanwhile' | 'taken' | undefined
  readonly meanwhile?: Meanwhile | undefined
  readonly hasCompiler: boolean
  readonly hasSource: boolean
  /** Of the last check, which is shown here alone. */
  readonly findings?: readonly ExamFinding[] | undefined
  readonly shown?: ShownItem | undefined
  /** Markup of the practical task or the study sheets of the file, as they are read. */
  readonly view?: CompiledHtml | undefined
  readonly report?: ItemReport | undefined
}
