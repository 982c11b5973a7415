import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { Category } from '../../people/worker.ts'

/** What the logs said of an exam when they were counted last: whoever asks first after a start need not wait for a count. */
export const noticedFigures = sqliteTable('noticed_figures', {
  exam: text().$type<Category>().primaryKey(),
  /** Of the shape in which they were written. */
  form: integer().notNull(),
  at: integer().$type<Instant>().notNull(),
  figures: text({ mode: 'json' }).notNull(),
})
