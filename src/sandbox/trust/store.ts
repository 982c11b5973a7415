import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm'
import { days, type Instant, minus, minutes, seconds } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import { idempotentCalls, receivedEvents, usedTokens } from './tables.ts'

const KEPT = days(1)
/** The most rows that one sweep deletes of a kind: more go with the next one. */
const MOST_SWEPT = 1_000
/** A call that has not answered by then died on the way; its key may be tried again. */
const ABANDONED = seconds(15)

/** Uses a token up; false when it was used before. */
export async function useToken(db: Database, jti: string, expiresAt: Instant): Promise<boolean> {
  const rows = await db.insert(usedTokens).values({ jti, expiresAt }).onConflictDoNothing().returning({ jti: usedTokens.jti })
  return rows.length === 1
}

/** What is known of an Idempotency-Key once this call has tried to claim it. */
export type Claim = { readonly state: 'claimed' } | { readonly state: 'in-flight' } | { readonly state: 'other-request' } | { readonly state: 'answered'; readonly answer: string }

export async function claimKey(db: Database, key: string, fingerprint: string, now: Instant): Promise<Claim> {
  const claimed = await db
    .insert(idempotentCalls)
    .values({ key, fingerprint, startedAt: now, answer: null })
    .onConflictDoUpdate({
      target: idempotentCalls.key,
      set: { fingerprint, startedAt: now, answer: null },
      setWhere: sql`${idempotentCalls.startedAt} < ${minus(now, KEPT)} OR (${idempotentCalls.answer} IS NULL AND ${idempotentCalls.startedAt} < ${minus(now, ABANDONED)})`,
    })
    .returning({ key: idempotentCalls.key })
  if (claimed.length === 1) return { state: 'claimed' }
  const [known] = await db.select().from(idempotentCalls).where(eq(idempotentCalls.key, key))
  if (!known) return { state: 'in-flight' }
  if (known.fingerprint !== fingerprint) return { state: 'other-request' }
  return known.answer === null ? { state: 'in-flight' } : { state: 'answered', answer: known.answer }
}

export async function keepAnswer(db: Database, key: string, answer: string): Promise<void> {
  await db.update(idempotentCalls).set({ answer }).where(eq(idempotentCalls.key, key))
}

/** Gives a key back after a call that changed nothing. */
export async function releaseKey(db: Database, key: string): Promise<void> {
  await db.delete(idempotentCalls).where(and(eq(idempotentCalls.key, key), isNull(idempotentCalls.answer)))
}

/** Records an event; false when it was received before. */
export async function recordEvent(db: Database, event: { readonly id: string; readonly type: string; readonly receivedAt: Instant }): Promise<boolean> {
  const rows = await db
    .insert(receivedEvents)
    .values({ ...event, body: '' })
    .onConflictDoNothing()
    .returning({ id: receivedEvents.id })
  return rows.length === 1
}

/**
 * Forgets all answers that are kept, a part at a time: anybody's may tell of somebody who was erased. A request that is
 * repeated afterwards is tried again, and what it wrote knows that it was there.
 */
export async function forgetAnswers(db: Database, now: Instant): Promise<void> {
  const kept = db
    .select({ key: idempotentCalls.key })
    .from(idempotentCalls)
    .where(and(lte(idempotentCalls.startedAt, now), isNotNull(idempotentCalls.answer)))
    .orderBy(asc(idempotentCalls.startedAt))
    .limit(MOST_SWEPT)
  const forgotten = () => db.delete(idempotentCalls).where(inArray(idempotentCalls.key, kept)).returning({ key: idempotentCalls.key })
  while ((await forgotten()).length === MOST_SWEPT);
}

/** Forgets tokens that have expired and answers nobody will ask for again. */
export async function sweepTrust(db: Database, now: Instant): Promise<void> {
  const tokens = db
    .select({ jti: usedTokens.jti })
    .from(usedTokens)
    .where(lt(usedTokens.expiresAt, minus(now, minutes(2))))
    .orderBy(asc(usedTokens.expiresAt))
    .limit(MOST_SWEPT)
  const calls = db
    .select({ key: idempotentCalls.key })
    .from(idempotentCalls)
    .where(lt(idempotentCalls.startedAt, minus(now, KEPT)))
    .orderBy(asc(idempotentCalls.startedAt))
    .limit(MOST_SWEPT)
  await db.batch([db.delete(usedTokens).where(inArray(usedTokens.jti, tokens)), db.delete(idempotentCalls).where(inArray(idempotentCalls.key, calls))])
}
