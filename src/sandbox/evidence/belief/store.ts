import type { Belief, BeliefState } from '@kentei/marketplace/estimator'
import { and, desc, eq, lte, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import { examBeliefs, examSettings, examVersions } from '../tables.ts'
import type { Setting, SettingChange } from './setting.ts'

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

/** What holds of the exams in the search now. */
export interface Holding {
  /** What is believed, by exam. One that is missing has no belief yet: `nextBelief` of nothing says what holds then. */
  readonly beliefs: ReadonlyMap<string, CurrentBelief>
  /** What operators set, by exam. */
  readonly settings: ReadonlyMap<string, Setting>
}

/** What is believed now and what operators set, in one statement: every search asks it. */
export async function readHolding(db: Database): Promise<Holding> {
  const rows = await unionAll(
    db
      .select({
        exam: examBeliefs.exam,
        state: sql<BeliefState | null>`${examBeliefs.state}`,
        ratio: sql<number>`${examBeliefs.ratio}`,
        boostFactor: sql<number>`${examBeliefs.boostFactor}`,
        since: sql<Instant>`${examBeliefs.since}`,
        setting: sql<Setting | null>`NULL`,
        // of an aggregate's bare columns SQLite takes the row in which the maximum stands
        newest: sql<unknown>`max(${examBeliefs.month})`,
      })
      .from(examBeliefs)
      .groupBy(examBeliefs.exam),
    db
      .select({
        exam: examSettings.exam,
        state: sql<BeliefState | null>`NULL`,
        ratio: sql<number>`0`,
        boostFactor: sql<number>`0`,
        since: sql<Instant>`0`,
        setting: sql<Setting | null>`${examSettings.setting}`,
        newest: sql<unknown>`max(${examSettings.version})`,
      })
      .from(examSettings)
      .groupBy(examSettings.exam),
  )
  return {
    beliefs: new Map(
      rows.flatMap(({ exam, state, ratio, boostFactor, since }) =>
        state === null ? [] : [[exam, { state, ratio, boostFactor, since }]],
      ),
    ),
    settings: new Map(rows.flatMap(({ exam, setting }) => (setting === null ? [] : [[exam, setting]]))),
  }
}

/** What operators set of an exam, the newest first. */
export const settingChangesOf = (db: Database, exam: string, limit: number): Promise<SettingChange[]> =>
  db.select().from(examSettings).where(eq(examSettings.exam, exam)).orderBy(desc(examSettings.version)).limit(limit)

/** Keeps a change of a setting; false where another one has this version. */
export async function insertSettingChange(db: Database, change: SettingChange): Promise<boolean> {
  const rows = await db.insert(examSettings).values(change).onConflictDoNothing().returning({ exam: examSettings.exam })
  return rows.length === 1
}
