import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import { type Database, isAmong, type Statement } from '../../../world/database.ts'
import { mayTakeWork } from '../../people/store.ts'
import { acceptByApplying, acceptByContract } from '../invitation/store.ts'
import type { Application, ApplicationState, Job } from '../job.ts'
import { countHired, jobOf } from '../store.ts'
import { applications, jobs } from '../tables.ts'

/** When somebody has applied, the newest first. */
export async function applicationTimes(db: Database, worker: string, limit: number): Promise<Instant[]> {
  const rows = await db
    .select({ at: applications.createdAt })
    .from(applications)
    .where(eq(applications.worker, worker))
    .orderBy(desc(applications.createdAt))
    .limit(limit)
  return rows.map(({ at }) => at)
}

/** Writes an application if the job is open, the worker may apply, has not and has made fewer than `most` in each of these spans; the first of the same job stays. It accepts the invitation to the job, if there was one. Tells whether it was written. */
export async function insertApplication(
  db: Database,
  application: Application,
  spans: readonly { readonly most: number; readonly since: Instant }[],
): Promise<boolean> {
  const { id, job, worker, message, amount, state, createdAt } = application
  const isAllowed = spans.map(
    ({ most, since }) =>
      sql`(SELECT count(*) FROM ${applications} WHERE ${applications.worker} = ${worker} AND ${applications.createdAt} > ${since}) < ${most}`,
  )
  const row = db
    .select({
      id: sql<string>`${id}`.as('id'),
      job: jobs.id,
      worker: sql<string>`${worker}`.as('worker'),
      message: sql<string>`${message}`.as('message'),
      amount: sql<number | null>`${amount}`.as('amount'),
      state: sql<ApplicationState>`${state}`.as('state'),
      createdAt: sql<Instant>`${createdAt}`.as('created_at'),
    })
    .from(jobs)
    .where(
      and(
        eq(jobs.id, job),
        eq(jobs.listed, true),
        sql`(${jobs.closesAt} IS NULL OR ${jobs.closesAt} > ${createdAt})`,
        mayTakeWork(worker),
        ...isAllowed,
      ),
    )
  const [rows] = await db.batch([
    db.insert(applications).select(row).onConflictDoNothing().returning({ id: applications.id }),
    acceptByApplying(db, { job, worker, now: createdAt }),
  ])
  return (rows as unknown[]).length === 1
}

export async function findApplication(
  db: Database,
  id: string,
): Promise<{ application: Application; job: Job } | undefined> {
  const [row] = await db
    .select()
    .from(applications)
    .innerJoin(jobs, eq(jobs.id, applications.job))
    .where(eq(applications.id, id))
  return row && { application: row.applications, job: jobOf(row.jobs) }
}

export async function applicationOf(db: Database, job: string, worker: string): Promise<Application | undefined> {
  const [row] = await db
    .select()
    .from(applications)
    .where(and(eq(applications.job, job), eq(applications.worker, worker)))
  return row
}

/** Whether a worker has applied for a job and nothing has come of it yet, for statements of other rooms. */
export const isApplying = (job: string, worker: string): SQL =>
  sql`EXISTS (SELECT 1 FROM ${applications} WHERE ${applications.job} = ${job} AND ${applications.worker} = ${worker} AND ${applications.state} = 'open')`

/** Whether a worker has not withdrawn from a job, for statements of other rooms. */
export const hasNotWithdrawn = (job: string, worker: string): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM ${applications} WHERE ${applications.job} = ${job} AND ${applications.worker} = ${worker} AND ${applications.state} = 'withdrawn')`

/** Which of these workers have applied for which of these jobs. */
export const applicationsAmong = (
  db: Database,
  { workers, jobs: of }: { readonly workers: readonly string[]; readonly jobs: readonly string[] },
): Promise<Pick<Application, 'job' | 'worker'>[]> =>
  db
    .select({ job: applications.job, worker: applications.worker })
    .from(applications)
    .where(and(isAmong(applications.worker, workers), isAmong(applications.job, of)))

/** Applications for a job, the newest first. */
export const applicationsFor = (db: Database, job: string, limit: number): Promise<Application[]> =>
  db
    .select()
    .from(applications)
    .where(eq(applications.job, job))
    .orderBy(desc(applications.createdAt), desc(applications.id))
    .limit(limit)

export async function countApplicants(db: Database, job: string): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(applications)
    .where(and(eq(applications.job, job), inArray(applications.state, ['open', 'hired'])))
  return row?.n ?? 0
}

/** A worker's applications with their jobs, the newest first, from behind the given one on. */
export async function applicationsBy(
  db: Database,
  of: {
    readonly worker: string
    readonly after: Pick<Application, 'createdAt' | 'id'> | undefined
    readonly limit: number
  },
): Promise<{ application: Application; job: Job }[]> {
  const { worker, after, limit } = of
  const behind =
    after &&
    or(
      lt(applications.createdAt, after.createdAt),
      and(eq(applications.createdAt, after.createdAt), lt(applications.id, after.id)),
    )
  const rows = await db
    .select()
    .from(applications)
    .innerJoin(jobs, eq(jobs.id, applications.job))
    .where(and(eq(applications.worker, worker), behind))
    .orderBy(desc(applications.createdAt), desc(applications.id))
    .limit(limit)
  return rows.map((row) => ({ application: row.applications, job: jobOf(row.jobs) }))
}

/** Withdraws an application that is open. */
export const withdrawal = (db: Database, id: string) =>
  db
    .update(applications)
    .set({ state: 'withdrawn' })
    .where(and(eq(applications.id, id), eq(applications.state, 'open')))
    .returning()

/** Statements for the batch in which a contract for a job is formed: one more is hired, and the application and the invitation, if there was one, have succeeded. */
export const markHired = (
  db: Database,
  { job, worker, now }: { readonly job: string; readonly worker: string; readonly now: Instant },
): [Statement, Statement, Statement] => [
  acceptByContract(db, { job, worker, now }),
  countHired(db, job),
  db
    .update(applications)
    .set({ state: 'hired' })
    .where(and(eq(applications.job, job), eq(applications.worker, worker), eq(applications.state, 'open'))),
]
