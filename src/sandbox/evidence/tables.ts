import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CredentialStatus } from '../../contract/marketplace.ts'
import type { Instant } from '../../kernel/instant.ts'
import { workers } from '../people/tables.ts'

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
    status: text().$type<CredentialStatus>().notNull(),
    version: integer().notNull(),
    url: text().notNull(),
    image: text().notNull(),
    jwt: text().notNull(),
    issuedAt: integer('issued_at').$type<Instant>().notNull(),
    validUntil: integer('valid_until').$type<Instant>().notNull(),
    verifiedAt: integer('verified_at').$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.worker, t.credential] }), index('badges_credential').on(t.credential)],
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
