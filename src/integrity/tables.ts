import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { CaseId, ConcernId, CredentialId } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ConcernKind } from './concern.ts'

/** Cases of suspected cheating. The marketplace's people decide them; here is what they decided, by its version. */
export const integrityCases = sqliteTable(
  'integrity_cases',
  {
    id: text('id').primaryKey().$type<CaseId>(),
    credential: text('credential_id').notNull().$type<CredentialId>(),
    worker: text('worker').notNull(),
    policy: text('policy').notNull(),
    /** For our own people only: it is never sent. */
    note: text('note').notNull(),
    /** The operator who opened it; empty where the marketplace did. */
    actor: text('actor').notNull(),
    openedAt: integer('opened_at').notNull().$type<Instant>(),
    /** The message that reported it. */
    message: text('message_id'),
    /** The marketplace's own name of the case, once it has told it. */
    marketplaceCase: text('marketplace_case'),
    status: text('status').notNull(),
    action: text('action'),
    decidedAt: integer('decided_at').$type<Instant>(),
    appealOutcome: text('appeal_outcome'),
    appealDecidedAt: integer('appeal_decided_at').$type<Instant>(),
    final: integer('final', { mode: 'boolean' }).notNull(),
    /** The marketplace's; 0 while it has told nothing. */
    version: integer('version').notNull(),
  },
  (t) => [
    uniqueIndex('integrity_cases_at_marketplace').on(t.marketplaceCase),
    uniqueIndex('integrity_cases_by_message').on(t.message),
    index('integrity_cases_of_worker').on(t.worker),
    index('integrity_cases_of_actor').on(t.actor),
    index('integrity_cases_of_credential').on(t.credential),
    index('integrity_cases_unfinished').on(t.openedAt, t.id).where(sql`final = 0`),
  ],
)

export type IntegrityCase = typeof integrityCases.$inferSelect

/** What anybody found odd about a certificate, without a name. It changes nothing by itself: operators read it and decide. */
export const concerns = sqliteTable(
  'concerns',
  {
    id: text('id').primaryKey().$type<ConcernId>(),
    credential: text('credential_id').notNull().$type<CredentialId>(),
    /** The holder of the certificate, with whom it is erased. */
    worker: text('worker').notNull(),
    kind: text('kind').notNull().$type<ConcernKind>(),
    note: text('note').notNull(),
    raisedAt: integer('raised_at').notNull().$type<Instant>(),
    settledAt: integer('settled_at').$type<Instant>(),
    /** The operator who looked into it. */
    settledBy: text('settled_by'),
  },
  (t) => [
    index('concerns_of_credential').on(t.credential),
    index('concerns_of_worker').on(t.worker),
    index('concerns_of_settler').on(t.settledBy),
    index('concerns_waiting').on(t.raisedAt, t.id).where(sql`settled_at is null`),
  ],
)

export type Concern = typeof concerns.$inferSelect
