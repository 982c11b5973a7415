import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

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
