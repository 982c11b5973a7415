import { and, asc, eq, lt, sql } from 'drizzle-orm'
import type { AttemptId } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import type { Archived } from '../attempt.ts'
import { attemptEvents, attempts, responses, taskGrades, taskInstances } from '../tables.ts'

/** Attempts of an exam that were graded before a time and are not in the archive, the oldest first. */
export async function attemptsToArchive(
  db: Database,
  { exam, before, limit }: { readonly exam: string; readonly before: Instant; readonly limit: number },
): Promise<{ readonly id: AttemptId; readonly gradedAt: number }[]> {
  const rows = await db
    .select({ id: attempts.id, gradedAt: attempts.gradedAt })
    .from(attempts)
    .where(
      and(
        eq(attempts.exam, exam),
        // written out: SQLite takes a partial index only where the statement itself says so
        sql`${attempts.status} = 'graded' and ${attempts.archived} is null`,
        lt(attempts.gradedAt, before),
      ),
    )
    .orderBy(asc(attempts.gradedAt))
    .limit(limit)
  return rows.map(({ id, gradedAt }) => ({ id: id as AttemptId, gradedAt: gradedAt ?? 0 }))
}

/**
 * Takes the work of an attempt out of the database, now that it is in the archive; nothing of it happens to one that somebody
 * else archived or erased meanwhile. What figures of families count stays.
 */
export function archiveStatements(db: Database, id: AttemptId, archived: Archived): [Statement, ...Statement[]] {
  const json = JSON.stringify(archived)
  const isOurs = sql`exists (select 1 from attempts a where a.id = ${id} and a.archived = ${json})`
  return [
    db
      .update(attempts)
      .set({ archived: json })
      .where(and(eq(attempts.id, id), sql`${attempts.archived} is null`))
      .returning({ id: attempts.id }),
    db.delete(responses).where(and(eq(responses.attempt, id), isOurs)),
    db.delete(taskGrades).where(and(eq(taskGrades.attempt, id), isOurs)),
    db
      .update(taskInstances)
      .set({ drawing: '' })
      .where(and(eq(taskInstances.attempt, id), isOurs)),
  ]
}

/** The attempts of a person of which the archive may hold something, whether the database has come to know it or not. */
export async function archivableOf(db: Database, worker: string): Promise<string[]> {
  const rows = await db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(eq(attempts.worker, worker), eq(attempts.status, 'graded')))
  return rows.map(({ id }) => id)
}

/** Which of some attempts were of people who are erased. */
export async function erasedAmong(db: Database, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: attemptEvents.attempt })
    .from(attemptEvents)
    .where(
      and(
        sql`${attemptEvents.attempt} in (select value from json_each(${JSON.stringify(ids)}))`,
        eq(attemptEvents.type, 'erased'),
      ),
    )
  return rows.map(({ id }) => id)
}
