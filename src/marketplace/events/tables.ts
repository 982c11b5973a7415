import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Ids of received webhooks: each is applied once, for good. */
export const inbox = sqliteTable('inbox', {
  id: text('id').primaryKey(),
  type: text('type').notNull(),
  /** Always empty. */
  data: text('data').notNull(),
  receivedAt: integer('received_at').notNull(),
})

/** The plugin's own events, for receivers that missed one. */
export const eventLog = sqliteTable(
  'event_log',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    type: text('type').notNull(),
    at: integer('at').notNull(),
    data: text('data').notNull(),
  },
  () => [index('event_log_of').on(sql`data ->> 'worker'`).where(sql`json_valid(data)`)],
)

/** How often something happened on the way from an exam to a first job, by day: counts of nobody in particular. */
export const countedEvents = sqliteTable(
  'counted_events',
  {
    exam: text('exam').notNull(),
    event: text('event').notNull(),
    /** Whole days since 1970. */
    day: integer('day').notNull(),
    n: integer('n').notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.event, t.day] })],
)
