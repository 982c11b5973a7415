import { and, eq, sql } from 'drizzle-orm'
import { type Instant, instant, minus } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import { NETWORK_SLACK } from '../attempt.ts'
import type { Sighting } from '../may-sit.ts'
import { seenKeys } from '../tables.ts'

/** What a person has seen of an exam's keys, or of all exams'. */
export async function sightingsOf(db: Database, worker: string, exam?: string): Promise<Sighting[]> {
  const rows = await db
    .select()
    .from(seenKeys)
    .where(and(eq(seenKeys.worker, worker), exam === undefined ? undefined : eq(seenKeys.exam, exam)))
  return rows.map(({ exam: of, bankHash, until }) => ({ exam: of, bankHash, until: instant(until) }))
}

/** Until when a version counts as known to a person; undefined where it is not written down that they saw its keys. */
export async function seenKeysUntil(
  db: Database,
  seen: { worker: string; exam: string; bankHash: string },
): Promise<Instant | undefined> {
  const [row] = await db
    .select({ until: seenKeys.until })
    .from(seenKeys)
    .where(and(eq(seenKeys.worker, seen.worker), eq(seenKeys.exam, seen.exam), eq(seenKeys.bankHash, seen.bankHash)))
  return row && instant(row.until)
}

/**
 * Writes down that a person is about to see keys, the first time or once more, unless they are sitting the exam: a start
 * tests what stands here, and this tests what a start wrote, each in its one statement, so that one of the two comes first.
 * @returns whether it was written.
 */
export async function writeSeenKeys(
  db: Database,
  seen: { worker: string; exam: string; bankHash: string; until: Instant; now: Instant },
): Promise<boolean> {
  const { worker, exam, bankHash, until, now } = seen
  const rows = await db
    .insert(seenKeys)
    .select(
      sql`select ${worker}, ${exam}, ${bankHash}, ${now}, ${until}
        where not exists (select 1 from attempts where worker = ${worker} and exam = ${exam} and status = 'open' and deadline >= ${minus(now, NETWORK_SLACK)})`,
    )
    .onConflictDoUpdate({ target: [seenKeys.worker, seenKeys.exam, seenKeys.bankHash], set: { until } })
    .returning({ worker: seenKeys.worker })
  return rows.length === 1
}

/** Forgets what an erased person has seen: they cannot sit anything any more. */
export const eraseSightingsStatement = (db: Database, worker: string) =>
  db.delete(seenKeys).where(eq(seenKeys.worker, worker))
