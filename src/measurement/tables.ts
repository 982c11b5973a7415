import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** When the items of an exam were measured last, and on which papers. Times are milliseconds. */
export const measuredExams = sqliteTable('measured_exams', {
  exam: text('exam').primaryKey(),
  at: integer('at').notNull(),
  papers: integer('papers').notNull(),
})

/** What was found then of each version of an item in one language. */
export const itemStatistics = sqliteTable(
  'item_statistics',
  {
    exam: text('exam').notNull(),
    item: text('item').notNull(),
    hash: text('hash').notNull(),
    locale: text('locale').notNull(),
    /** JSON of `ItemStatistics`. */
    figures: text('figures').notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.item, t.hash, t.locale] })],
)
