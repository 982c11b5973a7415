import { eq, sql } from 'drizzle-orm'
import { packText, unpackText } from '../../item/pack-bank.ts'
import type { AttemptId } from '../../kernel/id.ts'
import { days, type Instant, minus } from '../../kernel/instant.ts'
import type { TaskGrade, TaskInstance } from '../../task/task.ts'
import type { Database, Statement } from '../../world/database.ts'
import { taskGrades, taskInstances } from '../tables.ts'

/** A task of a paper, by its ref. */
export interface PaperTask {
  readonly ref: string
  readonly instance: TaskInstance
}

/** A task of a paper, ready to be written. */
export type PackedTask = typeof taskInstances.$inferInsert

/** Packs the tasks of a new attempt: 35 KB of JSON become some 6. */
export const packTasks = (
  { attempt, exam, drawnAt }: { readonly attempt: string; readonly exam: string; readonly drawnAt: Instant },
  tasks: readonly PaperTask[],
): Promise<PackedTask[]> =>
  Promise.all(
    tasks.map(async ({ ref, instance: { presented, key, ...facts } }) => ({
      attempt,
      ref,
      exam,
      drawnAt,
      ...facts,
      drawing: await packText(JSON.stringify({ presented, key })),
    })),
  )

/** Writes the tasks of an attempt, for the batch that starts it: nothing where it was not started. */
export const insertTasksStatement = (db: Database, attempt: AttemptId, tasks: readonly PackedTask[]): Statement =>
  db.insert(taskInstances).select(
    sql`select a.id, j.value ->> 'ref', a.exam, j.value ->> 'family', j.value ->> 'familyHash', j.value ->> 'kind', j.value ->> 'seed',
      j.value ->> 'generator', j.value ->> 'grader', j.value ->> 'drawing', j.value ->> 'hash', j.value ->> 'drawnAt'
      from attempts a, json_each(${JSON.stringify(tasks)}) j where a.id = ${attempt}`,
  )

const fromRow = (row: typeof taskInstances.$inferSelect): PaperTask => {
  const { kind, family, familyHash, seed, generator, grader, hash } = row
  const drawing = JSON.parse(unpackText(row.drawing)) as Pick<TaskInstance, 'presented' | 'key'>
  return {
    ref: row.ref,
    instance: { kind: kind as TaskInstance['kind'], family, familyHash, seed, generator, grader, hash, ...drawing },
  }
}

/** The tasks of a paper in its order. */
export async function tasksOf(db: Database, attempt: AttemptId): Promise<PaperTask[]> {
  const rows = await db
    .select()
    .from(taskInstances)
    .where(eq(taskInstances.attempt, attempt))
    .orderBy(taskInstances.ref)
  return rows.map(fromRow)
}

/** A family that was on so many papers within this time is known to many. */
const CROWDED = 60
const CROWDED_WITHIN = days(90)

/** Which of these families were shown too often of late. It reads at most sixty entries of each. */
export async function crowdedFamilies(
  db: Database,
  { exam, families, now }: { readonly exam: string; readonly families: readonly string[]; readonly now: Instant },
): Promise<ReadonlySet<string>> {
  const since = minus(now, CROWDED_WITHIN)
  const rows = await db.all<{ family: string }>(
    sql`select j.value as family from json_each(${JSON.stringify(families)}) j
      where exists (select 1 from task_instances t where t.exam = ${exam} and t.family = j.value and t.drawn_at > ${since} limit 1 offset ${CROWDED - 1})`,
  )
  return new Set(rows.map(({ family }) => family))
}

/** A family is tried when so many papers with it ran their course: fewer say nothing of it. */
const TRIED = 30

/** Whether any of these families is on fewer graded papers than say something of it. It reads at most thirty of each. */
export async function hasUntriedFamily(
  db: Database,
  { exam, families }: { readonly exam: string; readonly families: readonly string[] },
): Promise<boolean> {
  const rows = await db.all(
    sql`select j.value as family from json_each(${JSON.stringify(families)}) j
      where not exists (select 1 from task_instances t join attempts a on a.id = t.attempt_id
        where t.exam = ${exam} and t.family = j.value and a.status = 'graded' and a.reason in ('submitted', 'deadline') limit 1 offset ${TRIED - 1})
      limit 1`,
  )
  return rows.length > 0
}

/** Records what the graders said, for the batch of the grade. */
export const gradeTasksStatements = (
  db: Database,
  attempt: AttemptId,
  grades: readonly { readonly ref: string; readonly grader: number; readonly grade: TaskGrade }[],
): Statement[] =>
  grades.map(({ ref, grader, grade }) =>
    db.insert(taskGrades).values({ attempt, ref, grader, grade: JSON.stringify(grade) }),
  )

/** What the graders said of a paper, by ref: of several grades of a task the newest grader's. */
export async function taskGradesOf(db: Database, attempt: AttemptId): Promise<Readonly<Record<string, TaskGrade>>> {
  const rows = await db.select().from(taskGrades).where(eq(taskGrades.attempt, attempt)).orderBy(taskGrades.grader)
  return Object.fromEntries(rows.map(({ ref, grade }) => [ref, JSON.parse(grade) as TaskGrade]))
}

/** Deletes the tasks of a person's attempts and what was said of them, for the batch of an erasure; it stands before the attempts go. */
export const eraseTasksStatements = (db: Database, worker: string): Statement[] => {
  const mine = sql`(select id from attempts where worker = ${worker})`
  return [
    db.delete(taskInstances).where(sql`${taskInstances.attempt} in ${mine}`),
    db.delete(taskGrades).where(sql`${taskGrades.attempt} in ${mine}`),
  ]
}
