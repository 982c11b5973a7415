import { type Explanation, openEntered } from './explain.ts'
import type { Entries } from './present.ts'
import type { Checkpoint, Loss, TaskGrade, TaskInstance } from './task.ts'
import { kindOf } from './task-kinds.ts'

/**
 * Grades a response to a stored instance with the grader that it was drawn for. The entries must have passed `readEntries`.
 * @throws when the grader of that number is gone, which no release may do.
 */
export function gradeTask(instance: Omit<TaskInstance, 'hash'>, entries: Entries): TaskGrade {
  const grade = kindOf(instance.kind).graders[instance.grader]
  if (!grade) throw new Error(`grader ${instance.grader} of ${instance.kind} is missing`)
  return grade(instance.key as never, instance.presented.fields, entries)
}

/** What candidates are told of one competency of a task: how many of how many, or how often something right was damaged. */
export interface TaskNote {
  readonly group: string
  readonly skill?: string
  readonly done: number
  readonly of?: number
}

/** `duplicate:1004` → `duplicate` */
export const groupOf = (id: string): string => id.slice(0, id.indexOf(':') < 0 ? undefined : id.indexOf(':'))

/** Counts by group of checkpoints and by reason of losses, in the order in which they first stand: never which, never what is right. */
export function notesOf({ checkpoints, losses }: TaskGrade): TaskNote[] {
  const groups = new Map<string, { skill: string; done: number; of: number }>()
  for (const { id, skill, credit } of checkpoints) {
    const group = groups.get(groupOf(id)) ?? { skill, done: 0, of: 0 }
    groups.set(groupOf(id), { ...group, done: group.done + (credit >= 1 ? 1 : 0), of: group.of + 1 })
  }
  const reasons = new Map<string, number>()
  for (const { reason } of losses) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return [
    ...[...groups].map(([group, counts]) => ({ group, ...counts })),
    ...[...reasons].map(([group, done]) => ({ group, done })),
  ]
}

/** Where something was damaged: what stood there, and what was entered. */
export interface ExplainedLoss extends Loss {
  readonly label?: string
  readonly was?: string
  readonly entered?: string
}

/** A grade with everything that was right, which tells the key: for practice alone. */
export interface ExplainedGrade {
  readonly checkpoints: readonly (Checkpoint & Explanation)[]
  readonly losses: readonly ExplainedLoss[]
}

/** Puts what would have been right beside every checkpoint of a grade, and what was changed beside every loss. */
export function explainGrade(
  { kind, key, presented: { fields } }: Omit<TaskInstance, 'hash'>,
  entries: Entries,
  { checkpoints, losses }: TaskGrade,
): ExplainedGrade {
  const definition = kindOf(kind)
  const explained = definition.explain(key as never, fields, entries)
  const damaged = definition.damaged?.(key as never, fields, entries)
  const entered = openEntered(fields, entries)
  const before = openEntered(fields, {})
  return {
    checkpoints: checkpoints.map((checkpoint) => ({ values: [], ...explained.get(checkpoint.id), ...checkpoint })),
    losses: losses.map((loss, i) => {
      if (damaged) return damaged[i] === undefined ? loss : { ...loss, was: damaged[i] }
      if (loss.field === undefined) return loss
      return { ...loss, ...entered(loss.field), was: before(loss.field).entered }
    }),
  }
}
