import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Letters to be delivered. `stream` is delivered in order of `seq`; `chain` groups the letters that make no sense without
 * the ones before them. `seq` is also the version that the receiver compares: a later letter always has a higher one.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    destination: text('destination').notNull(),
    stream: text('stream').notNull(),
    chain: text('chain').notNull(),
    kind: text('kind').notNull(),
    letter: text('letter').notNull(),
    status: text('status').notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: integer('next_at').notNull(),
    notBefore: integer('not_before').notNull(),
    lease: text('lease'),
    leaseUntil: integer('lease_until').notNull(),
    lastError: text('last_error'),
    createdAt: integer('created_at').notNull(),
    settledAt: integer('settled_at'),
  },
  (t) => [
    index('outbox_waiting').on(t.destination, t.nextAt).where(sql`status = 'pending'`),
    index('outbox_stream_status').on(t.stream, t.status, t.seq),
    index('outbox_chain_status').on(t.chain, t.status, t.seq),
    index('outbox_status').on(t.status),
    index('outbox_event_of').on(sql`letter ->> '$.body.data.worker'`).where(sql`kind = 'event'`),
  ],
)

/** How many letters of each status there are for each destination. Triggers of the outbox keep it. */
export const messageCounts = sqliteTable(
  'message_counts',
  {
    destination: text('destination').notNull(),
    status: text('status').notNull(),
    n: integer('n').notNull(),
  },
  (t) => [primaryKey({ columns: [t.destination, t.status] })],
)

/** Every try to deliver a letter. */
export const deliveryAttempts = sqliteTable(
  'delivery_attempts',
  {
    message: text('message_id').notNull(),
    at: integer('at').notNull(),
    lease: text('lease').notNull(),
    outcome: text('outcome').notNull(),
    detail: text('detail').notNull(),
    elapsedMs: integer('elapsed_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.message, t.lease] }), index('delivery_attempts_at').on(t.at)],
)

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
