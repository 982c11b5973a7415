import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { Kind } from '../../detector/judge/kinds.ts'
import type { Surface } from '../surfaces.ts'
import { labels, moderationDecisions, moderationSubjects } from '../tables.ts'

/** Decisions about what people wrote that were drawn to be judged twice, with what the second operator found and how a difference was settled. */
export const judgedTwice = sqliteTable(
  'judged_twice',
  {
    id: text().primaryKey(),
    /** The decision, or the one that an appeal was against. */
    decision: text()
      .notNull()
      .references(() => moderationDecisions.id),
    subject: text()
      .notNull()
      .references(() => moderationSubjects.id),
    /** Where the text was written; `appeal`: what was judged is an appeal about it. */
    surface: text().$type<Surface>().notNull(),
    /** The post as it was decided about; null where it is another text, which stands in the history of the case. */
    label: text().references(() => labels.id),
    drawnAt: integer('drawn_at').$type<Instant>().notNull(),
    firstBy: text('first_by').notNull(),
    firstBreach: integer('first_breach', { mode: 'boolean' }).notNull(),
    firstKinds: text('first_kinds', { mode: 'json' }).$type<readonly Kind[]>().notNull(),
    secondBy: text('second_by'),
    secondBreach: integer('second_breach', { mode: 'boolean' }),
    secondKinds: text('second_kinds', { mode: 'json' }).$type<readonly Kind[]>(),
    secondReasons: text('second_reasons'),
    secondAt: integer('second_at').$type<Instant>(),
    /** Whether both found the same; null until the second has judged. */
    agrees: integer({ mode: 'boolean' }),
    settledBy: text('settled_by'),
    /** Whose finding stands. */
    settledFor: text('settled_for').$type<'first' | 'second'>(),
    settledReasons: text('settled_reasons'),
    settledAt: integer('settled_at').$type<Instant>(),
  },
  (t) => [
    unique('judged_twice_once').on(t.decision, t.surface),
    index('judged_twice_waiting').on(t.drawnAt, t.id).where(sql`second_at IS NULL`),
    index('judged_twice_disputed').on(t.secondAt, t.id).where(sql`agrees = 0 AND settled_at IS NULL`),
    index('judged_twice_judged').on(t.secondAt, t.id).where(sql`second_at IS NOT NULL`),
  ],
)

/** Who has read a case, with what the detector made of it and what was decided, and so is not asked to judge it without knowing. */
export const caseReaders = sqliteTable(
  'case_readers',
  {
    subject: text()
      .notNull()
      .references(() => moderationSubjects.id),
    operator: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.subject, t.operator] })],
)
