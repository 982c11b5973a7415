import { eq, sql } from 'drizzle-orm'
import {
  type Database,
  gathered,
  gatheredRows,
  inParts,
  isAmong,
  rowsFor,
  type Statement,
} from '../../../world/database.ts'
import { introductions, workers } from '../tables.ts'
import type { Introduction } from './introduction.ts'

/** What these workers tell of themselves, or all. */
export const readIntroductions = (db: Database, ids?: readonly string[]): Promise<Introduction[]> =>
  db
    .select()
    .from(introductions)
    .where(ids && isAmong(introductions.worker, ids))

/** The parts of days on which these workers work, or all. */
export async function readWeeks(
  db: Database,
  ids?: readonly string[],
): Promise<Pick<Introduction, 'worker' | 'week'>[]> {
  const columns = { worker: introductions.worker, week: introductions.week }
  const texts = await db
    .select(gathered(columns))
    .from(introductions)
    .where(ids && isAmong(introductions.worker, ids))
  return gatheredRows(columns, texts)
}

/** Statements that write introductions of people who have none. */
export const insertIntroductions = (db: Database, rows: readonly Introduction[]): Statement[] =>
  inParts(rows).map((part) => db.insert(introductions).select(rowsFor(introductions, part)).onConflictDoNothing())

/** What a worker offers beside the words. */
export interface Offer {
  readonly skillsJa: string
  readonly skillsEn: string
  /** Yen per hour. */
  readonly hourlyRate: number
}

/** Statements that write what a worker tells of themselves and offers; of somebody who was erased meanwhile nothing is written. */
export function introduce(db: Database, introduction: Introduction, offer: Offer): readonly [Statement, Statement] {
  const { worker, ...told } = introduction
  return [
    db.update(workers).set(offer).where(sql`${workers.id} = ${worker} AND ${workers.erasedAt} IS NULL`),
    db
      .insert(introductions)
      .select(
        sql`${rowsFor(introductions, [introduction])} AND EXISTS (SELECT 1 FROM ${workers} WHERE ${workers.id} = ${worker} AND ${workers.erasedAt} IS NULL)`,
      )
      .onConflictDoUpdate({ target: introductions.worker, set: told }),
  ]
}

/** A statement that forgets what a worker told of themselves. */
export const forgetIntroduction = (db: Database, worker: string) =>
  db.delete(introductions).where(eq(introductions.worker, worker))
