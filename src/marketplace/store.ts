import { and, asc, eq, inArray, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import { type Duration, hours, type Instant, instant, minus, seconds } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Database, Statement } from '../world/database.ts'
import type { Standing } from './contract.ts'
import type { Session } from './session-token.ts'
import { idempotencyKeys, rounds, tombstones, usedTokens, workers } from './tables.ts'

/** Marks a token id as used. @returns false when it had been used before. */
export async function spendToken(db: Database, token: { jti: string; expiresAt: Instant }): Promise<boolean> {
  const rows = await db.insert(usedTokens).values(token).onConflictDoNothing().returning({ jti: usedTokens.jti })
  return rows.length === 1
}

/** The most rows that one sweep forgets of a kind: more go with the next one. */
const MOST_FORGOTTEN = 1_000

/** Forgets what can no longer be replayed, the oldest first: ended tokens, and idempotency keys older than a day. */
export async function forgetEnded(db: Database, now: Instant): Promise<void> {
  const tokens = db.select({ jti: usedTokens.jti }).from(usedTokens).where(lt(usedTokens.expiresAt, now)).orderBy(asc(usedTokens.expiresAt)).limit(MOST_FORGOTTEN)
  await db.delete(usedTokens).where(inArray(usedTokens.jti, tokens))
  const ended = minus(now, IDEMPOTENCY_LASTS)
  const keys = sql`select rowid from idempotency_keys where created_at < ${ended} order by created_at limit ${MOST_FORGOTTEN}`
  await db.delete(idempotencyKeys).where(sql`rowid in (${keys})`)
}

/** As a credential carries it: the algorithm with the digest, and the salt. */
export interface HashedAddress {
  readonly hash: string
  readonly salt: string
}

export interface Worker {
  readonly worker: string
  /** `urn:uuid:…`, the subject of the worker's credentials. */
  readonly subject: string
  readonly name: string
  readonly locale: Session['locale']
  readonly timeMultiplier: number
  readonly standing?: Standing['status']
  readonly standingVersion: number
  readonly erasedAt?: Instant
  /** Salted hash of an e-mail address for new credentials. */
  readonly identity?: HashedAddress
}

const fromRow = (row: typeof workers.$inferSelect): Worker => ({
  worker: row.worker,
  subject: row.subject,
  name: row.name,
  locale: row.locale as Session['locale'],
  timeMultiplier: row.timeMultiplier,
  standingVersion: row.standingVersion,
  ...(row.standing === null ? {} : { standing: row.standing as Standing['status'] }),
  ...(row.erasedAt === null ? {} : { erasedAt: instant(row.erasedAt) }),
  ...(row.identity === null ? {} : { identity: row.identity }),
})

/** That a person was erased, by the tombstones that they may have: for statements that must write nothing about them. */
export const isErased = (mayHave: readonly string[]): SQL => sql`exists (select 1 from tombstones where tombstone in (select value from json_each(${JSON.stringify(mayHave)})))`

/** What a launch tells of a worker. Without a multiplier the one on record stays. @returns undefined, and keeps nothing, where the worker was erased. */
export async function recordWorker(
  db: Database,
  seen: { worker: string; tombstones: readonly string[]; subject: string; name: string; locale: Session['locale']; timeMultiplier?: number; now: Instant },
): Promise<Worker | undefined> {
  const { worker, subject, name, locale, timeMultiplier, now } = seen
  const rows = await db
    .insert(workers)
    .select(
      sql`select ${worker}, ${subject}, ${name}, ${locale}, ${timeMultiplier ?? 1}, null, 0, null, null, ${now}
        where not ${isErased(seen.tombstones)}`,
    )
    .onConflictDoUpdate({ target: workers.worker, set: { name, locale, seenAt: now, ...(timeMultiplier === undefined ? {} : { timeMultiplier }) }, setWhere: isNull(workers.erasedAt) })
    .returning()
  return rows[0] && fromRow(rows[0])
}

/** Whether a person was erased, by the tombstones that they may have. */
export async function wasErased(db: Database, mayHave: readonly string[]): Promise<boolean> {
  const rows = await db
    .select({ tombstone: tombstones.tombstone })
    .from(tombstones)
    .where(inArray(tombstones.tombstone, [...mayHave]))
  return rows.length > 0
}

/** For statements that must write nothing about somebody who is erased in the meantime. */
export const isKept = (worker: string): SQL => sql`exists (select 1 from workers where worker = ${worker})`

/** The same of a list: whom each message or event is about, if anybody, whose JSON is `value`. */
export const isOnRecord: SQL = sql`(value ->> 'about' is null or exists (select 1 from workers w where w.worker = value ->> 'about'))`

export async function findWorker(db: Database, worker: string): Promise<Worker | undefined> {
  const [row] = await db.select().from(workers).where(eq(workers.worker, worker))
  return row && fromRow(row)
}

/** Sets or takes away the hashed address of new credentials. @returns whether there is such a worker, and none that was erased. */
export async function updateIdentity(db: Database, worker: string, identity: HashedAddress | null): Promise<boolean> {
  const rows = await db
    .update(workers)
    .set({ identity })
    .where(and(eq(workers.worker, worker), isNull(workers.erasedAt)))
    .returning({ worker: workers.worker })
  return rows.length === 1
}

/** Sets an accommodation. `noted` stands right after it in the batch. @returns whether the worker is known. */
export async function updateTimeMultiplier(db: Database, worker: string, timeMultiplier: number, noted: readonly Statement[]): Promise<boolean> {
  const set = db.update(workers).set({ timeMultiplier }).where(eq(workers.worker, worker)).returning({ worker: workers.worker })
  const [rows] = (await db.batch([set, ...noted])) as [{ worker: string }[]]
  return rows.length === 1
}

