import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'

/** Single-use token ids, kept until the token would have expired anyway. */
export const usedTokens = sqliteTable(
  'used_tokens',
  {
    jti: text('jti').primaryKey(),
    expiresAt: integer('expires_at').$type<Instant>().notNull(),
  },
  (t) => [index('used_tokens_end').on(t.expiresAt)],
)

/** Replies to requests, so that a repeated one is answered the same. `status` is null while in flight. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    /** Whose key it is; empty for whoever needs no name. */
    caller: text('caller').notNull(),
    key: text('key').notNull(),
    payloadHash: text('payload_hash').notNull(),
    status: integer('status'),
    body: text('body'),
    createdAt: integer('created_at').$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caller, t.key] }), index('idempotency_keys_age').on(t.createdAt)],
)
