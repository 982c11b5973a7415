import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import type { Notice } from './notice.ts'

/** What somebody is told. */
export const notifications = sqliteTable(
  'notifications',
  {
    id: text().primaryKey(),
    person: text().notNull(),
    at: integer().$type<Instant>().notNull(),
    notice: text({ mode: 'json' }).$type<Notice>().notNull(),
    readAt: integer('read_at').$type<Instant>(),
    /** What may be told once only, by a name of its own; null for what nobody repeats. */
    once: text(),
  },
  (t) => [index('notifications_person').on(t.person, t.at), uniqueIndex('notifications_once').on(t.once)],
)

/** Newcomers who are told of starter jobs once a week: those whose weeks are not over. Triggers put in who joins and who passes. */
export const weeklyNotices = sqliteTable(
  'weekly_notices',
  {
    worker: text().primaryKey(),
    /** When the weeks began: with joining, or with a pass after that. */
    since: integer().$type<Instant>().notNull(),
    /** When the next one is due. */
    dueAt: integer('due_at').$type<Instant>().notNull(),
    /** When the last one was sent. */
    sentAt: integer('sent_at').$type<Instant>(),
  },
  (t) => [index('weekly_notices_due').on(t.dueAt)],
)
