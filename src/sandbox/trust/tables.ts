import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'

/** The plugin's events that were received, for good: a second one with the same id is a duplicate. */
export const receivedEvents = sqliteTable('received_events', {
  id: text().primaryKey(),
  type: text().notNull(),
  /** Always empty: what an event told of somebody must not outlive them here. */
  body: text().notNull(),
  receivedAt: integer('received_at').$type<Instant>().notNull(),
})
