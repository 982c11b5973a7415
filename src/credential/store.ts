import { and, asc, count, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Instant } from '../kernel/instant.ts'
import type { Database } from '../world/database.ts'
import { type CredentialStatus, type StatusCause, statesBefore } from './credential-status.ts'
import { LIST_ENTRIES } from './status-list.ts'
import { type CredentialRow, credentials } from './tables.ts'

/** What an issuing flow supplies; status, version and time of change follow from it. */
export type NewCredential = Omit<CredentialRow, 'status' | 'statusCause' | 'statusChangedAt' | 'version'>

/**
 * Records an issued credential, for somebody's batch. A second credential of the attempt and a taken index of the status
 * list are unique violations that fail the whole batch: read `credentialOfAttempt`, then draw another index and try again.
 */
export const insertCredentialStatement = (db: Database, credential: NewCredential) =>
  db
    .insert(credentials)
    .values({ ...credential, status: 'active', statusCause: null, statusChangedAt: credential.issuedAt, version: 1 })
    .returning({ id: credentials.id, version: credentials.version })

export interface StatusChange {
  readonly id: string
  readonly to: CredentialStatus
  readonly cause: StatusCause
  /** When the change takes effect. */
  readonly at: Instant
  /** States it may come from; without it, all that the state machine allows. A state it does not allow is never changed. */
  readonly from?: readonly CredentialStatus[]
  /** The version that was read, where somebody decided upon it. */
  readonly expectedVersion?: number
}

/** Changes a status if it still is what it should be, for somebody's batch. It took effect if a row comes back, with the new version. */
export function changeStatusStatement(db: Database, { id, to, cause, at, from, expectedVersion }: StatusChange) {
  const before: CredentialStatus[] = to === 'suspended' && cause === 'operator' ? [...statesBefore(to), 'suspended'] : statesBefore(to)
  const allowed = before.filter((state) => from === undefined || from.includes(state))
  const isExpected = expectedVersion === undefined ? undefined : eq(credentials.version, expectedVersion)
  return db
    .update(credentials)
    .set({ status: to, statusCause: cause, statusChangedAt: at, version: sql`${credentials.version} + 1` })
    .where(and(eq(credentials.id, id as CredentialRow['id']), inArray(credentials.status, allowed), isExpected))
    .returning({ id: credentials.id, worker: credentials.worker, exam: credentials.exam, status: credentials.status, version: credentials.version })
}

export async function findCredential(db: Database, id: string): Promise<CredentialRow | undefined> {
  const [row] = await db
    .select()
    .from(credentials)
    .where(eq(credentials.id, id as CredentialRow['id']))
  return row
}

export async function credentialOfAttempt(db: Database, attemptId: string): Promise<CredentialRow | undefined> {
  const [row] = await db.select().from(credentials).where(eq(credentials.attemptId, attemptId))
  return row
}

/** All credentials of a worker, the newest first. */
export const credentialsOfWorker = async (db: Database, worker: string): Promise<CredentialRow[]> =>
  db.select().from(credentials).where(eq(credentials.worker, worker)).orderBy(desc(credentials.issuedAt), desc(credentials.id))

/** Whether a worker holds a credential of the exam that stands at `now`. */
export async function isActive(db: Database, worker: string, exam: string, now: Instant): Promise<boolean> {
  const rows = await db
    .select({ status: credentials.status, validUntil: credentials.validUntil })
    .from(credentials)
    .where(and(eq(credentials.worker, worker), eq(credentials.exam, exam)))
  return rows.some((row) => row.status === 'active' && row.validUntil > now)
}

/** Indices of the revoked entries of a list, in order. */
export async function revokedIndices(db: Database, list: number): Promise<number[]> {
  const rows = await db
    .select({ index: credentials.statusIndex })
    .from(credentials)
    .where(and(eq(credentials.statusList, list), eq(credentials.status, 'revoked')))
    .orderBy(asc(credentials.statusIndex))
  return rows.map((row) => row.index)
}

/** Credentials whose validity has ended without their status saying so, the longest first, at most `limit`. */
export const expiredCandidates = async (db: Database, now: Instant, limit: number): Promise<CredentialRow[]> =>
  db
    .select()
    .from(credentials)
    .where(and(inArray(credentials.status, ['active', 'suspended']), lte(credentials.validUntil, now)))
    .orderBy(asc(credentials.validUntil))
    .limit(limit)

/** Number of the list that new credentials go into, from 1. A list is left half full, so that a drawn index is mostly free. */
export async function openStatusList(db: Database): Promise<number> {
  const [last] = await db.select({ list: credentials.statusList, used: count() }).from(credentials).groupBy(credentials.statusList).orderBy(desc(credentials.statusList)).limit(1)
  if (!last) return 1
  return last.used < LIST_ENTRIES / 2 ? last.list : last.list + 1
}

/** Whether a list exists: list 1 always does, a later one as soon as it has an entry. */
export async function hasStatusList(db: Database, list: number): Promise<boolean> {
  if (list === 1) return true
  const rows = await db.select({ id: credentials.id }).from(credentials).where(eq(credentials.statusList, list)).limit(1)
  return rows.length > 0
}

/** Revokes all credentials of a worker, for the batch of an erasure: also one that was issued a moment ago. */
export const revokeAllStatement = (db: Database, worker: string, now: Instant) =>
  db
    .update(credentials)
    .set({ status: 'revoked', statusCause: 'operator', statusChangedAt: now, version: sql`${credentials.version} + 1` })
    .where(and(eq(credentials.worker, worker), inArray(credentials.status, statesBefore('revoked'))))

/** Overwrites what names a person in all credentials of a worker, for the batch of an erasure. The signed text is destroyed with it. */
export const eraseHolderStatement = (db: Database, worker: string) =>
  db.update(credentials).set({ worker: '', holderName: '', subject: '', jwt: '' }).where(eq(credentials.worker, worker)).returning({ id: credentials.id })
