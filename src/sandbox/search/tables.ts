import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'

/** Trial slots that were shown, with their propensities: what an unbiased estimate of their outcome needs. Another pool is another propensity. */
export const trialDraws = sqliteTable(
  'trial_draws',
  {
    /** `2026-11-25`, UTC. */
    day: text().notNull(),
    /** Empty for all categories. */
    category: text().notNull(),
    position: integer().notNull(),
    worker: text().notNull(),
    propensity: real().notNull(),
    poolSize: integer('pool_size').notNull(),
    firstShownAt: integer('first_shown_at').$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.category, t.position, t.worker, t.poolSize] })],
)

/** Names and skills of workers as they are indexed; triggers keep the full-text index in step, and take erased workers out. */
export const workerTexts = sqliteTable('worker_texts', {
  /** Number of the document in the full-text index. */
  doc: integer().primaryKey({ autoIncrement: true }),
  worker: text().notNull().unique(),
  text: text().notNull(),
})

/** Which workers changed, each with the number of its last change: triggers count whatever a place depends on. */
export const workerChanges = sqliteTable(
  'worker_changes',
  { worker: text().primaryKey(), seq: integer().notNull() },
  (t) => [index('worker_changes_seq').on(t.seq)],
)
