import { and, desc, eq, gt, inArray, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import { type Database, isAmong, rowsFor, type Statement } from '../../world/database.ts'
import type { Band } from '../detector/judge/calibration.ts'
import type { Category, StandingStatus } from '../people/worker.ts'
import { type Job, jobText, MANY_APPLICANTS, STARTER_YEN, WORKERS_PAID, type written } from './job.ts'
import { clientFactor, log2Factor, unknownClient } from './quality.ts'
import { applications, clientHistories, jobListings, jobs } from './tables.ts'

// @NOTE Jobs of a client who is suspended leave the search with the change of `clients.standing` itself, and return with it: a trigger sees to that.

type Row = typeof jobs.$inferSelect

export function jobOf(row: Row): Job {
  const {
    doc: _doc,
    postNumber: _number,
    clarityScore: _clarity,
    suspicionScore,
    clientScore: _client,
    listed: _listed,
    rank: _rank,
    requestKey: _key,
    searchText: _text,
    ...job
  } = row
  return { ...job, cleared: suspicionScore === 0 }
}

const next = sql`${jobs.version} + 1`
const outcome = { id: jobs.id, version: jobs.version }

export async function findJob(db: Database, id: string): Promise<Job | undefined> {
  const [row] = await db.select().from(jobs).where(eq(jobs.id, id))
  return row && jobOf(row)
}

/** Those of these jobs that say word for word the same as this one, and offer the same pay in the same category. */
export async function jobsSayingTheSame(
  db: Database,
  { title, body, category, payType, payAmount }: Job,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        isAmong(jobs.id, ids),
        ...[eq(jobs.title, title), eq(jobs.body, body)],
        // the plus keeps it from the index of the category: there are a few ids
        sql`+${jobs.category} = ${category}`,
        ...[eq(jobs.payType, payType), eq(jobs.payAmount, payAmount)],
      ),
    )
  return rows.map(({ id }) => id)
}

/** The job that a request brought about, by person and Idempotency-Key. */
export async function findRequestedJob(db: Database, requestKey: string): Promise<Job | undefined> {
  const [row] = await db.select().from(jobs).where(eq(jobs.requestKey, requestKey))
  return row && jobOf(row)
}

/** A client's jobs, the newest first, from before the given one on. */
export async function jobsOfClient(
  db: Database,
  of: { readonly client: string; readonly before: number | undefined; readonly limit: number },
): Promise<{ job: Job; number: number }[]> {
  const rows = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.client, of.client), of.before === undefined ? undefined : lt(jobs.postNumber, of.before)))
    .orderBy(desc(jobs.postNumber))
    .limit(of.limit)
  return rows.map((row) => ({ job: jobOf(row), number: row.postNumber }))
}

/** How often a client has posted at all, and when the latest times, the newest first. */
export async function postsOf(
  db: Database,
  client: string,
  limit: number,
): Promise<{ readonly last: number; readonly times: readonly Instant[] }> {
  const rows = await db
    .select({ number: jobs.postNumber, at: jobs.createdAt })
    .from(jobs)
    .where(eq(jobs.client, client))
    .orderBy(desc(jobs.postNumber))
    .limit(limit)
  return { last: rows[0]?.number ?? 0, times: rows.map(({ at }) => at) }
}

export interface NewJob extends ReturnType<typeof written> {
  readonly id: string
  readonly client: string
  readonly clientStanding: StandingStatus
  readonly postNumber: number
  readonly requestKey: string | null
  readonly now: Instant
}

const scoreOfClient = (client: SQL) =>
  sql<number>`coalesce((SELECT ${clientHistories.score} FROM ${clientHistories} WHERE ${clientHistories.client} = ${client} AND ${clientHistories.counted} > 0), ${log2Factor(clientFactor(unknownClient))})`

/** Fails as a lost race when a client posted something else at the same moment, or the same request is repeated. */
export function insertJobs(db: Database, posted: readonly NewJob[]) {
  const rows = posted.map(({ now, ...job }) => ({
    ...job,
    hired: 0,
    restoredTo: job.state,
    takenDownUntil: null,
    createdAt: now,
    publishedAt: now,
    version: 1,
  }))
  const scored = rowsFor<typeof jobs, 'clientScore'>(jobs, rows, (cell) => ({
    clientScore: scoreOfClient(cell('client')),
  }))
  return db.insert(jobs).select(scored)
}

/** Whether a batch failed because another post was first, and changed nothing. */
export function isPostingRace(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/UNIQUE constraint failed: jobs\.(client|request_key)/.test(e.message)) return true
  return false
}

