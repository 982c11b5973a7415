import { and, eq, gt, sql } from 'drizzle-orm'
import { type Duration, milliseconds } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import { faults, testClock } from './tables.ts'

const CLOCK = 'clock'

/** By how much the test clock is ahead of the real one. */
export async function readClock(db: Database): Promise<Duration> {
  const [row] = await db.select().from(testClock).where(eq(testClock.id, CLOCK))
  return milliseconds(row?.movedBy ?? 0)
}

/** Moves the test clock on and says by how much it is ahead now. */
export async function moveClock(db: Database, by: Duration): Promise<Duration> {
  const [row] = await db
    .insert(testClock)
    .values({ id: CLOCK, movedBy: by })
    .onConflictDoUpdate({ target: testClock.id, set: { movedBy: sql`${testClock.movedBy} + ${by}` } })
    .returning({ movedBy: testClock.movedBy })
  return milliseconds(row?.movedBy ?? 0)
}

const API = 'api'

interface Fault {
  /** HTTP status to refuse with; null when the call is only slowed down. */
  readonly status: number | null
  readonly delayMs: number
}

/** Sets the fault of the next `remaining` calls; 0 clears it. */
export async function setFault(db: Database, fault: Fault & { readonly remaining: number }): Promise<void> {
  await db
    .insert(faults)
    .values({ id: API, ...fault })
    .onConflictDoUpdate({ target: faults.id, set: fault })
}

/** The fault of this call, used up by one; undefined when none is left. */
export async function takeFault(db: Database): Promise<Fault | undefined> {
  const [fault] = await db
    .update(faults)
    .set({ remaining: sql`${faults.remaining} - 1` })
    .where(and(eq(faults.id, API), gt(faults.remaining, 0)))
    .returning({ status: faults.status, delayMs: faults.delayMs })
  return fault
}
