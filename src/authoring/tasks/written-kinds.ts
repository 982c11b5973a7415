import type { TaskKind } from '../../item/family.ts'
import type { DrawnKind } from '../../task/task-kinds.ts'
import { writtenClaims } from './claims.ts'
import { writtenDraft } from './draft.ts'
import { writtenInbox } from './inbox.ts'
import { writtenSheet } from './sheet.ts'
import { writtenTable } from './table.ts'
import type { WrittenKind } from './written-kind.ts'

/** How each kind of task is written. */
export const WRITTEN_KINDS = {
  table: writtenTable,
  sheet: writtenSheet,
  draft: writtenDraft,
  inbox: writtenInbox,
  claims: writtenClaims,
} satisfies Record<DrawnKind, unknown>

/** How a kind is written, for whoever holds a family of any kind; undefined for one that is not built yet. */
export const writtenKindOf = (kind: TaskKind): WrittenKind<never> | undefined =>
  (WRITTEN_KINDS as Partial<Record<TaskKind, unknown>>)[kind] as WrittenKind<never> | undefined
