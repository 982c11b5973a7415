import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { Kind } from '../../detector/judge/kinds.ts'
import { moderationDecisions, moderationSubjects } from '../tables.ts'

/**
 * Texts that a person has decided about, by what they are known again by. One for a decision; gone when it is reversed, or
 * after `MEMORY_KEPT`.
 */
export const rememberedTexts = sqliteTable(
  'remembered_texts',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    decision: text()
      .notNull()
      .unique()
      .references(() => moderationDecisions.id),
    subject: text()
      .notNull()
      .references(() => moderationSubjects.id),
    /** Whose text it was; null once they are erased. */
    person: text(),
    /** Whether a person found nothing wrong with it. */
    good: integer({ mode: 'boolean' }).notNull(),
    /** What it was found to be; of a good one, what the detector had taken it for. */
    kinds: text({ mode: 'json' }).$type<readonly Kind[]>().notNull(),
    /** What the detector said of it, 0..1. */
    suspicion: real().notNull(),
    /** Base64; see `Fingerprint`. */
    fingerprint: text().notNull(),
    /** Base64; see `Outline`. Null where it was not kept: of what was found good, and of what was decided before it was. */
    outline: text(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [index('remembered_texts_person').on(t.person, t.good, t.id), index('remembered_texts_at').on(t.at, t.id)],
)

/** By what remembered texts are found: see `keysOf`. The key is all there is to a row. */
export const rememberedKeys = sqliteTable(
  'remembered_keys',
  {
    key: integer().notNull(),
    good: integer({ mode: 'boolean' }).notNull(),
    text: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.good, t.text] })],
)
