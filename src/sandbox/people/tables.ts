import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import type { Category, StandingStatus } from './worker.ts'

/** Who posts jobs. */
export const clients = sqliteTable('clients', {
  id: text().primaryKey(),
  name: text().notNull(),
  reading: text().notNull(),
  aboutJa: text('about_ja').notNull(),
  aboutEn: text('about_en').notNull(),
  joinedAt: integer('joined_at').$type<Instant>().notNull(),
  standing: text().$type<StandingStatus>().notNull(),
  standingVersion: integer('standing_version').notNull(),
})

/** Who is signed in, by the SHA-256 of the session's token. */
export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    person: text().notNull(),
    expiresAt: integer('expires_at').$type<Instant>().notNull(),
  },
  (t) => [index('sessions_end').on(t.expiresAt), index('sessions_person').on(t.person)],
)

export const workers = sqliteTable('workers', {
  id: text().primaryKey(),
  name: text().notNull(),
  reading: text().notNull(),
  categories: text({ mode: 'json' }).$type<readonly Category[]>().notNull(),
  skillsJa: text('skills_ja').notNull(),
  skillsEn: text('skills_en').notNull(),
  hourlyRate: integer('hourly_rate').notNull(),
  joinedAt: integer('joined_at').$type<Instant>().notNull(),
  standing: text().$type<StandingStatus>().notNull(),
  standingVersion: integer('standing_version').notNull(),
  erasedAt: integer('erased_at').$type<Instant>(),
})

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
  },
  (t) => [index('past_reviews_worker').on(t.worker, t.at)],
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
})

/** Written last by the seeding: its presence means that the seed is complete. */
export const reviewNorms = sqliteTable('review_norms', { id: text().primaryKey(), mean: real().notNull(), sd: real().notNull() })
