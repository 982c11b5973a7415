import { and, desc, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import type { Belief } from '../estimator.ts'
import { examBeliefs, examVersions } from '../tables.ts'

/** What is believed of an exam from the beginning of a month on. */
export interface MonthlyBelief extends Belief {
  readonly exam: string
  /** `2026-11`, by UTC. */
  readonly month: string
  /** Since when the exam has been in this state. */
  readonly since: Instant
}

/** As much of a belief as the search goes by. */
export type CurrentBelief = Pick<MonthlyBelief, 'state' | 'ratio' | 'boostFactor' | 'since'>

/** Takes note of a version of an exam, and of the earliest badge of it. */
export const noteVersion = async (
  db: Database,
  seen: { readonly exam: string; readonly version: string; readonly since: Instant },
): Promise<void> => {
  await db
    .insert(examVersions)
    .values(seen)
    .onConflictDoUpdate({
      target: [examVersions.exam, examVersions.version],
      set: { since: sql`excluded.since` },
      setWhere: sql`excluded.since < ${examVersions.since}`,
    })
}

/** The newest version of an exam at some time, null where none was known, for statements of other rooms. */
export const versionAt = (exam: SQL, at: SQL): SQL =>
  sql`SELECT version FROM ${examVersions} WHERE ${examVersions.exam} = ${exam} AND ${examVersions.since} <= ${at} ORDER BY ${examVersions.since} DESC LIMIT 1`

/** The newest version of an exam at some time, null where none was known, and whether an earlier one is known. */
export async function findVersion(
  db: Database,
  exam: string,
  at: Instant,
): Promise<{ readonly version: string | null; readonly isFirst: boolean }> {
  const [newest, earlier] = await db
    .select({ version: examVersions.version })
    .from(examVersions)
    .where(and(eq(examVersions.exam, exam), lte(examVersions.since, at)))
    .orderBy(desc(examVersions.since))
    .limit(2)
  return { version: newest?.version ?? null, isFirst: earlier === undefined }
}

/** Keeps what is believed from a month on; false when it was known already. */
export async function insertBelief(db: Database, belief: MonthlyBelief): Promise<boolean> {
  const rows = await db.insert(examBeliefs).values(belief).onConflictDoNothing().returning({ exam: examBeliefs.exam })
  return rows.length === 1
}

/** What has been believed of an exam, the newest first. */
export const beliefsOf = (db: Database, exam: string, limit: number): Promise<MonthlyBelief[]> =>
  db.select().from(examBeliefs).where(eq(examBeliefs.exam, exam)).orderBy(desc(examBeliefs.month)).limit(limit)

/** What is believed now, by exam. One that is missing has no belief yet: `nextBelief` of nothing says what holds then. */
export async function readBeliefs(db: Database): Promise<ReadonlyMap<string, CurrentBelief>> {
  const rows = await db
    .select({
      exam: examBeliefs.exam,
      state: examBeliefs.state,
      ratio: examBeliefs.ratio,
      boostFactor: examBeliefs.boostFactor,
      since: examBeliefs.since,
      // of an aggregate's bare columns SQLite takes the row in which the maximum stands
      month: sql<string>`max(${examBeliefs.month})`,
    })
    .from(examBeliefs)
    .groupBy(examBeliefs.exam)
  return new Map(rows.map(({ exam, month: _month, ...belief }) => [exam, belief]))
}
