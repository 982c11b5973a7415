import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** By how many milliseconds the test clock is ahead of the real one: one row at most. */
export const testClock = sqliteTable('test_clock', { id: text().primaryKey(), movedBy: integer('moved_by').notNull() })
