import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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

export const workers = sqliteTable(
  'workers',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    reading: text().notNull(),
    categories: text({ mode: 'json' }).$type<readonly Category[]>().notNull(),
    skillsJa: text('skills_ja').notNull(),
    skillsEn: text('skills_en').notNull(),
    hourlyRate: integer('hourly_rate').notNull(),
    joinedAt: integer('joined_at').$type<Instant>().notNull(),
    /** 0 for somebody who was never seen. */
    lastSeenAt: integer('last_seen_at')
      .$type<Instant>()
      .notNull()
      .default(0 as Instant),
    standing: text().$type<StandingStatus>().notNull(),
    standingVersion: integer('standing_version').notNull(),
    erasedAt: integer('erased_at').$type<Instant>(),
  },
  (t) => [index('workers_joined').on(t.joinedAt)],
)