/** Records a standing if it is newer than the one on record; the row that comes back tells that it was. */
export const standingStatement = (db: Database, worker: string, standing: Standing) =>
  db
    .update(workers)
    .set({ standing: standing.status, standingVersion: standing.version })
    .where(and(eq(workers.worker, worker), lt(workers.standingVersion, standing.version)))
    .returning({ worker: workers.worker })

/**
 * Leaves a tombstone, for the batch of an erasure. It changes a row where the person was not erased before. It keeps no time:
 * whoever has the secret and the id would find by it everything else that was written in the same moment.
 */
export const tombstoneStatement = (db: Database, tombstone: string): Statement => db.insert(tombstones).values({ tombstone, erasedAt: 0 }).onConflictDoNothing()

/** Deletes what is kept of a person and of their requests, and takes rounds back to whoever comes before them, for the batch of an erasure. */
export const forgetWorkerStatements = (db: Database, worker: string): Statement[] => [
  db
    .update(rounds)
    .set({ after: sql`coalesce((select max(w.worker) from workers w where w.worker < ${worker}), '')` })
    .where(eq(rounds.after, worker)),
  db.delete(idempotencyKeys).where(eq(idempotencyKeys.caller, worker)),
  db.delete(workers).where(eq(workers.worker, worker)),
]

/** Ids of people who were erased when a tombstone still was their id. */
export async function namedTombstones(db: Database, limit: number): Promise<string[]> {
  const rows = await db.select({ worker: workers.worker }).from(workers).where(sql`erased_at is not null`).limit(limit)
  return rows.map(({ worker }) => worker)
}

/** How long a reply is kept for the same idempotency key. */
export const IDEMPOTENCY_LASTS: Duration = hours(24)
/** A request that has not answered after this long has died; its key may be used again. What it did is idempotent all the same. */
const IN_FLIGHT_LASTS: Duration = seconds(10)

export type IdempotentReply = { readonly status: number; readonly body: string }

/** Claims an idempotency key; of a worker who is not on record nothing is kept. @returns the earlier reply, or undefined when the caller must now do the work. */
export async function claimIdempotencyKey(db: Database, claim: { caller: string; isWorker: boolean; key: string; payloadHash: string; now: Instant }): Promise<Result<IdempotentReply | undefined>> {
  const stale = minus(claim.now, IN_FLIGHT_LASTS)
  const ended = minus(claim.now, IDEMPOTENCY_LASTS)
  const rows = await db
    .insert(idempotencyKeys)
    .select(
      sql`select ${claim.caller}, ${claim.key}, ${claim.payloadHash}, null, null, ${claim.now} where ${claim.isWorker ? 1 : 0} = 0 or exists (select 1 from workers where worker = ${claim.caller})`,
    )
    .onConflictDoUpdate({
      target: [idempotencyKeys.caller, idempotencyKeys.key],
      set: { payloadHash: claim.payloadHash, createdAt: claim.now, status: null, body: null },
      setWhere: sql`(${idempotencyKeys.createdAt} < ${ended}) or (${idempotencyKeys.status} is null and ${idempotencyKeys.createdAt} < ${stale} and ${idempotencyKeys.payloadHash} = ${claim.payloadHash})`,
    })
    .returning({ key: idempotencyKeys.key })
  if (rows.length === 1) return ok(undefined)
  const [row] = await db
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.caller, claim.caller), eq(idempotencyKeys.key, claim.key)))
  if (row && row.payloadHash !== claim.payloadHash) return fail({ code: 'idempotency-mismatch' })
  if (!row) return ok(undefined)
  return row.status != null && row.body !== null ? ok({ status: row.status, body: row.body }) : fail({ code: 'idempotency-in-flight' })
}

export async function keepReply(db: Database, caller: string, key: string, reply: IdempotentReply): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ status: reply.status, body: reply.body })
    .where(and(eq(idempotencyKeys.caller, caller), eq(idempotencyKeys.key, key)))
}

/** Gives a key back after a failure of ours, so that the caller may try again. */
export async function releaseIdempotencyKey(db: Database, caller: string, key: string): Promise<void> {
  await db.delete(idempotencyKeys).where(and(eq(idempotencyKeys.caller, caller), eq(idempotencyKeys.key, key), isNull(idempotencyKeys.status)))
}

export interface Round {
  readonly startedAt: Instant
  /** The worker after whom it goes on; undefined when it is over. */
  readonly after?: string
}

/**
 * Begins a round that is due: none is under way, and the last one began at `due` or before. The first time, nothing is due
 * yet and its clock starts. @returns the round under way, if there is one.
 */
export async function beginRound(db: Database, round: { name: string; due: Instant; now: Instant }): Promise<Round | undefined> {
  await db.insert(rounds).values({ name: round.name, startedAt: round.now, after: null, finishedAt: round.now }).onConflictDoNothing()
  await db
    .update(rounds)
    .set({ startedAt: round.now, after: '', finishedAt: null })
    .where(and(eq(rounds.name, round.name), isNull(rounds.after), lte(rounds.startedAt, round.due)))
  const [row] = await db.select().from(rounds).where(eq(rounds.name, round.name))
  return row && row.after !== null ? { startedAt: instant(row.startedAt), after: row.after } : undefined
}

/** Moves a round on, or ends it, if it still is where it was. */
export const advanceRound = (db: Database, step: { name: string; from: string; to: string | undefined; now: Instant }): Statement =>
  db
    .update(rounds)
    .set(step.to === undefined ? { after: null, finishedAt: step.now } : { after: step.to })
    .where(and(eq(rounds.name, step.name), eq(rounds.after, step.from)))
