import type { Cohort } from '@kentei/marketplace/estimator'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import { workers } from '../people/tables.ts'
import type { Category } from '../people/worker.ts'
import type { ContradictionKind, ReviewSide, SafeAnswer } from './review.ts'

/** The two reviews of a contract, made with the first of them. They are revealed together. */
export const reviewPairs = sqliteTable(
  'review_pairs',
  {
    contract: text().primaryKey(),
    worker: text().notNull(),
    client: text().notNull(),
    category: text().$type<Category>().notNull(),
    closesAt: integer('closes_at').$type<Instant>().notNull(),
    revealedAt: integer('revealed_at').$type<Instant>(),
    /** The event of the one act that revealed the pair: whoever finds their own id here was first. */
    revealEvent: text('reveal_event'),
  },
  (t) => [
    index('review_pairs_open').on(t.closesAt).where(sql`revealed_at IS NULL`),
    uniqueIndex('review_pairs_event').on(t.revealEvent),
  ],
)

/** Never changed once written. */
export const reviews = sqliteTable(
  'reviews',
  {
    id: text().primaryKey(),
    contract: text().notNull(),
    side: text().$type<ReviewSide>().notNull(),
    author: text().notNull(),
    subject: text().notNull(),
    skill: integer(),
    request: integer(),
    quality: integer().notNull(),
    schedule: integer().notNull(),
    communication: integer().notNull(),
    partnership: integer().notNull(),
    comment: text().notNull(),
    writtenAt: integer('written_at').$type<Instant>().notNull(),
    /** Who wrote it under which Idempotency-Key, so that a repeated request is told from a second review. */
    requestKey: text('request_key'),
  },
  (t) => [
    uniqueIndex('reviews_side').on(t.contract, t.side),
    index('reviews_subject').on(t.subject),
    index('reviews_author').on(t.author),
  ],
)

/** The reviewed person's answer, once. */
export const reviewReplies = sqliteTable('review_replies', {
  review: text()
    .primaryKey()
    .references(() => reviews.id),
  text: text().notNull(),
  at: integer().$type<Instant>().notNull(),
  requestKey: text('request_key'),
})

/** Grows by one with everything that changes what is publicly known of a worker's reviews. */
export const reviewVersions = sqliteTable('review_versions', {
  worker: text().primaryKey(),
  version: integer().notNull(),
})

/** For operators, and for aggregates of many. Nothing that answers anybody else may read it. */
export const hiddenAnswers = sqliteTable(
  'hidden_answers',
  {
    review: text()
      .primaryKey()
      .references(() => reviews.id),
    contract: text().notNull(),
    side: text().$type<ReviewSide>().notNull(),
    again: integer().notNull(),
    safe: text().$type<SafeAnswer>().notNull(),
    note: text().notNull(),
  },
  (t) => [index('hidden_answers_contract').on(t.contract)],
)

export type HiddenReadKind = 'answers' | 'worklist'

/** Every reading of hidden answers, and of the list that tells where they contradict. Never changed, never deleted. */
export const hiddenReads = sqliteTable('hidden_reads', {
  id: text().primaryKey(),
  operator: text().notNull(),
  kind: text().$type<HiddenReadKind>().notNull(),
  /** The contracts that were shown. */
  contracts: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
  reason: text().notNull(),
  at: integer().$type<Instant>().notNull(),
})

/** Reviews whose hidden answers contradict their stars, for an operator to look at. */
export const reviewContradictions = sqliteTable(
  'review_contradictions',
  {
    review: text()
      .primaryKey()
      .references(() => reviews.id),
    contract: text().notNull(),
    side: text().$type<ReviewSide>().notNull(),
    kind: text().$type<ContradictionKind>().notNull(),
    score: integer().notNull(),
    openedAt: integer('opened_at').$type<Instant>().notNull(),
    settledAt: integer('settled_at').$type<Instant>(),
    settledBy: text('settled_by'),
    note: text(),
  },
  (t) => [
    index('review_contradictions_open').on(t.settledAt, t.score, t.review),
    index('review_contradictions_contract').on(t.contract),
  ],
)

/** Published aggregates of hidden answers: what a row says is all that ever leaves of the answers in it. Never changed. */
export const hiddenBatches = sqliteTable(
  'hidden_batches',
  {
    id: text().notNull(),
    worker: text().notNull(),
    /** 1, 2, … per worker; the key is the lock. */
    seq: integer().notNull(),
    n: integer().notNull(),
    againMean: real('again_mean').notNull(),
    safeShare: real('safe_share').notNull(),
    /** Month of the publication, `2026-11`. */
    month: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.worker, t.seq] }), uniqueIndex('hidden_batches_id').on(t.id)],
)

