import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Messages to be delivered. `stream` is delivered in order of `seq`; `chain` groups the messages that make no sense without
 * the ones before them. `seq` is also the version that a receiver may compare: a later message always has a higher one, also
 * after a backup was restored. `dead_as` says of a dead message whether it was refused or given up; `next_at` of one that was
 * given up is when it may go out again.
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
    request: text('request').notNull(),
    status: text('status').notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: integer('next_at').notNull(),
    notBefore: integer('not_before').notNull(),
    lease: text('lease'),
    leaseUntil: integer('lease_until').notNull(),
    lastError: text('last_error'),
    createdAt: integer('created_at').notNull(),
    settledAt: integer('settled_at'),
    about: text('about'),
    deadAs: text('dead_as'),
  },
  (t) => [
    index('outbox_waiting').on(t.destination, t.nextAt).where(sql`status = 'pending'`),
    index('outbox_stream_status').on(t.stream, t.status, t.seq),
    index('outbox_chain_status').on(t.chain, t.status, t.seq),
    index('outbox_status').on(t.status),
    index('outbox_given_up').on(t.destination, t.nextAt).where(sql`dead_as = 'given-up'`),
    index('outbox_about').on(t.about),
  ],
)

/** How many messages of each status there are for each destination. Triggers of the outbox keep it. */
export const messageCounts = sqliteTable(
  'message_counts',
  {
    destination: text('destination').notNull(),
    status: text('status').notNull(),
    n: integer('n').notNull(),
  },
  (t) => [primaryKey({ columns: [t.destination, t.status] })],
)

/** Every try to deliver a message. */
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
