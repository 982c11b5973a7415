import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Exam versions: immutable, found by content hash. `bank` is the JSON of `Bank`, packed where it is long; `publishedAt` is when it last went live, 0
 * while it only is proposed. The latest is the one that papers are drawn from.
 */
export const examVersions = sqliteTable(
  'exam_versions',
  {
    hash: text('hash').primaryKey(),
    exam: text('exam').notNull(),
    version: integer('version').notNull(),
    bank: text('bank').notNull(),
    publishedAt: integer('published_at').notNull(),
  },
  (t) => [index('exam_versions_latest').on(t.exam, t.publishedAt)],
)

/** Items that are known outside: papers avoid them from `leakedAt` on. */
export const leaks = sqliteTable(
  'leaks',
  {
    exam: text('exam').notNull(),
    item: text('item').notNull(),
    leakedAt: integer('leaked_at').notNull(),
    by: text('by').notNull(),
    why: text('why').notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.item] }), index('leaks_by').on(t.by)],
)
