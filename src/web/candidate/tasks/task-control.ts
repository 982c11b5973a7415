import type { Child } from 'hono/jsx'
import type { PresentedTaskItem } from '../../../form/form.ts'
import type { Asset } from '../../../platform/page/asset.ts'
import type { Entries, FieldProblem, PresentedTask, TaskField } from '../../../task/present.ts'
import type { PageContext } from '../../ui/page-context.ts'

export type ShownKind = PresentedTask['kind']

export interface TaskProps<Kind extends ShownKind = ShownKind> {
  readonly context: PageContext
  readonly item: PresentedTaskItem & { readonly task: PresentedTask<Kind> }
  /** What was written so far, also what could not be kept. */
  readonly entries: Entries
  /** By the field's name. */
  readonly problems: Readonly<Record<string, FieldProblem>>
  /** Which of a kind's own views was asked for; without one, the work. */
  readonly view?: string | undefined
  /** Nothing is saved: there is nothing to lay a file over. */
  readonly isPractice?: boolean
}

/** What was made so far, for other tools. */
export interface TaskFile {
  readonly extension: 'csv' | 'txt'
  readonly type: string
  readonly text: string
}

/**
 * How one kind of task is worked on. Controls are named by the task's ref and the field (`t1.1004.電話番号`); everything works
 * as a plain form, and the page's script only saves it. Buttons named `go` save first: `view.<name>` shows a view of the kind,
 * `undo.<field>` puts a field back, `edit.<number>` takes back a part of one.
 */
export interface TaskControl<Kind extends ShownKind = ShownKind> {
  /** Loaded behind what every task page loads. */
  readonly script?: Asset
  /** The page's sheet. */
  readonly styles: Asset
  /** Materials and controls. */
  Work(props: TaskProps<Kind>): Child
  /** Buttons beside the title. */
  Tools?(props: TaskProps<Kind>): Child
  /** What was done so far, in counts, for the last look. Without it, fields that were changed are counted. */
  Summary?(props: TaskProps<Kind>): Child
  /** On a phone, buttons that open materials as a sheet, beside the one of the brief. */
  Sheet?(props: TaskProps<Kind>): Child
  /** Materials that stand with the brief. */
  Papers?(props: TaskProps<Kind>): Child
  /** What a candidate should know of tools, below the brief. */
  Tip?(props: TaskProps<Kind>): Child
  /** What stands in a field without one of the changes that were made in it. */
  takeBack?(field: TaskField, written: string, change: number): string
  /** A link to it stands beside the title. */
  File?(task: PresentedTask<Kind>, entries: Entries): TaskFile
}

/** The name of the control of a field. */
export const controlName = (ref: string, field: string): string => `${ref}.${field}`
/** The address of a control on its page, which names hold no part of: they may be in any script. */
export const controlId = (ref: string, index: number): string => `${ref}-${index}`
