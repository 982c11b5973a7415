import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import { FIRST_SETTING, type Setting } from '../evidence/belief/setting.ts'
import type { Category } from '../people/worker.ts'
import type { Group } from './newcomers/lot.ts'
import type { Arm } from './newcomers/terms.ts'

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

/** Page 1 of a search with its newcomers' row: one for a reader, a day and what was asked. */
export const searchDraws = sqliteTable(
  'search_draws',
  {
    id: text().primaryKey(),
    /** `2026-11-25`, UTC. */
    day: text().notNull(),
    /** Empty for all categories. */
    category: text().notNull(),
    /** An alias of who searched; without sign-in the hour. */
    reader: text().notNull(),
    arm: text().$type<Arm>().notNull(),
    /** Probability of the arm, 0..1. */
    armPropensity: real('arm_propensity').notNull(),
    /** r of the draw. */
    ratio: real().notNull(),
    /** How many places it had to give, and in which way. */
    setting: text().$type<Setting>().notNull().default(FIRST_SETTING),
    /** Whether words or a filter narrowed the pool. */
    narrowed: integer({ mode: 'boolean' }).notNull(),
    /** Whether a card was given for the days after a pass, so that this draw says nothing about the lot. */
    priority: integer({ mode: 'boolean' }).notNull(),
    /** Sizes of the pool, by group and weight. */
    certifiedFresh: integer('certified_fresh').notNull(),
    certifiedSettled: integer('certified_settled').notNull(),
    otherFresh: integer('other_fresh').notNull(),
    otherSettled: integer('other_settled').notNull(),
    drawnAt: integer('drawn_at').$type<Instant>().notNull(),
  },
  (t) => [
    index('search_draws_reader').on(t.reader, t.drawnAt),
    index('search_draws_day').on(t.reader, t.day),
    index('search_draws_at').on(t.drawnAt),
    index('search_draws_figures').on(t.category, t.drawnAt).where(sql`narrowed = 0 OR substr(reader, 1, 5) <> 'hour/'`),
  ],
)

/** How a newcomer came to be on a page 1: by the lot, in the days after the pass, or at their own place in the order. */
export type Showing = 'lot' | 'priority' | 'order'

/** Newcomers on a page 1. An erased worker leaves the row without a name. */
export const searchDrawPlaces = sqliteTable(
  'search_draw_places',
  {
    draw: text()
      .notNull()
      .references(() => searchDraws.id),
    way: text().$type<Showing>().notNull(),
    /** In the row 1 or 2, in the order 1..10. */
    place: integer().notNull(),
    worker: text(),
    group: text().$type<Group>().notNull(),
    /** Probability with which the lot drew them; 1 for what no lot decided. */
    propensity: real().notNull(),
    day: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.draw, t.way, t.place] }),
    index('search_draw_places_worker').on(t.worker, t.day),
    index('search_draw_places_priority').on(t.worker, t.day).where(sql`way = 'priority'`),
  ],
)

export type OutcomeKind = 'opened' | 'invited' | 'hired'

/** What came of a draw for a newcomer of its pool, drawn or not. An erased worker leaves the row without a name. */
export const searchOutcomes = sqliteTable(
  'search_outcomes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    draw: text()
      .notNull()
      .references(() => searchDraws.id),
    kind: text().$type<OutcomeKind>().notNull(),
    worker: text(),
    group: text().$type<Group>().notNull(),
    /** Probability with which the lot of this draw would draw them. */
    propensity: real().notNull(),
    drawn: integer({ mode: 'boolean' }).notNull(),
    contract: text(),
    day: text().notNull(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [
    uniqueIndex('search_outcomes_once').on(t.draw, t.worker, t.kind),
    index('search_outcomes_worker').on(t.worker, t.kind, t.day),
  ],
)

/** Places behind page 1 that were given by lot and shown, with their propensities. */
export const placeDraws = sqliteTable(
  'place_draws',
  {
    /** `2026-11-25`, UTC. */
    day: text().notNull(),
    /** Empty for all categories. */
    category: text().notNull(),
    arm: text().$type<Arm>().notNull(),
    position: integer().notNull(),
    worker: text().notNull(),
    group: text().$type<Group>().notNull(),
    /** Another pool is another propensity. */
    propensity: real().notNull(),
    poolSize: integer('pool_size').notNull(),
    firstShownAt: integer('first_shown_at').$type<Instant>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.category, t.arm, t.position, t.worker, t.propensity] }),
    index('place_draws_worker').on(t.worker),
  ],
)

/** To how many readers, each once a day, somebody was shown in the days after a pass. A trigger of the places counts. */
export const priorityShows = sqliteTable('priority_shows', { worker: text().primaryKey(), shown: integer().notNull() })

/** Days of readers by arm: with however many searches, a day of a reader is one. A trigger of the draws counts. */
export const searchArms = sqliteTable('search_arms', {
  arm: text().$type<Arm>().primaryKey(),
  readerDays: integer('searches').notNull(),
})

/** Which share of a day's readers is held out: decided by its first search, and the same until midnight. */
export const searchDays = sqliteTable('search_days', {
  day: text().primaryKey(),
  heldOutShare: real('held_out_share').notNull(),
})

/** What the logs said of an exam when they were counted last: whoever asks first after a start need not wait for a count. */
export const noticedFigures = sqliteTable('noticed_figures', {
  exam: text().$type<Category>().primaryKey(),
  /** Of the shape in which they were written. */
  form: integer().notNull(),
  at: integer().$type<Instant>().notNull(),
  figures: text({ mode: 'json' }).notNull(),
})
