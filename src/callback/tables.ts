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
  (t) => [index('outbox_due').on(t.status, t.nextAt), index('outbox_stream').on(t.stream, t.seq)],
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
export const eventLog = sqliteTable('event_log', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  type: text('type').notNull(),
  at: integer('at').notNull(),
  data: text('data').notNull(),
})
