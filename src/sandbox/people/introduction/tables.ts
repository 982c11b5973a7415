import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { ReplyTime } from './introduction.ts'

/** What workers tell of themselves; triggers tell the search when the times change. */
export const introductions = sqliteTable('introductions', {
  worker: text().primaryKey(),
  headlineJa: text('headline_ja').notNull(),
  headlineEn: text('headline_en').notNull(),
  aboutJa: text('about_ja').notNull(),
  aboutEn: text('about_en').notNull(),
  week: integer().notNull(),
  hoursPerWeek: integer('hours_per_week'),
  startsAt: integer('starts_at').$type<Instant>(),
  replyHours: integer('reply_hours').$type<ReplyTime>(),
  fixedPrice: integer('fixed_price', { mode: 'boolean' }).notNull(),
  smallestJa: text('smallest_ja').notNull(),
  smallestEn: text('smallest_en').notNull(),
  declinesJa: text('declines_ja').notNull(),
  declinesEn: text('declines_en').notNull(),
})
