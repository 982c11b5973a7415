import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { JWK } from 'jose'
import type { LocaleText } from '../item/item.ts'
import type { CredentialId } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { CredentialStatus, HoldCause, StatusCause } from './credential-status.ts'
import type { ChangeCause, CredentialChange, Relation } from './lineage.ts'
import type { VerifiedIdentity } from './open-badge.ts'

/** One row per issued credential. Times are milliseconds since 1970. The unique indices are the locks of issuing. */
export const credentials = sqliteTable(
  'credentials',
  {
    id: text('id').primaryKey().$type<CredentialId>(),
    attemptId: text('attempt_id').notNull(),
    worker: text('worker').notNull(),
    exam: text('exam').notNull(),
    level: integer('level').notNull().$type<1 | 2 | 3>(),
    examVersion: integer('exam_version').notNull(),
    /** Title of the exam, as it was. */
    title: text('title', { mode: 'json' }).notNull().$type<LocaleText>(),
    /** Display name at the marketplace when it was issued; empty where the holder wanted none. */
    holderName: text('holder_name').notNull(),
    /** Pairwise `urn:uuid:…`. */
    subject: text('subject').notNull(),
    issuedAt: integer('issued_at').notNull().$type<Instant>(),
    validUntil: integer('valid_until').notNull().$type<Instant>(),
    status: text('status').notNull().$type<CredentialStatus>(),
    /** What the status follows from, the first of several; see `credential_holds` for all. Null while nothing holds. */
    statusCause: text('status_cause').$type<StatusCause>(),
    /** When the status last changed; `issuedAt` at first. */
    statusChangedAt: integer('status_changed_at').notNull().$type<Instant>(),
    /** From 1, higher with every change of status or of what holds it. */
    version: integer('version').notNull(),
    statusList: integer('status_list').notNull(),
    statusIndex: integer('status_index').notNull(),
    jwt: text('jwt').notNull(),
    /** The same credential with an embedded proof, as JSON, for wallets of Data Integrity. Null where none was made yet. */
    walletExport: text('wallet_export'),
    /** Content hash of the bank that the attempt was drawn from. */
    bankHash: text('bank_hash').notNull(),
    /** When the marketplace first took the badge as active: what it once had it may get back while the worker is restricted. */
    givenAt: integer('given_at').$type<Instant>(),
    /** When the first of a line of renewals and corrections was awarded; null where this one is the first. */
    awardedAt: integer('awarded_at').$type<Instant>(),
    /** From 1, and one more with each correction of what an attempt earned. */
    edition: integer('edition').notNull().default(1),
    /** The credential that this one renews or stands in for, and which of the two. */
    predecessor: text('predecessor').$type<CredentialId>(),
    relation: text('relation').$type<Relation>(),
    /** When the next reminder of its end is due; null when none is left. */
    remindAt: integer('remind_at').$type<Instant>(),
    /** Who had verified the holder's identity when it was issued, and when; null where nobody was named. */
    verified: text('verified', { mode: 'json' }).$type<VerifiedIdentity>(),
  },
  (t) => [
    uniqueIndex('credentials_one_per_edition').on(t.attemptId, t.edition),
    uniqueIndex('credentials_one_per_index').on(t.statusList, t.statusIndex),
    uniqueIndex('credentials_one_successor').on(t.predecessor, t.relation),
    index('credentials_of_worker').on(t.worker, t.exam, t.issuedAt),
    index('credentials_ending').on(t.validUntil).where(sql`status in ('active', 'suspended')`),
    index('credentials_by_reminder').on(t.remindAt).where(sql`status = 'active'`),
    index('credentials_revoked').on(t.statusList, t.statusIndex).where(sql`status = 'revoked'`),
  ],
)

/** How many entries of each status list are given away. Triggers of the credentials keep it. */
export const statusLists = sqliteTable('status_lists', {
  list: integer('list').primaryKey(),
  used: integer('used').notNull(),
})

/**
 * Every change of a credential, and who made it and why: written in the batch that makes the change. The primary key is the
 * lock of changing: what was decided upon one version can happen once.
 */
export const credentialEvents = sqliteTable(
  'credential_events',
  {
    credential: text('credential_id').notNull().$type<CredentialId>(),
    /** Version of the credential after the change. */
    version: integer('version').notNull(),
    at: integer('at').notNull().$type<Instant>(),
    change: text('change').notNull().$type<CredentialChange>(),
    /** Null for the beginning. */
    from: text('from_status').$type<CredentialStatus>(),
    to: text('to_status').notNull().$type<CredentialStatus>(),
    cause: text('cause').notNull().$type<ChangeCause>(),
    /** The operator who decided it; empty where nobody did. */
    actor: text('actor').notNull(),
    /** The reason that was given, or what it refers to. */
    why: text('why').notNull(),
    /** The other credential of a renewal or a correction. */
    other: text('other').$type<CredentialId>(),
  },
  (t) => [
    primaryKey({ columns: [t.credential, t.version] }),
    index('credential_events_of_actor').on(t.actor).where(sql`actor <> ''`),
  ],
)

/** Everything that suspends a credential or once did, each from a time until it was lifted. The status follows from the open ones. */
export const credentialHolds = sqliteTable(
  'credential_holds',
  {
    credential: text('credential_id').notNull(),
    cause: text('cause').notNull().$type<HoldCause>(),
    /** The case; empty for the others. */
    ref: text('ref').notNull(),
    since: integer('since').notNull().$type<Instant>(),
    until: integer('until').$type<Instant>(),
  },
  (t) => [primaryKey({ columns: [t.credential, t.cause, t.ref, t.since] })],
)

/** Who vouches for an exam's achievement: the newest endorsement that the marketplace handed in, checked before it was kept. */
export const endorsements = sqliteTable('endorsements', {
  exam: text('exam').primaryKey(),
  /** The EndorsementCredential as compact JWS. */
  jwt: text('jwt').notNull(),
  /** The public key that it was checked with, as its issuer published it then. */
  publicJwk: text('public_jwk', { mode: 'json' }).notNull().$type<JWK>(),
  receivedAt: integer('received_at').notNull().$type<Instant>(),
})

export type EndorsementRow = typeof endorsements.$inferSelect
export type CredentialRow = typeof credentials.$inferSelect
export type CredentialEventRow = typeof credentialEvents.$inferSelect
