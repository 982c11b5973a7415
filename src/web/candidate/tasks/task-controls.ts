import { claimsWork } from './claims/claims-work.tsx'
import { draftWork } from './draft/draft-work.tsx'
import { inboxWork } from './inbox/inbox-work.tsx'
import { sheetWork } from './sheet/sheet-work.tsx'
import { tableWork } from './table/table-work.tsx'
import type { ShownKind, TaskControl } from './task-control.ts'

/** How each kind of task is worked on. */
const TASK_CONTROLS = {
  table: tableWork,
  sheet: sheetWork,
  draft: draftWork,
  inbox: inboxWork,
  claims: claimsWork,
} satisfies { readonly [Kind in ShownKind]: TaskControl<Kind> }

/** The control of a kind, for whoever holds a task of any kind. The task must be of that kind. */
export const taskControlOf = (kind: ShownKind): TaskControl => TASK_CONTROLS[kind] as TaskControl
