import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import { pastReviews, reviewNorms, reviewTotals, workers } from './tables.ts'
import type { Review, ReviewNorms, ReviewTotals, StandingStatus, Worker } from './worker.ts'

const SEED_NORMS = 'seed'
const ROWS_PER_INSERT = 200

export async function findWorker(db: Database, id: string): Promise<Worker | undefined> {
  const [row] = await db.select().from(workers).where(eq(workers.id, id))
  return row
}

/** Everybody who was not erased. */
export const listWorkers = (db: Database): Promise<Worker[]> => db.select().from(workers).where(isNull(workers.erasedAt))

export const listReviewTotals = (db: Database): Promise<ReviewTotals[]> => db.select().from(reviewTotals)

export async function readNorms(db: Database): Promise<ReviewNorms | undefined> {
  const [row] = await db.select().from(reviewNorms).where(eq(reviewNorms.id, SEED_NORMS))
  return row
}

export const latestReviews = (db: Database, worker: string, limit: number): Promise<Review[]> =>
  db.select().from(pastReviews).where(eq(pastReviews.worker, worker)).orderBy(desc(pastReviews.at), desc(pastReviews.id)).limit(limit)

/** Sets the standing and raises its version; put the announcement behind it in the same batch. */
export const standingChange = (db: Database, worker: string, status: StandingStatus) =>
  db
    .update(workers)
    .set({ standing: status, standingVersion: sql`${workers.standingVersion} + 1` })
    .where(and(eq(workers.id, worker), isNull(workers.erasedAt)))
    .returning({ status: workers.standing, version: workers.standingVersion })

/** Forgets who a worker was; the id stays as a tombstone. */
export const erasure = (db: Database, worker: string, now: Instant) =>
  db
    .update(workers)
    .set({ erasedAt: now, name: '', reading: '', skillsJa: '', skillsEn: '', standingVersion: sql`${workers.standingVersion} + 1` })
    .where(and(eq(workers.id, worker), isNull(workers.erasedAt)))
    .returning({ version: workers.standingVersion })

function* slices<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) yield rows.slice(at, at + ROWS_PER_INSERT)
}

export interface SeedRows {
  readonly workers: readonly Worker[]
  readonly reviews: readonly Review[]
  readonly totals: readonly ReviewTotals[]
  readonly norms: ReviewNorms
}

/** Writes the seed in one transaction; rows that are there already stay as they are. */
export async function insertSeed(db: Database, seed: SeedRows): Promise<void> {
  const statements: Statement[] = []
  for (const rows of slices(seed.workers)) statements.push(db.insert(workers).values(rows).onConflictDoNothing())
  for (const rows of slices(seed.reviews)) statements.push(db.insert(pastReviews).values(rows).onConflictDoNothing())
  for (const rows of slices(seed.totals)) statements.push(db.insert(reviewTotals).values(rows).onConflictDoNothing())
  const last = db
    .insert(reviewNorms)
    .values({ id: SEED_NORMS, ...seed.norms })
    .onConflictDoNothing()
  const [first, ...rest] = statements
  await db.batch(first ? [first, ...rest, last] : [last])
}
