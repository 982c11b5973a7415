import { and, asc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { type Duration, hours, type Instant, minus, seconds } from '../../../kernel/instant.ts'
import type { Database, Statement } from '../../../world/database.ts'
import { idempotencyKeys, usedTokens } from './tables.ts'

/** How long a reply is kept for the same idempotency key. */
export const IDEMPOTENCY_LASTS: Duration = hours(24)
/** A request that has not answered after this long has died; its key may be used again. What it did is idempotent all the same. */
const IN_FLIGHT_LASTS: Duration = seconds(10)
/** The most rows that one sweep forgets of a kind: more go with the next one. */
const MOST_FORGOTTEN = 1_000

/** Marks a token id as used. @returns false when it had been used before. */
export async function spendToken(db: Database, token: { jti: string; expiresAt: Instant }): Promise<boolean> {
  const rows = await db.insert(usedTokens).values(token).onConflictDoNothing().returning({ jti: usedTokens.jti })
  return rows.length === 1
}

export type KeptReply = { readonly status: number; readonly body: string }

/** What is known of a key once this request has tried to claim it. */
export type Claim =
  | { readonly state: 'claimed' }
  | { readonly state: 'in-flight' }
  | { readonly state: 'other-request' }
  | { readonly state: 'answered'; readonly reply: KeptReply }

export interface KeyOfRequest {
  readonly caller: string
  readonly key: string
  readonly payloadHash: string
  readonly now: Instant
  /** Nothing is kept where this does not hold: the request is then done as if it had no key. */
  readonly provided?: SQL
}

/** Claims an idempotency key for a request. */
export async function claimIdempotencyKey(
  db: Database,
  { caller, key, payloadHash, now, provided = sql`true` }: KeyOfRequest,
): Promise<Claim> {
  const [stale, ended] = [minus(now, IN_FLIGHT_LASTS), minus(now, IDEMPOTENCY_LASTS)]
  const { createdAt, status } = idempotencyKeys
  const rows = await db
    .insert(idempotencyKeys)
    .select(sql`select ${caller}, ${key}, ${payloadHash}, null, null, ${now} where ${provided}`)
    .onConflictDoUpdate({
      target: [idempotencyKeys.caller, idempotencyKeys.key],
      set: { payloadHash, createdAt: now, status: null, body: null },
      setWhere: sql`(${createdAt} < ${ended}) or (${status} is null and ${createdAt} < ${stale} and ${idempotencyKeys.payloadHash} = ${payloadHash})`,
    })
    .returning({ key: idempotencyKeys.key })
  if (rows.length === 1) return { state: 'claimed' }
  const [known] = await db
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.caller, caller), eq(idempotencyKeys.key, key)))
  if (!known) return { state: 'claimed' }
  if (known.payloadHash !== payloadHash) return { state: 'other-request' }
  return known.status === null || known.body === null
    ? { state: 'in-flight' }
    : { state: 'answered', reply: { status: known.status, body: known.body } }
}

export async function keepReply(db: Database, caller: string, key: string, { status, body }: KeptReply): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ status, body })
    .where(and(eq(idempotencyKeys.caller, caller), eq(idempotencyKeys.key, key)))
}

/** Gives a key back after a request that changed nothing, so that the caller may try again. */
export async function releaseIdempotencyKey(db: Database, caller: string, key: string): Promise<void> {
  await db
    .delete(idempotencyKeys)
    .where(and(eq(idempotencyKeys.caller, caller), eq(idempotencyKeys.key, key), isNull(idempotencyKeys.status)))
}

/** Forgets the replies to a caller, for the batch of an erasure. */
export const forgetRepliesStatement = (db: Database, caller: string): Statement =>
  db.delete(idempotencyKeys).where(eq(idempotencyKeys.caller, caller))

const oldestKeys = (that: SQL) =>
  sql`rowid in (select rowid from idempotency_keys where ${that} order by created_at limit ${MOST_FORGOTTEN})`

/**
 * Forgets all replies that are kept, a part at a time: anybody's may tell of somebody who was erased. A request that is
 * repeated afterwards is tried again, and what it wrote knows that it was there.
 */
export async function forgetReplies(db: Database, now: Instant): Promise<void> {
  const forgotten = () =>
    db
      .delete(idempotencyKeys)
      .where(oldestKeys(sql`created_at <= ${now} and status is not null`))
      .returning({ key: idempotencyKeys.key })
  while ((await forgotten()).length === MOST_FORGOTTEN);
}

/** Forgets what can no longer be replayed, the oldest first: ended tokens, and idempotency keys older than a day. */
export async function forgetEnded(db: Database, now: Instant): Promise<void> {
  const tokens = db
    .select({ jti: usedTokens.jti })
    .from(usedTokens)
    .where(lt(usedTokens.expiresAt, now))
    .orderBy(asc(usedTokens.expiresAt))
    .limit(MOST_FORGOTTEN)
  await db.batch([
    db.delete(usedTokens).where(inArray(usedTokens.jti, tokens)),
    db.delete(idempotencyKeys).where(oldestKeys(sql`created_at < ${minus(now, IDEMPOTENCY_LASTS)}`)),
  ])
}
