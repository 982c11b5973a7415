import { eq, sql } from 'drizzle-orm'
import { type Duration, milliseconds } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import { testClock } from './tables.ts'

const ONLY = 'clock'

/** By how much the test clock is ahead of the real one. */
export async function readClock(db: Database): Promise<Duration> {
  const [row] = await db.select().from(testClock).where(eq(testClock.id, ONLY))
  return milliseconds(row?.movedBy ?? 0)
}

/** Moves the test clock on and says by how much it is ahead now. */
export async function moveClock(db: Database, by: Duration): Promise<Duration> {
  const [row] = await db
    .insert(testClock)
    .values({ id: ONLY, movedBy: by })
    .onConflictDoUpdate({ target: testClock.id, set: { movedBy: sql`${testClock.movedBy} + ${by}` } })
    .returning({ movedBy: testClock.movedBy })
  return milliseconds(row?.movedBy ?? 0)
}
