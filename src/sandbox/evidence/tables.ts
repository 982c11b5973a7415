import type { BeliefState } from '@kentei/marketplace/estimator'
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CredentialStatus, PartId } from '../../contract/marketplace.ts'
import type { Instant } from '../../kernel/instant.ts'
import { workers } from '../people/tables.ts'
import type { Setting } from './belief/setting.ts'

/** Only badges that verified ever get here. */
export const badges = sqliteTable(
  'badges',
  {
    worker: text()
      .notNull()
      .references(() => workers.id),
    credential: text().notNull(),
    exam: text().notNull(),
    level: integer().notNull(),
    title: text().notNull(),
    /** What the certificate rests on; null where the plugin did not say. */
    parts: text({ mode: 'json' }).$type<readonly PartId[]>(),
    /** Version of the exam that it certifies, as was signed; null where the badge is older than this column, or says none. */
    examVersion: text('exam_version'),
    status: text().$type<CredentialStatus>().notNull(),
    version: integer().notNull(),
    url: text().notNull(),
    image: text().notNull(),
    jwt: text().notNull(),
    issuedAt: integer('issued_at').$type<Instant>().notNull(),
    validUntil: integer('valid_until').$type<Instant>().notNull(),
    verifiedAt: integer('verified_at').$type<Instant>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.worker, t.credential] }),
    index('badges_credential').on(t.credential),
    index('badges_passed').on(t.exam, t.issuedAt),
  ],
)

/** A withdrawn signal keeps its row and version, so that a late, older PUT cannot bring it back. */
export const rankingSignals = sqliteTable(
  'ranking_signals',
  {
    worker: text()
      .notNull()
      .references(() => workers.id),
    exam: text().notNull(),
    version: integer().notNull(),
    withdrawn: integer({ mode: 'boolean' }).notNull(),
    priorMean: real('prior_mean').notNull(),
    equivalentReviews: real('equivalent_reviews').notNull(),
    validUntil: integer('valid_until').$type<Instant>().notNull(),
    explanationJa: text('explanation_ja').notNull(),
    explanationEn: text('explanation_en').notNull(),
  },
  (t) => [primaryKey({ columns: [t.worker, t.exam] })],
)

/** Versions of the exams as badges told them, with when the first badge of each was issued: the newest is the one begun last. */
export const examVersions = sqliteTable(
  'exam_versions',
  {
    exam: text().notNull(),
    version: text().notNull(),
    since: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.version] }), index('exam_versions_newest').on(t.exam, t.since)],
)

/** What is believed of each exam, from the beginning of each month on. Never changed. */
export const examBeliefs = sqliteTable(
  'exam_beliefs',
  {
    exam: text().notNull(),
    /** `2026-11`, by UTC. */
    month: text().notNull(),
    certified: integer().notNull(),
    others: integer().notNull(),
    d: real().notNull(),
    sigma: real().notNull(),
    ratio: real().notNull(),
    boostFactor: real('boost_factor').notNull(),
    state: text().$type<BeliefState>().notNull(),
    /** Since when the exam has been in this state. */
    since: integer().$type<Instant>().notNull(),
    /** The newest version of the exam then; null where none was known. */
    version: text(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.month] })],
)

/** Each change of an exam's setting by an operator: the newest holds. Never changed. */
export const examSettings = sqliteTable(
  'exam_settings',
  {
    exam: text().notNull(),
    /** Of the exam's changes the how manieth, from 1. */
    version: integer().notNull(),
    setting: text().$type<Setting>().notNull(),
    operator: text().notNull(),
    note: text().notNull(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.version] })],
)
