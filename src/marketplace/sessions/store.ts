import { and, desc, eq, gt, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { type Duration, days, type Instant, instant, minus, minutes } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import type { Session } from '../session-token.ts'
import { isErased } from '../store.ts'
import { sessions } from '../tables.ts'

/** A session of staff ends when nothing was asked under it for this long. A candidate may think for longer. */
export const STAFF_IDLE: Duration = minutes(30)
/** How exactly it is known when a session was last used: a look at a page must not cost a write each time. */
const SEEN_EVERY: Duration = minutes(1)

/** Why a session ended before its time. One of an erased person is deleted. */
export type SessionEnd = 'signed-out' | 'replaced' | 'operator'

/** Whose sessions an act is about: one person's, or those of everybody in a role. */
export type SessionOwners = { readonly worker: string } | { readonly role: Session['role'] }

/** Writes a new session down, but of somebody who was erased. */
export const insertSessionStatement = (db: Database, session: Session, tombstones: readonly string[]): Statement =>
  db.insert(sessions).select(
    sql`select ${session.id}, ${session.worker}, ${session.role}, ${session.name}, ${session.locale}, ${session.returnUrl ?? null}, ${session.launchedAt}, ${session.launchedAt}, ${session.expiresAt}, null, null, ${session.listedAs ?? null}
      where not ${isErased(tombstones)}`,
  )

const alive = (now: Instant) => and(isNull(sessions.endedAt), gt(sessions.endsAt, now))

/**
 * The session of an id, unless it has ended. The use is noted, at most once a minute, where idleness ends a session.
 * Statements that must not come after the end test it themselves.
 */
export async function findSession(db: Database, id: string, now: Instant): Promise<Session | undefined> {
  const [row] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, id), alive(now)))
  if (!row) return undefined
  if (row.role !== 'worker') {
    if (row.seenAt <= minus(now, STAFF_IDLE)) return undefined
    if (row.seenAt <= minus(now, SEEN_EVERY)) await db.update(sessions).set({ seenAt: now }).where(eq(sessions.id, id))
  }
  return {
    id: row.id,
    worker: row.worker,
    role: row.role as Session['role'],
    name: row.name,
    locale: row.locale as Session['locale'],
    launchedAt: instant(row.launchedAt),
    expiresAt: instant(row.endsAt),
    ...(row.returnUrl === null ? {} : { returnUrl: row.returnUrl }),
    ...(row.listedAs === null ? {} : { listedAs: row.listedAs }),
  }
}

/** What these people were called when they last came, as long as a session of theirs is kept. */
export async function namesInSessions(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    // the name is that of the latest: SQLite takes it from the row of the maximum
    .select({ worker: sessions.worker, name: sessions.name, at: sql`max(${sessions.launchedAt})` })
    .from(sessions)
    .where(sql`${sessions.worker} in (select value from json_each(${JSON.stringify(ids)}))`)
    .groupBy(sessions.worker)
  return new Map(rows.map(({ worker, name }) => [worker, name]))
}

/** That a session has not ended, for a statement that must not come after its end. */
export const whileSessionLives = (id: string, now: Instant): SQL =>
  sql`exists (select 1 from sessions where sessions.id = ${id} and sessions.ended_at is null and sessions.ends_at > ${now})`

/** Whether a session has not ended: asked to say why a statement that tests it had no effect. */
export async function sessionLives(db: Database, id: string, now: Instant): Promise<boolean> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, id), alive(now)))
  return rows.length === 1
}

/** Ends one session; the row that comes back tells that it lived until now. */
export const endSessionStatement = (db: Database, end: { id: string; why: SessionEnd; now: Instant }) =>
  db
    .update(sessions)
    .set({ endedAt: end.now, endedWhy: end.why })
    .where(and(eq(sessions.id, end.id), alive(end.now)))
    .returning({ id: sessions.id })

/** A session of staff, for whoever wonders who is at work. */
export interface StaffSession {
  readonly id: string
  readonly worker: string
  readonly role: Session['role']
  readonly name: string
  readonly launchedAt: Instant
  readonly seenAt: Instant
}

/** The sessions of authors and operators that live now, the latest launch first, from behind the given one on. */
export async function staffSessions(
  db: Database,
  now: Instant,
  { after, limit }: { readonly after?: Pick<StaffSession, 'launchedAt' | 'id'> | undefined; readonly limit: number },
): Promise<StaffSession[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(
      and(
        inArray(sessions.role, ['author', 'operator']),
        alive(now),
        gt(sessions.seenAt, minus(now, STAFF_IDLE)),
        after && sql`(${sessions.launchedAt}, ${sessions.id}) < (${after.launchedAt}, ${after.id})`,
      ),
    )
    .orderBy(desc(sessions.launchedAt), desc(sessions.id))
    .limit(limit)
  return rows.map(({ id, worker, role, name, launchedAt, seenAt }) => ({
    id,
    worker,
    role: role as Session['role'],
    name,
    launchedAt: instant(launchedAt),
    seenAt: instant(seenAt),
  }))
}

/**
 * Ends all sessions of a person or of a role, as long as the session `under` which it is done lives; `noted` goes into the same
 * batch, right after it. @returns how many lived until now.
 */
export async function endSessionsOf(
  db: Database,
  owners: SessionOwners & { readonly under?: string },
  now: Instant,
  noted: readonly Statement[] = [],
): Promise<number> {
  const theirs = 'worker' in owners ? eq(sessions.worker, owners.worker) : eq(sessions.role, owners.role)
  const end = db
    .update(sessions)
    .set({ endedAt: now, endedWhy: 'operator' satisfies SessionEnd })
    .where(and(theirs, alive(now), owners.under === undefined ? undefined : whileSessionLives(owners.under, now)))
    .returning({ id: sessions.id })
  const [rows] = (await db.batch([end, ...noted])) as [{ id: string }[]]
  return rows.length
}

/** Deletes every session of a person, with the name in it: whatever they have open is signed out at once. */
export const eraseSessionsStatement = (db: Database, worker: string): Statement =>
  db.delete(sessions).where(eq(sessions.worker, worker))

/** The most sessions that one sweep forgets. */
const MOST_FORGOTTEN = 1_000

/** How long a session that is over stays on record, for whoever asks who was here. */
const KEPT: Duration = days(7)

/** Forgets sessions that have been over for a week; what is left over waits for the next sweep. */
export async function forgetSessions(db: Database, now: Instant): Promise<void> {
  const over = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(lt(sessions.endsAt, minus(now, KEPT)))
    .limit(MOST_FORGOTTEN)
  await db.delete(sessions).where(inArray(sessions.id, over))
}
