import { asc, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import { indexedText, jobText } from '../../platform/words/full-text.ts'
import type { Database, Statement } from '../../world/database.ts'
import { badges, rankingSignals } from '../evidence/tables.ts'
import { jobs } from '../job/tables.ts'
import { reviewTotals, workers } from '../people/tables.ts'
import type { ReviewNorms, Worker } from '../people/worker.ts'
import type { Remembered } from './category-order.ts'
import { groupByWorker, type MarketFacts } from './market.ts'
import type { TrialDraw } from './open-trial-slots.ts'
import { standardise } from './quality.ts'
import { trialDraws, workerChanges, workerTexts } from './tables.ts'

const ROWS_PER_INSERT = 200

export interface Shown {
  readonly day: string
  readonly category: string
  readonly now: Instant
}

/** Logs trial slots at their first showing. */
export async function logTrialDraws(db: Database, shown: Shown, draws: readonly TrialDraw[]): Promise<void> {
  if (draws.length === 0) return
  const rows = draws.map((draw) => ({ day: shown.day, category: shown.category, ...draw, firstShownAt: shown.now }))
  await db.insert(trialDraws).values(rows).onConflictDoNothing()
}

type Named = Pick<Worker, 'id' | 'name' | 'reading' | 'skillsJa' | 'skillsEn'>

/** Statements that index the words of workers; those that are indexed already get their new words. */
export function indexWorkers(db: Database, named: readonly Named[]): Statement[] {
  const rows = named.map(({ id, name, reading, skillsJa, skillsEn }) => ({ worker: id, text: indexedText([name, reading, skillsJa, skillsEn]) }))
  return Array.from({ length: Math.ceil(rows.length / ROWS_PER_INSERT) }, (_, slice) =>
    db
      .insert(workerTexts)
      .values(rows.slice(slice * ROWS_PER_INSERT, (slice + 1) * ROWS_PER_INSERT))
      .onConflictDoUpdate({ target: workerTexts.worker, set: { text: sql`excluded.text` } }),
  )
}

/** Workers whose words are not indexed, such as those of a database that is older than the index. */
export const unindexedWorkers = (db: Database): Promise<Named[]> =>
  db
    .select({ id: workers.id, name: workers.name, reading: workers.reading, skillsJa: workers.skillsJa, skillsEn: workers.skillsEn })
    .from(workers)
    .where(sql`${workers.erasedAt} IS NULL AND ${workers.id} NOT IN (SELECT ${workerTexts.worker} FROM ${workerTexts})`)

/** Statements that index the words of jobs whose text is missing, such as those of an index that was made anew. */
export async function indexMissingJobs(db: Database): Promise<Statement[]> {
  const missing = await db.select({ doc: jobs.doc, title: jobs.title, body: jobs.body }).from(jobs).where(sql`search_text = ''`)
  return missing.map(({ doc, title, body }) =>
    db
      .update(jobs)
      .set({ searchText: jobText({ title, body }) })
      .where(eq(jobs.doc, doc)),
  )
}

/** Number of the last change of any worker. */
export async function lastChange(db: Database): Promise<number> {
  const [row] = await db.select({ seq: workerChanges.seq }).from(workerChanges).orderBy(desc(workerChanges.seq)).limit(1)
  return row?.seq ?? 0
}

/** Workers who changed after a change, and the number of the last of these changes. */
export async function changesSince(db: Database, seq: number): Promise<{ readonly workers: readonly string[]; readonly seq: number }> {
  const rows = await db.select().from(workerChanges).where(gt(workerChanges.seq, seq)).orderBy(asc(workerChanges.seq))
  return { workers: rows.map(({ worker }) => worker), seq: rows.at(-1)?.seq ?? seq }
}

/** Reads rows of these workers in parts that a statement can name; of all where none are named. */
async function ofWorkers<T>(ids: readonly string[] | undefined, column: SQLiteColumn, read: (where: SQL | undefined) => PromiseLike<T[]>): Promise<T[]> {
  if (ids === undefined) return read(undefined)
  const parts: T[][] = []
  for (let at = 0; at < ids.length; at += ROWS_PER_INSERT) parts.push(await read(inArray(column, ids.slice(at, at + ROWS_PER_INSERT))))
  return parts.flat()
}

/** All that is known of some workers, or of all. */
export async function readFactsOf(db: Database, norms: ReviewNorms, ids?: readonly string[]): Promise<MarketFacts> {
  const [people, totals, held, signals] = await Promise.all([
    ofWorkers(ids, workers.id, (where) => db.select().from(workers).where(where)),
    ofWorkers(ids, reviewTotals.worker, (where) => db.select().from(reviewTotals).where(where)),
    ofWorkers(ids, badges.worker, (where) => db.select().from(badges).where(where).orderBy(asc(badges.worker), asc(badges.credential))),
    ofWorkers(ids, rankingSignals.worker, (where) => db.select().from(rankingSignals).where(where)),
  ])
  return { workers: people, totals, norms, badges: held, signals }
}

/** What is remembered of some workers, or of all. */
export async function readMemories(db: Database, norms: ReviewNorms, ids?: readonly string[]): Promise<Remembered[]> {
  const { id, categories, standing, erasedAt, hourlyRate } = workers
  const { exam, status, validUntil } = badges
  const [people, totals, held, signals] = await Promise.all([
    ofWorkers(ids, id, (where) => db.select({ id, categories, standing, erasedAt, hourlyRate, doc: workerTexts.doc }).from(workers).leftJoin(workerTexts, eq(workerTexts.worker, id)).where(where)),
    ofWorkers(ids, reviewTotals.worker, (where) => db.select().from(reviewTotals).where(where)),
    ofWorkers(ids, badges.worker, (where) => db.select({ worker: badges.worker, exam, status, validUntil }).from(badges).where(where).orderBy(asc(badges.worker), asc(badges.credential))),
    ofWorkers(ids, rankingSignals.worker, (where) => db.select().from(rankingSignals).where(where)),
  ])
  const totalsOf = new Map(totals.map((row) => [row.worker, row]))
  const badgesOf = groupByWorker(held)
  const signalsOf = groupByWorker(signals.map(({ explanationJa: _ja, explanationEn: _en, ...signal }) => signal))
  return people.map(({ hourlyRate: rate, doc, ...worker }) => ({
    worker,
    reviews: standardise(totalsOf.get(worker.id), norms),
    badges: badgesOf.get(worker.id) ?? [],
    signals: signalsOf.get(worker.id) ?? [],
    hourlyRate: rate,
    doc: doc ?? undefined,
  }))
}

/** Statement that takes the words of workers who left the index out of its pages: until then they stand there, marked as deleted. */
export const forgetIndexedWords = (db: Database) => db.run(sql`INSERT INTO worker_index (worker_index) VALUES ('optimize')`)