/** A statement that fails its whole batch when the job has changed since it was read: a version is never null. */
export const demandUnchanged = (db: Database, known: Pick<Job, 'id' | 'version'>) =>
  db
    .update(jobs)
    .set({ version: sql`NULL` })
    .where(and(eq(jobs.id, known.id), ne(jobs.version, known.version)))

/** Whether a batch failed because the job had changed, and changed nothing. */
export function isEditingRace(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/NOT NULL constraint failed: jobs\.version/.test(e.message)) return true
  return false
}

/** Writes an edited job; it goes behind `demandUnchanged`. */
export const rewriteJob = (
  db: Database,
  id: string,
  change: ReturnType<typeof written> & Partial<Pick<Job, 'restoredTo' | 'takenDownUntil'>>,
) =>
  db
    .update(jobs)
    .set({ ...change, version: next })
    .where(eq(jobs.id, id))

/** Closes a job that people could still see or wait for. One that waits for a person stays unseen. */
export const closeJobNow = (db: Database, id: string) =>
  db
    .update(jobs)
    .set({
      state: 'closed',
      restoredTo: sql`CASE ${jobs.state} WHEN 'held' THEN 'held' ELSE 'closed' END`,
      version: next,
    })
    .where(and(eq(jobs.id, id), inArray(jobs.state, ['published', 'queued', 'held'])))
    .returning(outcome)

/** Takes a job down, for good or until a time; one that is down stays so until the new time. */
export const takeDownJob = (db: Database, id: string, until: Instant | null) =>
  db
    .update(jobs)
    .set({
      state: 'taken-down',
      takenDownUntil: until,
      // what was closed stays closed when it returns; a job that waited for a person has had one
      restoredTo: sql`CASE ${jobs.state} WHEN 'taken-down' THEN ${jobs.restoredTo} WHEN 'closed' THEN 'closed' WHEN 'filled' THEN 'filled' ELSE 'published' END`,
      version: next,
    })
    .where(eq(jobs.id, id))
    .returning(outcome)

/** Lets a job return that was taken down, if `provided` holds at that moment. Does nothing to another one. */
export const restoreJob = (db: Database, id: string, provided?: SQL<boolean>) =>
  db
    .update(jobs)
    .set({ state: sql`${jobs.restoredTo}`, takenDownUntil: null, version: next })
    .where(and(eq(jobs.id, id), eq(jobs.state, 'taken-down'), provided))
    .returning(outcome)

/** A person found nothing wrong: a job that was queued or held is published, and what the detector suspected no longer lowers its place. */
export const publishJob = (db: Database, id: string, now: Instant) =>
  db
    .update(jobs)
    .set({
      state: 'published',
      suspicionScore: 0,
      publishedAt: sql`CASE ${jobs.state} WHEN 'held' THEN ${now} ELSE ${jobs.publishedAt} END`,
      version: next,
    })
    .where(and(eq(jobs.id, id), inArray(jobs.state, ['queued', 'held'])))
    .returning(outcome)

/** Counts somebody as hired; with the last one looked for, an open job is filled. */
export const countHired = (db: Database, id: string) =>
  db
    .update(jobs)
    .set({
      hired: sql`${jobs.hired} + 1`,
      state: sql`CASE WHEN ${jobs.state} IN ('published', 'queued') AND ${jobs.hired} + 1 >= ${jobs.headcount} THEN 'filled' ELSE ${jobs.state} END`,
      version: next,
    })
    .where(eq(jobs.id, id))

/** `isWithheld`, as a condition on rows of `jobs`. */
const withheld = sql`(${jobs.state} IN ('held', 'taken-down') OR (${jobs.state} = 'closed' AND ${jobs.restoredTo} = 'held') OR ${jobs.clientStanding} = 'suspended')`

/** Those of these jobs that everybody may read, and how they are called now. */
export async function publicJobs(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ id: jobs.id, title: jobs.title })
    .from(jobs)
    .where(and(isAmong(jobs.id, ids), sql`NOT ${withheld}`))
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** Those of these documents of the full-text index that are listed, with their numbers. */
export async function listedJobs(
  db: Database,
  docs: readonly number[],
): Promise<{ readonly doc: number; readonly job: Job }[]> {
  const rows = await db
    .select()
    .from(jobs)
    .where(and(isAmong(jobs.doc, docs), eq(jobs.listed, true)))
  return rows.map((row) => ({ doc: row.doc, job: jobOf(row) }))
}

/** The place of a listed job in the order of all: its rank, and its document. Undefined for any other. */
export async function placeOfJob(
  db: Database,
  id: string,
): Promise<{ readonly doc: number; readonly rank: number } | undefined> {
  const [row] = await db
    .select({ doc: jobListings.doc, rank: jobListings.rank })
    .from(jobs)
    .innerJoin(jobListings, eq(jobListings.doc, jobs.doc))
    .where(eq(jobs.id, id))
  return row
}

