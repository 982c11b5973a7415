import { and, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../../world/database.ts'
import { faults } from './tables.ts'

const ONLY = 'api'

export interface Fault {
  /** HTTP status to refuse with; null when the call is only slowed down. */
  readonly status: number | null
  readonly delayMs: number
}

/** Sets the fault of the next `remaining` calls; 0 clears it. */
export async function setFault(db: Database, fault: Fault & { readonly remaining: number }): Promise<void> {
  await db
    .insert(faults)
    .values({ id: ONLY, ...fault })
    .onConflictDoUpdate({ target: faults.id, set: fault })
}

/** The fault of this call, used up by one; undefined when none is left. */
export async function takeFault(db: Database): Promise<Fault | undefined> {
  const [fault] = await db
    .update(faults)
    .set({ remaining: sql`${faults.remaining} - 1` })
    .where(and(eq(faults.id, ONLY), gt(faults.remaining, 0)))
    .returning({ status: faults.status, delayMs: faults.delayMs })
  return fault
}
