import { and, asc, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import { type Database, isAmong } from '../../world/database.ts'
import type { BadgeClaim, ShownBadge, Signal } from './evidence.ts'
import { badges, rankingSignals } from './tables.ts'

export const signalsOf = (db: Database, worker: string): Promise<Signal[]> =>
  db.select().from(rankingSignals).where(eq(rankingSignals.worker, worker))

/** Shows a badge unless the same or a newer version is shown; tells whether it took effect. */
export async function applyBadge(db: Database, badge: ShownBadge): Promise<boolean> {
  const { worker: _worker, credential: _credential, ...news } = badge
  const rows = await db
    .insert(badges)
    .values(badge)
    .onConflictDoUpdate({
      target: [badges.worker, badges.credential],
      set: news,
      setWhere: sql`excluded.version > ${badges.version}`,
    })
    .returning({ version: badges.version })
  return rows.length === 1
}

/** Takes a signal, or its withdrawal, unless the same or a newer version is known; tells whether it took effect. */
export async function applySignal(db: Database, signal: Signal): Promise<boolean> {
  const { worker: _worker, exam: _exam, ...news } = signal
  const rows = await db
    .insert(rankingSignals)
    .values(signal)
    .onConflictDoUpdate({
      target: [rankingSignals.worker, rankingSignals.exam],
      set: news,
      setWhere: sql`excluded.version > ${rankingSignals.version}`,
    })
    .returning({ version: rankingSignals.version })
  return rows.length === 1
}

/** Statements that forget what was certified about a worker. */
export const forgetEvidence = (db: Database, worker: string) =>
  [
    db.delete(badges).where(eq(badges.worker, worker)),
    db.delete(rankingSignals).where(eq(rankingSignals.worker, worker)),
  ] as const

export async function findBadge(db: Database, worker: string, credential: string): Promise<ShownBadge | undefined> {
  const [row] = await db
    .select()
    .from(badges)
    .where(and(eq(badges.worker, worker), eq(badges.credential, credential)))
  return row
}

/** Whose badge a credential is shown as; undefined when it is shown nowhere. */
export async function holderOf(db: Database, credential: string): Promise<string | undefined> {
  const [row] = await db
    .select({ worker: badges.worker })
    .from(badges)
    .where(eq(badges.credential, credential))
    .limit(1)
  return row?.worker
}

/** The version of the exam that a credential certifies, null where its badge says none, for statements of other rooms. */
export const certifiedVersion = (credential: SQL): SQL =>
  sql`SELECT exam_version FROM ${badges} WHERE ${badges.credential} = ${credential} LIMIT 1`

/** The badges of these workers, or of all. */
export const readBadges = (db: Database, workers?: readonly string[]): Promise<ShownBadge[]> =>
  db
    .select()
    .from(badges)
    .where(workers && isAmong(badges.worker, workers))
    .orderBy(asc(badges.worker), asc(badges.credential))

/** The same, as far as a place in the search depends on them. */
export const readBadgeClaims = (
  db: Database,
  workers?: readonly string[],
): Promise<(BadgeClaim & Pick<ShownBadge, 'worker' | 'issuedAt'>)[]> =>
  db
    .select({
      worker: badges.worker,
      exam: badges.exam,
      status: badges.status,
      issuedAt: badges.issuedAt,
      validUntil: badges.validUntil,
    })
    .from(badges)
    .where(workers && isAmong(badges.worker, workers))
    .orderBy(asc(badges.worker), asc(badges.credential))

/** The signals about these workers, or about all. */
export const readSignals = (db: Database, workers?: readonly string[]): Promise<Signal[]> =>
  db
    .select()
    .from(rankingSignals)
    .where(workers && isAmong(rankingSignals.worker, workers))

/** Somebody who passed, and when for the first time, as the first badge of the exam says. */
export interface FirstPass {
  readonly worker: string
  readonly passedAt: Instant
}

/** Who passed an exam for the first time in a time, the newest first. */
export const firstPassesIn = (
  db: Database,
  of: { readonly exam: string; readonly from: Instant; readonly until: Instant; readonly limit: number },
): Promise<FirstPass[]> =>
  db
    .select({ worker: badges.worker, passedAt: badges.issuedAt })
    .from(badges)
    .where(
      and(
        eq(badges.exam, of.exam),
        gte(badges.issuedAt, of.from),
        lt(badges.issuedAt, of.until),
        sql`NOT EXISTS (SELECT 1 FROM ${badges} AS earlier WHERE earlier.worker = ${badges.worker} AND earlier.exam = ${badges.exam} AND earlier.issued_at < ${badges.issuedAt})`,
      ),
    )
    .orderBy(desc(badges.issuedAt))
    .limit(of.limit)

/** When each of these workers passed an exam for the first time; who did not is missing. */
export const firstPassesOf = async (
  db: Database,
  of: { readonly exam: string; readonly workers: readonly string[] },
): Promise<ReadonlyMap<string, Instant>> => {
  const rows = await db
    .select({ worker: badges.worker, passedAt: sql<Instant>`min(${badges.issuedAt})` })
    .from(badges)
    // by the worker's few, not by the exam's many
    .where(and(isAmong(badges.worker, of.workers), sql`+${badges.exam} = ${of.exam}`))
    .groupBy(badges.worker)
  return new Map(rows.map(({ worker, passedAt }) => [worker, passedAt]))
}
