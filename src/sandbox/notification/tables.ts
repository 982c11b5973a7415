import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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
  },
  (t) => [index('notifications_person').on(t.person, t.at)],
)
