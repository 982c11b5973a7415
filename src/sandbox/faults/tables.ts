import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The one fault that is set: how many more calls of the API it spoils, and how. */
export const faults = sqliteTable('faults', {
  id: text().primaryKey(),
  status: integer(),
  delayMs: integer('delay_ms').notNull(),
  remaining: integer().notNull(),
})
