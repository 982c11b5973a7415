import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

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
    /** 1 once `published_wordings` has its items. */
    itemsNoted: integer('items_noted').notNull().default(0),
  },
  (t) => [
    index('exam_versions_latest').on(t.exam, t.publishedAt),
    index('exam_versions_unnoted').on(t.exam).where(sql`published_at > 0 and items_noted = 0`),
  ],
)

/** What was ever published under a number of an item, in each language: the hash of its scored content. Rows are only added. */
export const publishedWordings = sqliteTable(
  'published_wordings',
  {
    exam: text('exam').notNull(),
    item: text('item').notNull(),
    version: integer('version').notNull(),
    locale: text('locale').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.item, t.version, t.locale, t.hash] })],
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

/** Exam versions that somebody wants to see published; another person decides. The bank itself waits in `exam_versions`. */
export const examProposals = sqliteTable(
  'exam_proposals',
  {
    id: text('id').primaryKey(),
    exam: text('exam').notNull(),
    version: integer('version').notNull(),
    hash: text('hash').notNull(),
    by: text('by').notNull(),
    note: text('note').notNull(),
    /** What our lint said of its files: JSON of `LintNote[]`; `null` where this service has no lint. */
    lint: text('lint').notNull(),
    proposedAt: integer('proposed_at').notNull(),
    status: text('status').$type<'open' | 'approved' | 'returned' | 'withdrawn'>().notNull(),
    decidedBy: text('decided_by'),
    decidedAt: integer('decided_at'),
    why: text('why'),
  },
  (t) => [
    uniqueIndex('exam_proposals_open').on(t.hash).where(sql`status = 'open'`),
    index('exam_proposals_exam').on(t.exam, t.proposedAt),
    index('exam_proposals_proposed').on(t.proposedAt),
    index('exam_proposals_hash').on(t.hash, t.proposedAt),
    index('exam_proposals_by').on(t.by),
    index('exam_proposals_decided_by').on(t.decidedBy),
  ],
)

/** Each time a version became the one that papers are drawn from. Rows are only added. */
export const examPublications = sqliteTable(
  'exam_publications',
  {
    id: text('id').primaryKey(),
    exam: text('exam').notNull(),
    version: integer('version').notNull(),
    hash: text('hash').notNull(),
    act: text('act').$type<'deployed' | 'approved' | 'rolled-back'>().notNull(),
    by: text('by').notNull(),
    why: text('why').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [index('exam_publications_exam').on(t.exam, t.at), index('exam_publications_by').on(t.by)],
)