/** Which answers are in which batch: an answer is in one at most. */
export const hiddenBatchMembers = sqliteTable('hidden_batch_members', {
  review: text().primaryKey(),
  batch: text().notNull(),
})

/** Workers about whom something happened since it was last looked whether a batch is full. */
export const aggregatesDue = sqliteTable('aggregates_due', { worker: text().primaryKey(), marks: integer().notNull() })

/** Reviews that were there when the sandbox opened. */
export const pastReviews = sqliteTable(
  'past_reviews',
  {
    id: text().primaryKey(),
    worker: text()
      .notNull()
      .references(() => workers.id),
    client: text().notNull(),
    at: integer().$type<Instant>().notNull(),
    skill: integer().notNull(),
    quality: integer().notNull(),
    schedule: integer().notNull(),
    communication: integer().notNull(),
    partnership: integer().notNull(),
    commentJa: text('comment_ja').notNull(),
    commentEn: text('comment_en').notNull(),
    /** Of the month of `at`. */
    growth: real().notNull().default(1),
  },
  (t) => [index('past_reviews_worker').on(t.worker, t.at)],
)

/**
 * The first three counted reviews of workers who began here without a past, each client's first, in the category of the
 * worker's first contract.
 */
export const firstReviews = sqliteTable('first_reviews', {
  worker: text().primaryKey(),
  exam: text().notNull(),
  /** The version that the certificate was of; without one the newest when the first contract was agreed. Empty where none was known. */
  version: text().notNull(),
  /** Whether the certificate stood then. */
  cohort: text().$type<Cohort>().notNull(),
  /** 1 to 3. */
  n: integer().notNull(),
  /** Sum of the five axes of these reviews. */
  stars: integer().notNull(),
})

/** The same counted. Triggers of the former keep it; who was erased stays in the count. */
export const firstReviewCounts = sqliteTable(
  'first_review_counts',
  {
    exam: text().notNull(),
    version: text().notNull(),
    cohort: text().$type<Cohort>().notNull(),
    n: integer().notNull(),
    people: integer().notNull(),
    stars: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.version, t.cohort, t.n] })],
)

/** One row per reviewed worker, kept in step with every revealed review, so that a search never counts reviews. */
export const reviewTotals = sqliteTable('review_totals', {
  worker: text()
    .primaryKey()
    .references(() => workers.id),
  count: integer().notNull(),
  clients: integer().notNull(),
  skill: integer().notNull(),
  quality: integer().notNull(),
  schedule: integer().notNull(),
  communication: integer().notNull(),
  partnership: integer().notNull(),
  weight: real().notNull().default(0),
  grown: real().notNull().default(0),
  grownScore: real('grown_score').notNull().default(0),
  limited: integer().notNull().default(0),
})

/** What a client's review of a worker weighs by itself, since it was revealed. */
export const reviewWeights = sqliteTable('review_weights', {
  review: text()
    .primaryKey()
    .references(() => reviews.id),
  /** m: contracts that the client had paid to others, at most 20. */
  others: integer().notNull(),
  /** What the client paid for this one, in yen. */
  yen: integer().notNull(),
  /** Before age and blocks, 0..1. */
  weight: real().notNull(),
  /** Of the month of its revealing. */
  growth: real().notNull(),
})

/** What a client and a worker have been to each other. */
export const clientWorkers = sqliteTable(
  'client_workers',
  {
    client: text().notNull(),
    worker: text().notNull(),
    /** Contracts that count as evidence; triggers of the contracts keep it. */
    paid: integer().notNull(),
    /** When the newest review that counts was revealed; null without one. */
    reviewedAt: integer('reviewed_at').$type<Instant>(),
    /** How often reviews began or ceased to count since it was looked whether the client belongs to a block. */
    due: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.client, t.worker] }),
    index('client_workers_reviewed').on(t.worker, t.reviewedAt).where(sql`reviewed_at IS NOT NULL`),
    index('client_workers_of').on(t.client, t.worker).where(sql`reviewed_at IS NOT NULL`),
    index('client_workers_due').on(t.client, t.worker).where(sql`due > 0`),
  ],
)

/** Written last by the seeding: its presence means that the seed is complete. */
export const reviewNorms = sqliteTable('review_norms', {
  id: text().primaryKey(),
  mean: real().notNull(),
  sd: real().notNull(),
})
