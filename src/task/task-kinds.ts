import type { TaskKind } from '../item/family.ts'
import { claims } from './claims/claims.ts'
import { draft } from './draft/draft.ts'
import { inbox } from './inbox/inbox.ts'
import { sheet } from './sheet/sheet.ts'
import { table } from './table/table.ts'
import type { KindShapes, TaskKindDefinition } from './task-kind.ts'

/**
 * Every kind of task, in the order in which they are offered. A kind is a member here and a folder beside this file; how it
 * is written stands in `authoring/tasks`, how its page looks in `web/candidate/tasks`.
 */
export const TASK_KINDS = { table, sheet, draft, inbox, claims }

/** Kinds that papers may hold. */
export type DrawnKind = keyof typeof TASK_KINDS
export const DRAWN_KINDS = Object.keys(TASK_KINDS) as [DrawnKind, ...DrawnKind[]]

interface AnyShapes extends KindShapes {
  readonly materials: never
  readonly key: never
}

/** What is particular to a kind, for whoever holds a task of any kind. Body and key must be of that kind. */
export const kindOf = (kind: TaskKind): TaskKindDefinition<AnyShapes> =>
  TASK_KINDS[kind as DrawnKind] as unknown as TaskKindDefinition<AnyShapes>
