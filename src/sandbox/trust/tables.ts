import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'

/** Service tokens that were used; a second use is refused. */
export const usedTokens = sqliteTable('used_tokens', { jti: text().primaryKey(), expiresAt: integer('expires_at').$type<Instant>().notNull() }, (t) => [index('used_tokens_end').on(t.expiresAt)])

/** Requests by Idempotency-Key: what was asked and, once known, what was answered. */
export const idempotentCalls = sqliteTable(
  'idempotent_calls',
  {
    key: text().primaryKey(),
    fingerprint: text().notNull(),
    startedAt: integer('started_at').$type<Instant>().notNull(),
    answer: text(),
  },
  (t) => [index('idempotent_calls_age').on(t.startedAt)],
)

/** The plugin's events that were received, for good: a second one with the same id is a duplicate. */
export const receivedEvents = sqliteTable('received_events', {
  id: text().primaryKey(),
  type: text().notNull(),
  /** Always empty: what an event told of somebody must not outlive them here. */
  body: text().notNull(),
  receivedAt: integer('received_at').$type<Instant>().notNull(),
})
