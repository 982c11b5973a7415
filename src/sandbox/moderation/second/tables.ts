import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { Kind } from '../../detector/judge/kinds.ts'
import { labels, moderationDecisions, moderationSubjects } from '../tables.ts'

/** Decisions about posts that were drawn to be judged twice, with what the second operator found and how a difference was settled. */
export const secondJudgements = sqliteTable(
  'second_judgements',
  {
    id: text().primaryKey(),
    decision: text()
      .notNull()
      .unique()
      .references(() => moderationDecisions.id),
    subject: text()
      .notNull()
      .references(() => moderationSubjects.id),
    /** The post as it was decided about. */
    label: text()
      .notNull()
      .references(() => labels.id),
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
    index('second_judgements_waiting').on(t.drawnAt, t.id).where(sql`second_at IS NULL`),
    index('second_judgements_disputed').on(t.secondAt, t.id).where(sql`agrees = 0 AND settled_at IS NULL`),
    index('second_judgements_judged').on(t.secondAt, t.id).where(sql`second_at IS NOT NULL`),
  ],
)

/** Who has read a decision before it was judged a second time, and so is not asked. */
export const decisionReaders = sqliteTable(
  'decision_readers',
  {
    second: text()
      .notNull()
      .references(() => secondJudgements.id),
    operator: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.second, t.operator] })],
)
