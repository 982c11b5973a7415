import { and, asc, desc, eq, exists, inArray, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../kernel/instant.ts'
import type { Database, Statement } from '../world/database.ts'
import {
  type CredentialStatus,
  type Hold,
  type HoldCause,
  type StatusAct,
  type StatusCause,
  statesBefore,
} from './credential-status.ts'
import { type CredentialRow, credentialHolds, credentials, type EndorsementRow, endorsements } from './tables.ts'

/** What an issuing flow supplies; status, version and time of change follow from it. */
export type NewCredential = Omit<
  typeof credentials.$inferInsert,
  'status' | 'statusCause' | 'statusChangedAt' | 'version'
>

/** The row of a credential that has just been issued. */
export const newCredentialRow = (credential: NewCredential): CredentialRow => ({
  givenAt: null,
  awardedAt: null,
  edition: 1,
  predecessor: null,
  relation: null,
  remindAt: null,
  walletExport: null,
  verified: null,
  ...credential,
  status: 'active',
  statusCause: null,
  statusChangedAt: credential.issuedAt,
  version: 1,
})

/**
 * Records an issued credential, for somebody's batch. A second credential of an edition of the attempt, a second successor
 * of another one and a taken index of the status list are unique violations that fail the whole batch: look again, draw
 * another index and try again.
 */
export const insertCredentialStatement = (db: Database, credential: NewCredential) =>
  db
    .insert(credentials)
    .values(newCredentialRow(credential))
    .returning({ id: credentials.id, version: credentials.version })

export interface StatusChange {
  readonly id: string
  readonly to: CredentialStatus
  readonly cause: StatusCause | null
  /** When the change takes effect. */
  readonly at: Instant
  /** States it may come from; without it, all that the state machine allows. A state it does not allow is never changed. */
  readonly from?: readonly CredentialStatus[]
  /** The version that was read, where somebody decided upon it. */
  readonly expectedVersion?: number
}

/** Changes a status if it still is what it should be, for somebody's batch. It took effect if a row comes back, with the new version. */
export function changeStatusStatement(db: Database, { id, to, cause, at, from, expectedVersion }: StatusChange) {
  // what is suspended may be suspended for one more reason
  const before: CredentialStatus[] = to === 'suspended' ? [...statesBefore(to), to] : statesBefore(to)
  const allowed = before.filter((state) => from === undefined || from.includes(state))
  const isExpected = expectedVersion === undefined ? undefined : eq(credentials.version, expectedVersion)
  return db
    .update(credentials)
    .set({
      status: to,
      statusCause: cause,
      statusChangedAt: sql`case status when ${to} then status_changed_at else ${at} end`,
      version: sql`${credentials.version} + 1`,
    })
    .where(and(eq(credentials.id, id as CredentialRow['id']), inArray(credentials.status, allowed), isExpected))
    .returning({
      id: credentials.id,
      worker: credentials.worker,
      exam: credentials.exam,
      status: credentials.status,
      version: credentials.version,
    })
}

/** Counts a change that leaves the status as it is, on the version that was read, for somebody's batch. */
export const countChangeStatement = (db: Database, id: string, expectedVersion: number) =>
  db
    .update(credentials)
    .set({ version: sql`${credentials.version} + 1` })
    .where(and(eq(credentials.id, id as CredentialRow['id']), eq(credentials.version, expectedVersion)))

export async function findCredential(db: Database, id: string): Promise<CredentialRow | undefined> {
  const [row] = await db
    .select()
    .from(credentials)
    .where(eq(credentials.id, id as CredentialRow['id']))
  return row
}

/** What a verification asks of many credentials, in one statement. */
export async function statesOfCredentials(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<CredentialRow, 'subject' | 'status' | 'jwt'>>> {
  const rows = await db
    .select({ id: credentials.id, subject: credentials.subject, status: credentials.status, jwt: credentials.jwt })
    .from(credentials)
    .where(sql`${credentials.id} in (select value from json_each(${JSON.stringify(ids)}))`)
  return new Map(rows.map(({ id, ...state }) => [id, state]))
}

/** What an attempt earned: the last edition, where it was corrected. */
export async function credentialOfAttempt(db: Database, attemptId: string): Promise<CredentialRow | undefined> {
  const [row] = await db
    .select()
    .from(credentials)
    .where(eq(credentials.attemptId, attemptId))
    .orderBy(desc(credentials.edition))
    .limit(1)
  return row
}

/** The id under which what a credential certifies stands now: its own, or that of its last correction. */
export async function currentEdition(db: Database, id: string): Promise<string> {
  const found = await findCredential(db, id)
  return (found && (await credentialOfAttempt(db, found.attemptId))?.id) ?? id
}

/** The credentials that follow this one, and all editions of what its attempt earned. */
export const relativesOf = async (
  db: Database,
  { id, predecessor, attemptId }: Pick<CredentialRow, 'id' | 'predecessor' | 'attemptId'>,
): Promise<CredentialRow[]> =>
  db
    .select()
    .from(credentials)
    .where(
      or(
        eq(credentials.predecessor, id),
        eq(credentials.attemptId, attemptId),
        predecessor === null ? undefined : eq(credentials.id, predecessor),
      ),
    )

/** All credentials of a worker, the newest first. */
export const credentialsOfWorker = async (db: Database, worker: string): Promise<CredentialRow[]> =>
  db
    .select()
    .from(credentials)
    .where(eq(credentials.worker, worker))
    .orderBy(desc(credentials.issuedAt), desc(credentials.id))

/** What a list shows of a credential. */
export type ListedCredential = Pick<
  CredentialRow,
  'id' | 'worker' | 'holderName' | 'exam' | 'level' | 'title' | 'status' | 'issuedAt' | 'validUntil'
>

const listed = {
  id: credentials.id,
  worker: credentials.worker,
  holderName: credentials.holderName,
  exam: credentials.exam,
  level: credentials.level,
  title: credentials.title,
  status: credentials.status,
  issuedAt: credentials.issuedAt,
  validUntil: credentials.validUntil,
}

/** These credentials, by their ids. */
export async function credentialsAmong(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ListedCredential>> {
  const rows = await db
    .select(listed)
    .from(credentials)
    .where(sql`${credentials.id} in (select value from json_each(${JSON.stringify(ids)}))`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The newest credentials, of a worker or of all, from one on where a page goes on. Their ids grow with time. */
export async function newestCredentials(
  db: Database,
  { worker, before, limit }: { worker?: string; before?: string; limit: number },
): Promise<ListedCredential[]> {
  return db
    .select(listed)
    .from(credentials)
    .where(
      and(
        worker === undefined ? undefined : eq(credentials.worker, worker),
        before === undefined ? undefined : lt(credentials.id, before as CredentialRow['id']),
      ),
    )
    .orderBy(desc(credentials.id))
    .limit(limit)
}

/** What holds and held credentials, by credential. */
export async function holdsOf(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Hold[]>> {
  const rows = await db
    .select()
    .from(credentialHolds)
    .where(sql`${credentialHolds.credential} in (select value from json_each(${JSON.stringify(ids)}))`)
    .orderBy(asc(credentialHolds.since))
  const holds = rows.map(({ credential, cause, ref, since, until }) => ({
    credential,
    hold: { cause, ref, since, ...(until === null ? {} : { until }) },
  }))
  return new Map(
    [...Map.groupBy(holds, ({ credential }) => credential)].map(([credential, own]) => [
      credential,
      own.map(({ hold }) => hold),
    ]),
  )
}

/** Records a hold or its end, for the batch of the flow that decided it; undefined for an act that is none. */
export function holdStatement(db: Database, credential: string, act: StatusAct): Statement | undefined {
  if (act.act === 'hold') {
    const { cause, ref, since } = act
    return db
      .insert(credentialHolds)
      .values({ credential, cause, ref, since })
      .onConflictDoUpdate({
        target: [credentialHolds.credential, credentialHolds.cause, credentialHolds.ref, credentialHolds.since],
        set: { until: null },
      })
  }
  if (act.act !== 'lift') return undefined
  const lifted = and(
    eq(credentialHolds.credential, credential),
    eq(credentialHolds.cause, act.cause),
    eq(credentialHolds.ref, act.ref),
    // a case has one hold, whose end is what the case says now
    act.cause === 'case' ? undefined : isNull(credentialHolds.until),
  )
  return db.update(credentialHolds).set({ until: act.until }).where(lifted)
}

/** Holds while no certificate of a worker has changed since these were read, and none has come: versions only rise. */
export const areAsRead = (worker: string, read: readonly Pick<CredentialRow, 'version'>[]): SQL =>
  sql`(select coalesce(sum(version), 0) from credentials where worker = ${worker}) = ${read.reduce((sum, { version }) => sum + version, 0)}`

/** Notes that the marketplace took the badge, for the batch of what follows from it. It took effect if a row comes back. */
export const givenStatement = (db: Database, id: CredentialRow['id'], at: Instant, onlyIf: SQL) =>
  db
    .update(credentials)
    .set({ givenAt: at })
    .where(and(eq(credentials.id, id), isNull(credentials.givenAt), onlyIf))
    .returning({ id: credentials.id })

/**
 * Workers after a cursor, in order, whose credentials the marketplace has to have right: what is live, and what ended or
 * was taken away since a time.
 */
export async function holdersAfter(
  db: Database,
  page: { after: string; endedSince: Instant; limit: number },
): Promise<string[]> {
  const matters = sql`(${credentials.status} in ('active', 'suspended') or ${credentials.statusChangedAt} >= ${page.endedSince})`
  const rows = await db
    .selectDistinct({ worker: credentials.worker })
    .from(credentials)
    .where(and(sql`${credentials.worker} > ${page.after}`, matters))
    .orderBy(asc(credentials.worker))
    .limit(page.limit)
  return rows.map(({ worker }) => worker)
}

/** Raises the versions of all credentials of these workers to a least one. */
export const raiseVersionsStatement = (db: Database, workers: readonly string[], least: number): Statement =>
  db
    .update(credentials)
    .set({ version: sql`max(${credentials.version}, ${least})` })
    .where(sql`${credentials.worker} in (select value from json_each(${JSON.stringify(workers)}))`)

/** All credentials of these workers. */
export const credentialsOfWorkers = async (db: Database, workers: readonly string[]): Promise<CredentialRow[]> =>
  db
    .select()
    .from(credentials)
    .where(sql`${credentials.worker} in (select value from json_each(${JSON.stringify(workers)}))`)

/** Whether a worker holds a credential of the exam that stands at `now`. */
export async function isActive(db: Database, worker: string, exam: string, now: Instant): Promise<boolean> {
  const rows = await db
    .select({ status: credentials.status, validUntil: credentials.validUntil })
    .from(credentials)
    .where(and(eq(credentials.worker, worker), eq(credentials.exam, exam)))
  return rows.some((row) => row.status === 'active' && row.validUntil > now)
}

/** Credentials whose validity has ended without their status saying so, the longest first, at most `limit`. */
export const expiredCandidates = async (db: Database, now: Instant, limit: number): Promise<CredentialRow[]> =>
  db
    .select()
    .from(credentials)
    // the words of the partial index, which bound values would not match
    .where(and(sql`status in ('active', 'suspended')`, lte(credentials.validUntil, now)))
    .orderBy(asc(credentials.validUntil))
    .limit(limit)

/** The correction that stands in for a credential, if there is one. */
export async function replacementOf(db: Database, id: string): Promise<CredentialRow | undefined> {
  const [row] = await db
    .select()
    .from(credentials)
    .where(and(eq(credentials.predecessor, id as CredentialRow['id']), eq(credentials.relation, 'replaces')))
  return row
}

/** Credentials that stand, whose next reminder is due and for which no later one of the exam stands; the first to be due first. */
export const dueReminders = async (db: Database, now: Instant, limit: number): Promise<CredentialRow[]> =>
  db
    .select()
    .from(credentials)
    // the words of the partial index, which a bound value would not match
    .where(
      sql`status = 'active' and ${credentials.remindAt} <= ${now} and ${credentials.validUntil} > ${now} and not exists (select 1 from credentials c
        where c.worker = credentials.worker and c.exam = credentials.exam and c.status = 'active' and c.valid_until > credentials.valid_until)`,
    )
    .orderBy(asc(credentials.remindAt))
    .limit(limit)

/** Notes that a reminder was sent, and when the next one is due, for the batch that sends it. */
export const remindedStatement = (
  db: Database,
  { id, due, next }: { id: CredentialRow['id']; due: Instant; next: Instant | null },
): Statement =>
  db
    .update(credentials)
    .set({ remindAt: next })
    .where(and(eq(credentials.id, id), eq(credentials.remindAt, due)))

/** Revokes all credentials of a worker, for the batch of an erasure: also one that was issued a moment ago. */
export const revokeAllStatement = (db: Database, worker: string, now: Instant) =>
  db
    .update(credentials)
    .set({ status: 'revoked', statusCause: 'operator', statusChangedAt: now, version: sql`${credentials.version} + 1` })
    .where(and(eq(credentials.worker, worker), inArray(credentials.status, statesBefore('revoked'))))

/**
 * Overwrites what names a person in all credentials of a worker, and what joins them to each other and to an attempt, for the
 * batch of an erasure. The signed text is destroyed with it. The number and its place in the status list stay: a copy proves nothing.
 */
export const eraseHolderStatement = (db: Database, worker: string) =>
  db
    .update(credentials)
    .set({
      worker: '',
      holderName: '',
      subject: '',
      jwt: '',
      walletExport: null,
      attemptId: sql`id`,
      edition: 1,
      predecessor: null,
      relation: null,
      givenAt: null,
      awardedAt: null,
      remindAt: null,
      verified: null,
    })
    .where(eq(credentials.worker, worker))
    .returning({ id: credentials.id })

/** Those of these credentials that the marketplace has taken. */
export async function givenAmong(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ id: credentials.id })
    .from(credentials)
    .where(
      and(
        sql`${credentials.id} in (select value from json_each(${JSON.stringify(ids)}))`,
        isNotNull(credentials.givenAt),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

/** What speaks against an attempt, and not only against the worker's standing since. */
const DOUBTS: HoldCause[] = ['case', 'operator']

/**
 * Those of these credentials that a case or an operator suspends or has revoked: something is wrong with how they were
 * earned. One whose holder only lost the marketplace's favour is not among them.
 */
export async function doubtedAmong(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ id: credentials.id })
    .from(credentials)
    .where(
      and(
        sql`${credentials.id} in (select value from json_each(${JSON.stringify(ids)}))`,
        or(
          and(eq(credentials.status, 'revoked'), inArray(credentials.statusCause, DOUBTS)),
          exists(
            db
              .select({ one: sql`1` })
              .from(credentialHolds)
              .where(
                and(
                  eq(credentialHolds.credential, credentials.id),
                  inArray(credentialHolds.cause, DOUBTS),
                  isNull(credentialHolds.until),
                ),
              ),
          ),
        ),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

/** Keeps a wallet export that was made after the issue, if the record is still as it was read: not erased, nor signed anew. @returns the one that is kept now. */
export async function keepWalletExport(
  db: Database,
  { id, jwt, walletExport: before }: Pick<CredentialRow, 'id' | 'jwt' | 'walletExport'>,
  walletExport: string,
): Promise<string | undefined> {
  const asRead = and(
    eq(credentials.id, id),
    eq(credentials.jwt, jwt),
    before === null ? isNull(credentials.walletExport) : eq(credentials.walletExport, before),
  )
  await db.update(credentials).set({ walletExport }).where(asRead)
  return (await findCredential(db, id))?.walletExport ?? undefined
}

/** Keeps an endorsement in place of an earlier one. */
export async function keepEndorsement(db: Database, row: EndorsementRow): Promise<void> {
  await db.insert(endorsements).values(row).onConflictDoUpdate({ target: endorsements.exam, set: row })
}

export async function deleteEndorsement(db: Database, exam: string): Promise<void> {
  await db.delete(endorsements).where(eq(endorsements.exam, exam))
}

export async function findEndorsement(db: Database, exam: string): Promise<EndorsementRow | undefined> {
  const [row] = await db.select().from(endorsements).where(eq(endorsements.exam, exam))
  return row
}
