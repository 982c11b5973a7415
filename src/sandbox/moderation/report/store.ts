import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  max,
  min,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import { reporters, reports } from '../tables.ts'
import type { Reporter } from './priority.ts'

export type Report = typeof reports.$inferSelect

const unknown = (id: string): Reporter => ({
  id,
  upheld: 0,
  rejected: 0,
  muting: 'by-record',
  mutedBy: null,
  mutedAt: null,
  muteNote: null,
})

/** Who somebody is as a reporter; one who never reported has an empty record. */
export async function readReporter(db: Database, id: string): Promise<Reporter> {
  const [row] = await db.select().from(reporters).where(eq(reporters.id, id))
  return row ?? unknown(id)
}

/** What a report of a job is about: the job, and for one that counts anew after a judgement the job as it was rewritten. */
export const aboutJob = (job: string, rewritten?: number): string =>
  rewritten === undefined ? `job:${job}` : `job:${job}@${rewritten}`

/** The last report that somebody made of a job. */
export async function lastReport(db: Database, job: string, reporter: string): Promise<Report | undefined> {
  const about = aboutJob(job)
  const [row] = await db
    .select()
    .from(reports)
    .where(
      and(
        eq(reports.reporter, reporter),
        // A is what comes behind @
        or(eq(reports.about, about), and(gte(reports.about, `${about}@`), lt(reports.about, `${about}A`))),
      ),
    )
    .orderBy(desc(reports.at), desc(reports.id))
    .limit(1)
  return row
}

/** How many reports somebody has made in all and since `since`, and when the first of these was. */
export async function countReports(
  db: Database,
  reporter: string,
  since: Instant,
): Promise<{ readonly made: number; readonly recent: number; readonly firstRecent: Instant | null }> {
  const [all, recent] = await Promise.all([
    db
      .select({ n: max(reports.ordinal) })
      .from(reports)
      .where(eq(reports.reporter, reporter)),
    db
      .select({ n: count(), first: min(reports.at) })
      .from(reports)
      .where(and(eq(reports.reporter, reporter), gt(reports.at, since))),
  ])
  return { made: all[0]?.n ?? 0, recent: recent[0]?.n ?? 0, firstRecent: (recent[0]?.first ?? null) as Instant | null }
}

/** Statements that log a report. The batch fails when this person has reported the same, or anything else, meanwhile. */
export const reportInsertion = (db: Database, report: Omit<Report, 'subject' | 'outcome'>) =>
  [
    db.insert(reporters).values({ id: report.reporter }).onConflictDoNothing(),
    db.insert(reports).values(report),
  ] as const

/** Whoever made a report that is tied to a case, those without effect included, each with a notice that names the report, for statements of other rooms. */
export const reportersTold = (subject: string, notice: object): SQL =>
  sql`SELECT ${reports.reporter} AS person, json_set(${JSON.stringify(notice)}, '$.report', ${reports.id}) AS notice FROM ${reports} WHERE ${reports.subject} = ${subject}`

/** A report with the record of who made it. */
export interface RecordedReport {
  readonly report: Report
  readonly record: Reporter
}

/** The first reports of a case, so many at most, each with the record of who made it. */
export const firstReports = (db: Database, subject: string, limit: number): Promise<RecordedReport[]> =>
  db
    .select({ report: reports, record: reporters })
    .from(reports)
    .innerJoin(reporters, eq(reporters.id, reports.reporter))
    .where(eq(reports.subject, subject))
    .orderBy(asc(reports.at), asc(reports.id))
    .limit(limit)

/** How many reports are tied to a case. */
export async function countReportsOf(db: Database, subject: string): Promise<number> {
  const [row] = await db.select({ n: count() }).from(reports).where(eq(reports.subject, subject))
  return row?.n ?? 0
}

/** A report of a case by its id. */
export async function findReportOf(db: Database, subject: string, id: string): Promise<Report | undefined> {
  const [row] = await db
    .select()
    .from(reports)
    .where(and(eq(reports.id, id), eq(reports.subject, subject)))
  return row
}

export const latestReportsBy = (db: Database, reporter: string, limit: number): Promise<Report[]> =>
  db
    .select()
    .from(reports)
    .where(eq(reports.reporter, reporter))
    .orderBy(desc(reports.at), desc(reports.id))
    .limit(limit)

/** Statements that judge the reports of a case and count again what their reporters' records are. */
export function judgeReports(db: Database, subject: string, outcome: 'upheld' | 'rejected') {
  const counted = (which: 'upheld' | 'rejected') =>
    sql`(SELECT count(*) FROM ${reports} WHERE ${reports.reporter} = ${reporters.id} AND ${reports.outcome} = ${which})`
  const concerned = db.select({ id: reports.reporter }).from(reports).where(eq(reports.subject, subject))
  return [
    db.update(reports).set({ outcome }).where(eq(reports.subject, subject)),
    db
      .update(reporters)
      .set({ upheld: counted('upheld'), rejected: counted('rejected') })
      .where(inArray(reporters.id, concerned)),
  ] as const
}

export async function setMuting(
  db: Database,
  reporter: string,
  change: Pick<Reporter, 'muting' | 'mutedBy' | 'mutedAt' | 'muteNote'>,
): Promise<Reporter> {
  const [row] = await db
    .insert(reporters)
    .values({ id: reporter, ...change })
    .onConflictDoUpdate({ target: reporters.id, set: change })
    .returning()
  return row ?? unknown(reporter)
}

/** How many reports of somebody wait for a judgement. */
export async function countPending(db: Database, reporter: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(reports)
    .where(and(eq(reports.reporter, reporter), isNull(reports.outcome)))
  return row?.n ?? 0
}

/** Statements that forget what an erased person wrote and what was noted of them; that they reported stays, under an id that names nobody any more. */
export const forgetReports = (db: Database, reporter: string) =>
  [
    db.update(reports).set({ detail: '' }).where(eq(reports.reporter, reporter)),
    db
      .update(reporters)
      .set({ muteNote: '' })
      .where(and(eq(reporters.id, reporter), isNotNull(reporters.muteNote))),
  ] as const
