import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'

export type LetterState = 'waiting' | 'delivered' | 'dead'

/** Events to be told to the plugin. The body is made from the row, so that every try sends the same bytes. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    type: text().notNull(),
    worker: text().notNull(),
    version: integer().notNull(),
    /** What the event is about besides the worker: ids only. */
    data: text({ mode: 'json' }).$type<Readonly<Record<string, string>>>().notNull().default({}),
    createdAt: integer('created_at').$type<Instant>().notNull(),
    state: text().$type<LetterState>().notNull(),
    attempts: integer().notNull(),
    dueAt: integer('due_at').$type<Instant>().notNull(),
    /** A drain that took the row holds it until then; nobody else sends it meanwhile. */
    heldUntil: integer('held_until').$type<Instant>().notNull(),
    lastOutcome: text('last_outcome').notNull(),
  },
  (t) => [index('outbox_due').on(t.state, t.dueAt, t.id), index('outbox_newest').on(t.state, t.createdAt, t.id), index('outbox_worker').on(t.worker, t.createdAt)],
)

/** How many letters there are in each state. Triggers of the outbox keep it. */
export const letterCounts = sqliteTable('letter_counts', { state: text().$type<LetterState>().primaryKey(), n: integer().notNull() })
