import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { BlockState } from './block.ts'

/** Clients who reviewed nearly the same workers; each two stand in it both ways round. */
export const clientLinks = sqliteTable('client_links', { client: text().notNull(), other: text().notNull() }, (t) => [
  primaryKey({ columns: [t.client, t.other] }),
])

/** In which block a client is; without a row in none. */
export const clientBlocks = sqliteTable(
  'client_blocks',
  { client: text().primaryKey(), block: text().notNull() },
  (t) => [index('client_blocks_block').on(t.block)],
)

/** Blocks of clients, and what a person decided about them. */
export const reviewBlocks = sqliteTable(
  'review_blocks',
  {
    id: text().primaryKey(),
    state: text().$type<BlockState>().notNull(),
    /** Clients in it now; 0 once nobody is. */
    size: integer().notNull(),
    /** Grows by one with every change of who is in it. */
    version: integer().notNull(),
    openedAt: integer('opened_at').$type<Instant>().notNull(),
    decidedAt: integer('decided_at').$type<Instant>(),
    decidedBy: text('decided_by'),
    note: text(),
  },
  (t) => [
    index('review_blocks_waiting').on(t.openedAt, t.id).where(sql`state = 'open' AND size > 0`),
    index('review_blocks_decided').on(t.decidedAt, t.id).where(sql`decided_at IS NOT NULL`),
  ],
)

/** About whom a block's decision was: the same clients, or fewer of them, are not asked about again. */
export const decidedClients = sqliteTable(
  'decided_clients',
  {
    client: text().notNull(),
    block: text().notNull(),
    /** Whether the client was found not to belong to the others. */
    apart: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.client, t.block] }), index('decided_clients_block').on(t.block)],
)

/** The number of the last change of any block, in one row. Whoever read another number has to look again. */
export const blockTurns = sqliteTable('block_turns', { id: integer().primaryKey(), turn: integer().notNull() })

/** Workers whose reviews weigh otherwise since a block changed and were not counted anew yet. */
export const weightsDue = sqliteTable('weights_due', { worker: text().primaryKey(), marks: integer().notNull() })