/** Closes jobs whose time is over; says how many. */
export async function closeExpired(db: Database, now: Instant): Promise<number> {
  const rows = await db
    .update(jobs)
    .set({ state: 'closed', restoredTo: 'closed', version: sql`${jobs.version} + 1` })
    .where(
      sql`${jobs.doc} IN (SELECT ${jobListings.doc} FROM ${jobListings} WHERE ${jobListings.closesAt} <= ${now} LIMIT 500)`,
    )
    .returning({ id: jobs.id })
  return rows.length
}

/** Statements that index the words of jobs whose text is missing, such as those of an index that was made anew. */
export async function indexMissingJobs(db: Database): Promise<Statement[]> {
  const missing = await db
    .select({ doc: jobs.doc, title: jobs.title, body: jobs.body })
    .from(jobs)
    .where(sql`search_text = ''`)
  return missing.map(({ doc, title, body }) =>
    db
      .update(jobs)
      .set({ searchText: jobText({ title, body }) })
      .where(eq(jobs.doc, doc)),
  )
}

/** Jobs of a category that were posted after a time, the newest first, so many at most. */
export const jobsPostedSince = (
  db: Database,
  of: { readonly category: Category; readonly after: Instant; readonly limit: number },
): Promise<{ readonly id: string; readonly client: string; readonly createdAt: Instant }[]> =>
  db
    .select({ id: jobs.id, client: jobs.client, createdAt: jobs.createdAt })
    .from(jobs)
    .where(and(eq(jobs.category, of.category), gt(jobs.createdAt, of.after)))
    .orderBy(desc(jobs.createdAt))
    .limit(of.limit)

/** Posts of every category and state that were written after a time, the newest first, so many at most. */
export async function jobsWrittenSince(
  db: Database,
  of: { readonly after: Instant; readonly limit: number },
): Promise<Job[]> {
  const newest = await db.select().from(jobs).orderBy(desc(jobs.doc)).limit(of.limit)
  return newest.filter(({ createdAt }) => createdAt > of.after).map(jobOf)
}

/** Who posted jobs and how they are called, in whatever state they are, by job. */
export async function jobHeads(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly client: string; readonly title: string }>> {
  const rows = await db
    .select({ id: jobs.id, client: jobs.client, title: jobs.title })
    .from(jobs)
    .where(isAmong(jobs.id, ids))
  return new Map(rows.map(({ id, ...head }) => [id, head]))
}

/** How many of the newest jobs of a category, posted after a time, the detector kept from being published. */
export async function countHeldSince(
  db: Database,
  of: { readonly category: Category; readonly after: Instant; readonly limit: number },
): Promise<number> {
  const newest = await db
    .select({ band: sql<Band>`json_extract(${jobs.assessment}, '$.band')` })
    .from(jobs)
    .where(and(eq(jobs.category, of.category), gt(jobs.createdAt, of.after)))
    .orderBy(desc(jobs.createdAt))
    .limit(of.limit)
  return newest.filter(({ band }) => band === 'hold').length
}

/** Listed jobs to start with, those in good places first, of which the rest is asked. */
const LOOKED_AT = 200

/**
 * Jobs of a category to start with, those in good places first: newcomers are welcome or the fixed pay is small, few have
 * applied, the client has paid several workers before, and no person has still to look at the post.
 */
export async function findStarterJobs(
  db: Database,
  { category, now }: { readonly category: Category; readonly now: Instant },
): Promise<string[]> {
  // the words of the index, so that it is used
  const isSmall = sql.raw(`(welcomes_newcomers OR (pay_type = 'fixed' AND pay_amount <= ${STARTER_YEN}))`)
  const listed = sql`SELECT doc, rank FROM ${jobListings} WHERE category = ${category} AND ${isSmall} AND (closes_at IS NULL OR closes_at > ${now}) ORDER BY rank DESC LIMIT ${LOOKED_AT}`
  const applicants = sql`SELECT count(*) FROM (SELECT 1 FROM ${applications} AS a WHERE a.job = j.id AND a.state <> 'withdrawn' LIMIT ${MANY_APPLICANTS})`
  const rows = await db.all<{ id: string }>(
    sql`SELECT j.id AS id FROM (${listed}) AS l CROSS JOIN ${jobs} AS j ON j.doc = l.doc CROSS JOIN ${clientHistories} AS h ON h.client = j.client
      WHERE j.state = 'published' AND h.paid_workers >= ${WORKERS_PAID} AND (${applicants}) < ${MANY_APPLICANTS} ORDER BY l.rank DESC`,
  )
  return rows.map(({ id }) => id)
}
