import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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
