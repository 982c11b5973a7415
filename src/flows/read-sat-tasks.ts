import { findAttempt, type StoredAttempt } from '../attempt/store.ts'
import { type PaperTask, tasksOf } from '../attempt/tasks/store.ts'
import type { ExamDefinition } from '../item/bank.ts'
import { findBank } from '../item/store.ts'
import type { AttemptId } from '../kernel/id.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { Entries } from '../task/present.ts'
import type { TaskGrade, TaskInstance } from '../task/task.ts'
import type { Database } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { namePeople } from './name-people.ts'
import { noteLook, ownCase } from './note-act.ts'
import { readWork } from './read-work.ts'
import { showKeys } from './show-keys.ts'

/** A task of a paper with what was done and what came of it. */
export interface SatTask extends PaperTask {
  readonly points: number
  /** Only fields that differ from what stood there. */
  readonly entries: Entries
  /** Absent where it was not graded yet. */
  readonly grade?: TaskGrade
}

export interface SatTasks {
  readonly attempt: StoredAttempt
  readonly exam: Pick<ExamDefinition, 'id' | 'title'>
  /** Whose work it is; empty where the marketplace told no name. */
  readonly name: string
  readonly tasks: readonly SatTask[]
}

/**
 * The tasks of a closed attempt: what was shown, what was done, and what each checkpoint earned. They show what is right, so
 * that whoever reads them counts as having seen keys of that version; and it is noted whose work was read. Nobody reads
 * their own.
 */
export async function readSatTasks(
  world: World,
  { session, id }: { readonly session: Session; readonly id: string },
): Promise<Result<SatTasks>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const attempt = await findAttempt(world.db, id)
  if (!attempt?.form.tasks) return fail({ code: 'not-found' })
  const own = ownCase(session, attempt.worker)
  if (own) return fail(own)
  if (attempt.status === 'open') return fail({ code: 'attempt-open', deadline: attempt.deadline })
  const bank = await findBank(world.db, attempt.bankHash)
  if (!bank) throw new Error(`bank ${attempt.bankHash} of attempt ${attempt.id} is missing`)
  const shown = await showKeys(world, session.worker, [bank])
  if (!shown.ok) return shown
  await noteLook(world, {
    act: 'attempt.read',
    actor: { person: session.worker },
    subject: { person: attempt.worker },
    object: attempt.id,
    facts: { exam: attempt.exam, version: bank.exam.version },
  })
  const { tasks: instances, grades, responses: saved } = await readWork(world, attempt)
  const tasks = instances.map((task): SatTask => {
    const response = saved.find(({ item }) => item === task.ref)?.response
    const grade = grades[task.ref]
    return {
      ...task,
      points: attempt.form.tasks?.find(({ ref }) => ref === task.ref)?.points ?? 0,
      entries: response && 'entries' in response ? response.entries : {},
      ...(grade ? { grade } : {}),
    }
  })
  const names = await namePeople(world, [attempt.worker])
  return ok({ attempt, exam: bank.exam, name: names.get(attempt.worker) ?? '', tasks })
}

/** The tasks of an attempt as they were drawn, by ref, what is right among it: for a demonstration that plays somebody and holds the database. */
export async function drawnTasks(db: Database, attempt: string): Promise<ReadonlyMap<string, TaskInstance>> {
  const tasks = await tasksOf(db, attempt as AttemptId)
  return new Map(tasks.map(({ ref, instance }) => [ref, instance]))
}
