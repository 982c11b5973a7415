import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { Band } from '../judge/calibration.ts'
import type { Kind } from '../judge/kinds.ts'
import type { Comparison } from './comparison.ts'
import type { LearningFault } from './learning.ts'

/** Trainings in this service, with how far they got. One runs at a time. */
export const detectorTrainings = sqliteTable(
  'detector_trainings',
  {
    id: text().primaryKey(),
    state: text().$type<'running' | 'done' | 'failed'>().notNull(),
    fault: text().$type<LearningFault>(),
    step: integer().notNull(),
    steps: integer().notNull(),
    /** Decisions that it learns from, and that it is compared by. */
    learnt: integer().notNull(),
    heldOut: integer('held_out').notNull(),
    operator: text().notNull(),
    startedAt: integer('started_at').$type<Instant>().notNull(),
    /** When the process that trains last said that it is there. */
    beatAt: integer('beat_at').$type<Instant>().notNull(),
    endedAt: integer('ended_at').$type<Instant>(),
  },
  (t) => [
    uniqueIndex('detector_trainings_running').on(t.state).where(sql`state = 'running'`),
    index('detector_trainings_started').on(t.startedAt),
  ],
)

/** Models that were trained here. One is tried beside the one that decides. */
export const detectorModels = sqliteTable(
  'detector_models',
  {
    id: text().primaryKey(),
    version: text().notNull(),
    /** `tried` beside the one that decides, `chosen` to decide once, or `dropped`. */
    state: text().$type<'tried' | 'chosen' | 'dropped'>().notNull(),
    /** Its file; empty once nobody can switch to it any more. */
    file: text().notNull(),
    comparison: text({ mode: 'json' }).$type<Comparison>().notNull(),
    /** Decisions that it has learnt from. */
    learnt: integer().notNull(),
    trainedAt: integer('trained_at').$type<Instant>().notNull(),
    /** Texts that it has judged beside the one that decides. */
    judged: integer().notNull(),
  },
  (t) => [uniqueIndex('detector_models_tried').on(t.state).where(sql`state = 'tried'`)],
)

/** Each change of what decides, by an operator: the newest holds. Never changed. */
export const detectorChanges = sqliteTable('detector_changes', {
  /** The how manieth change it is, from 1; the key keeps two at once apart. */
  version: integer().primaryKey(),
  act: text().$type<'switch' | 'back' | 'prevalence'>().notNull(),
  /** The model that decides from then on; null for the one that the service came with. */
  model: text(),
  /** Share of posts that are taken to break a rule, 0..1; null for that which the model was trained for. */
  prevalence: real(),
  operator: text().notNull(),
  note: text().notNull(),
  at: integer().$type<Instant>().notNull(),
})

/** Texts of which the model that is tried does not say what the one that decides says. The texts are not here. */
export const detectorDifferences = sqliteTable(
  'detector_differences',
  {
    /** The model that is tried. */
    model: text().notNull(),
    nth: integer().notNull(),
    /** Where the text stands, and of which job or person it is. */
    surface: text().notNull(),
    ref: text().notNull(),
    /** Whether it was written before the model was there. */
    past: integer({ mode: 'boolean' }).notNull(),
    serving: text().$type<Band>().notNull(),
    candidate: text().$type<Band>().notNull(),
    servingSaid: real('serving_said').notNull(),
    candidateSaid: real('candidate_said').notNull(),
    kind: text().$type<Kind>().notNull(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.model, t.nth] })],
)
