import { eq } from 'drizzle-orm'
import { type Database, inParts, isAmong, rowsFor, type Statement } from '../../../world/database.ts'
import type { Introduction } from './introduction.ts'
import { introductions } from './tables.ts'

/** What these workers tell of themselves, or all. */
export const readIntroductions = (db: Database, ids?: readonly string[]): Promise<Introduction[]> =>
  db
    .select()
    .from(introductions)
    .where(ids && isAmong(introductions.worker, ids))

/** Statements that write introductions of people who have none. */
export const insertIntroductions = (db: Database, rows: readonly Introduction[]): Statement[] =>
  inParts(rows).map((part) => db.insert(introductions).select(rowsFor(introductions, part)).onConflictDoNothing())

/** A statement that forgets what a worker told of themselves. */
export const forgetIntroduction = (db: Database, worker: string) =>
  db.delete(introductions).where(eq(introductions.worker, worker))
