import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Files that versions of exams were compiled from, found by the hash of what they hold. Rows are only added. */
export const sourceFiles = sqliteTable('source_files', {
  hash: text('hash').primaryKey(),
  /** See `pack-file.ts`. */
  content: text('content').notNull(),
})

/** What each version was compiled from. `files` is JSON of `SourceEntry[]`. */
export const examSources = sqliteTable('exam_sources', {
  /** Hash of the version. */
  bank: text('bank').primaryKey(),
  exam: text('exam').notNull(),
  files: text('files').notNull(),
})

/** Every saved step of a file that staff are changing; the highest version of a path is what it is now. */
export const draftFiles = sqliteTable(
  'draft_files',
  {
    exam: text('exam').notNull(),
    path: text('path').notNull(),
    /** From 1, for each path. */
    version: integer('version').notNull(),
    /** Of the content; empty for a file that was taken away. */
    hash: text('hash').notNull(),
    /** Hash of the published file that it was made from; empty for a new one. */
    base: text('base').notNull(),
    by: text('by').notNull(),
    /** How the author is called, for whoever meets their change. */
    byName: text('by_name').notNull(),
    savedAt: integer('saved_at').notNull(),
    /** After all that is listed, so that a row can be read without it. */
    content: text('content').notNull(),
    /** What it holds when it is opened, in UTF-8; read from the indexes, since it stands after the content. */
    bytes: integer('bytes').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.exam, t.path, t.version] }),
    index('draft_files_sizes').on(t.exam, t.path, t.version, t.hash, t.bytes),
    index('draft_files_author').on(t.by, t.bytes),
    index('draft_files_saved').on(t.exam, t.savedAt),
  ],
)

/**
 * Who wrote of a file, and with which step last: earlier steps go, and what they hold may live on in later ones. A row with
 * nobody is the last step that said what its change was made from: who wrote before it wrote nothing of what is there now.
 */
export const draftWriters = sqliteTable(
  'draft_writers',
  {
    exam: text('exam').notNull(),
    path: text('path').notNull(),
    /** As in the steps: hash of the published file that theirs was made from. */
    base: text('base').notNull(),
    by: text('by').notNull(),
    version: integer('version').notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.path, t.base, t.by] }), index('draft_writers_person').on(t.by)],
)

/**
 * The changed files of each draft that was handed in: a row for the file itself, with nobody, and one for each person who
 * wrote of it since it was published last. Rows are only added, but for people who are erased.
 */
export const draftHandIns = sqliteTable(
  'draft_hand_ins',
  {
    exam: text('exam').notNull(),
    path: text('path').notNull(),
    /** Of the content; empty for a file that was taken away. */
    hash: text('hash').notNull(),
    /** Hash of the version that was handed in. */
    bank: text('bank').notNull(),
    by: text('by').notNull(),
    /** Of the step. */
    version: integer('version').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.exam, t.path, t.hash, t.bank, t.by] }),
    index('draft_hand_ins_writer').on(t.by, t.bank),
  ],
)
