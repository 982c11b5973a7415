import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** By how many milliseconds the test clock is ahead of the real one: one row at most. */
export const testClock = sqliteTable('test_clock', { id: text().primaryKey(), movedBy: integer('moved_by').notNull() })

/** The one fault that is set: how many more calls of the API it spoils, and how. */
export const faults = sqliteTable('faults', {
  id: text().primaryKey(),
  status: integer(),
  delayMs: integer('delay_ms').notNull(),
  remaining: integer().notNull(),
})
