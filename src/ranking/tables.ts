import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../kernel/instant.ts'

/** Axes of a client's review of a worker, and the hidden answers as an aggregate, as the marketplace gives them. */
export interface RevealedReviews {
  readonly count: number
  readonly clients: number
  /** Mean of each axis, 1..5. Null without reviews. */
  readonly axes: Readonly<Record<'skill' | 'quality' | 'schedule' | 'communication' | 'partnership', number>> | null
}

export interface HiddenAnswers {
  /** Answers in the aggregate, five at least. */
  readonly n: number
  /** Would work together again, 0..10. */
  readonly againMean: number
  /** Share that called it safe, 0..1. */
  readonly safeShare: number
  readonly batches: number
  readonly asOf: string
}

/**
 * Contracts of known workers: which certificate stood when each was made, and what became of it. What the marketplace
 * versions is taken from the higher version; that it was formed and that it was reviewed never become untrue.
 */
export const contractEvidence = sqliteTable(
  'contract_evidence',
  {
    worker: text('worker').notNull(),
    contract: text('contract').notNull(),
    /** Null while no call or event named it. */
    exam: text('exam'),
    formedAt: integer('formed_at').$type<Instant>(),
    /** The certificate that stood then and was told to the marketplace. */
    credential: text('credential_id'),
    /** When the marketplace took it. */
    frozenAt: integer('frozen_at').$type<Instant>(),
    client: text('client'),
    amountBucket: text('amount_bucket', { mode: 'json' }).$type<unknown>(),
    releasedAt: integer('released_at').$type<Instant>(),
    refunded: integer('refunded', { mode: 'boolean' }).notNull(),
    status: text('status'),
    reviewed: integer('reviewed', { mode: 'boolean' }).notNull(),
    /** Of what the marketplace told; 0 while it has told nothing. */
    version: integer('version').notNull(),
  },
  (t) => [primaryKey({ columns: [t.worker, t.contract] }), index('contract_evidence_by_exam').on(t.worker, t.exam)],
)

/** What reviews say of a worker, as aggregates only. */
export const reviewEvidence = sqliteTable('review_evidence', {
  worker: text('worker').primaryKey(),
  revealed: text('revealed', { mode: 'json' }).notNull().$type<RevealedReviews>(),
  hidden: text('hidden', { mode: 'json' }).$type<HiddenAnswers>(),
  version: integer('version').notNull(),
})

export type ContractEvidence = typeof contractEvidence.$inferSelect
export type ReviewEvidence = typeof reviewEvidence.$inferSelect
