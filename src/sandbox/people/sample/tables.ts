import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { Category } from '../worker.ts'

/** Samples of workers' own work: of each category one that everybody reads, and beside it one that was sent later. */
export const workSamples = sqliteTable(
  'work_samples',
  {
    worker: text().notNull(),
    category: text().$type<Category>().notNull(),
    /** `shown` is read by everybody; `sent` waits for an operator, or was refused. */
    place: text().$type<'shown' | 'sent'>().notNull(),
    id: text().notNull(),
    title: text().notNull(),
    text: text().notNull(),
    /** Null once an operator has decided. */
    waitingSince: integer('waiting_since').$type<Instant>(),
    operator: text(),
    /** Why it was refused. */
    reason: text().notNull(),
    decidedAt: integer('decided_at').$type<Instant>(),
  },
  (t) => [
    primaryKey({ columns: [t.worker, t.category, t.place] }),
    uniqueIndex('work_samples_id').on(t.id),
    index('work_samples_waiting').on(t.waitingSince, t.id).where(sql`waiting_since IS NOT NULL`),
  ],
)
