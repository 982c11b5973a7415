import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** One row per attempt: its current state. `version` is the number of events it has seen. Times are milliseconds. */
export const attempts = sqliteTable(
  'attempts',
  {
    id: text('id').primaryKey(),
    worker: text('worker').notNull(),
    exam: text('exam').notNull(),
    bankHash: text('bank_hash').notNull(),
    locale: text('locale').notNull(),
    form: text('form').notNull(),
    status: text('status').notNull(),
    reason: text('reason'),
    startedAt: integer('started_at').notNull(),
    deadline: integer('deadline').notNull(),
    timeMultiplier: real('time_multiplier').notNull(),
    lease: text('lease').notNull(),
    closedAt: integer('closed_at'),
    gradedAt: integer('graded_at'),
    report: text('report'),
    credential: text('credential'),
    version: integer('version').notNull(),
    /** Of an exam in parts. */
    part: text('part'),
    /** JSON of where its work is, once that has left the database. */
    archived: text('archived'),
  },
  (t) => [
    // the lock against two open attempts
    uniqueIndex('attempts_one_open').on(t.worker, t.exam).where(sql`status = 'open'`),
    index('attempts_of_worker').on(t.worker, t.exam, t.startedAt),
    index('attempts_overdue').on(t.deadline).where(sql`status = 'open'`),
    index('attempts_ungraded').on(t.closedAt).where(sql`status = 'closed'`),
    index('attempts_graded').on(t.exam, t.gradedAt, t.id).where(sql`status = 'graded'`),
    index('attempts_unarchived').on(t.exam, t.gradedAt, t.id).where(sql`status = 'graded' and archived is null`),
    index('attempts_practical').on(t.exam, t.part, t.gradedAt, t.id).where(sql`status = 'graded' and archived is null`),
    // newest first for staff; what they filter by stands in it, so that a rare state is found without reading the papers
    index('attempts_by_start').on(t.startedAt, t.id, t.exam, t.locale, t.status, t.reason),
  ],
)

/**
 * How the attempts ended that were started on a day, by exam, language and part: whatever happens to one later counts on the
 * day of its start. Triggers of the attempts and of the credentials keep it; an erased person's attempts leave it.
 */
export const examDays = sqliteTable(
  'exam_days',
  {
    /** Whole days since 1970, as in `dayOf`. */
    day: integer('day').notNull(),
    exam: text('exam').notNull(),
    locale: text('locale').notNull(),
    /** Empty where one paper is the whole exam. */
    part: text('part').notNull(),
    started: integer('started').notNull(),
    submitted: integer('submitted').notNull(),
    /** Handed in by the clock. */
    expired: integer('expired').notNull(),
    withdrawn: integer('withdrawn').notNull(),
    voided: integer('voided').notNull(),
    /** Ran their course and said that somebody passed, or failed; a part before the last one says neither. */
    passed: integer('passed').notNull(),
    failed: integer('failed').notNull(),
    /** Certificates that the marketplace has taken. */
    shown: integer('shown').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.exam, t.locale, t.part] })],
)

/** How many whole minutes the attempts took that ran their course, by the day of their start. Kept like `exam_days`. */
export const examMinutes = sqliteTable(
  'exam_minutes',
  {
    day: integer('day').notNull(),
    exam: text('exam').notNull(),
    locale: text('locale').notNull(),
    part: text('part').notNull(),
    /** 0–600; longer ones count as 600. */
    minutes: integer('minutes').notNull(),
    n: integer('n').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.exam, t.locale, t.part, t.minutes] })],
)

/** Attempts that a sweep could not settle, and when one tries again. */
export const postponedAttempts = sqliteTable(
  'postponed_attempts',
  { attempt: text('attempt_id').primaryKey(), tries: integer('tries').notNull(), nextAt: integer('next_at').notNull() },
  (t) => [index('postponed_attempts_next').on(t.nextAt)],
)

/** The latest acknowledged response to each item. */
export const responses = sqliteTable(
  'responses',
  {
    attempt: text('attempt_id').notNull(),
    item: text('item').notNull(),
    revision: integer('revision').notNull(),
    response: text('response').notNull(),
    firstSavedAt: integer('first_saved_at').notNull(),
    savedAt: integer('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.attempt, t.item] })],
)

/**
 * The practical tasks of a paper as they were drawn: what is graded and replayed, whatever becomes of the family. `drawing`
 * is the JSON of what was shown and what is right, packed.
 */
export const taskInstances = sqliteTable(
  'task_instances',
  {
    attempt: text('attempt_id').notNull(),
    ref: text('ref').notNull(),
    exam: text('exam').notNull(),
    family: text('family').notNull(),
    familyHash: text('family_hash').notNull(),
    kind: text('kind').notNull(),
    seed: text('seed').notNull(),
    generator: integer('generator').notNull(),
    grader: integer('grader').notNull(),
    drawing: text('drawing').notNull(),
    /** SHA-256 of what was shown and what is right. */
    hash: text('hash').notNull(),
    drawnAt: integer('drawn_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.attempt, t.ref] }),
    index('task_instances_of_family').on(t.exam, t.family, t.drawnAt),
  ],
)

/** What a grader said of the response to a task. */
export const taskGrades = sqliteTable(
  'task_grades',
  {
    attempt: text('attempt_id').notNull(),
    ref: text('ref').notNull(),
    grader: integer('grader').notNull(),
    /** JSON of the grade: score, checkpoints, losses. */
    grade: text('grade').notNull(),
  },
  (t) => [primaryKey({ columns: [t.attempt, t.ref, t.grader] })],
)

/** How much the response to a task changed when: see `process-data.ts`. For people who look into a case; kept for a year. */
export const processData = sqliteTable(
  'process_data',
  {
    attempt: text('attempt_id').notNull(),
    ref: text('ref').notNull(),
    /** At most 6 KB of JSON. */
    data: text('data').notNull(),
    notedAt: integer('noted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.attempt, t.ref] }), index('process_data_by_age').on(t.notedAt)],
)

/** Append-only history. The primary key is the lock: an event with a taken `seq` fails its whole batch. */
export const attemptEvents = sqliteTable(
  'attempt_events',
  {
    attempt: text('attempt_id').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    at: integer('at').notNull(),
    actor: text('actor').notNull(),
    data: text('data').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.attempt, t.seq] }),
    index('attempt_events_of_actor').on(t.actor).where(sql`actor not in ('kentei', 'marketplace')`),
  ],
)

/** What the candidate's browser reported (tab hidden, paste, offline …) with the server's time of arrival. */
export const attemptSignals = sqliteTable(
  'attempt_signals',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    attempt: text('attempt_id').notNull(),
    kind: text('kind').notNull(),
    item: text('item'),
    claimedAt: text('claimed_at').notNull(),
    receivedAt: integer('received_at').notNull(),
  },
  (t) => [index('attempt_signals_of_attempt').on(t.attempt)],
)

/** Items that a worker was shown, so that a retake brings others. */
export const shownItems = sqliteTable(
  'shown_items',
  {
    worker: text('worker').notNull(),
    exam: text('exam').notNull(),
    item: text('item').notNull(),
    attempt: text('attempt_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.worker, t.exam, t.item, t.attempt] })],
)

/** How many papers held an item, how many of those were graded, and how many of them passed: kept with each start and grade. */
export const itemExposures = sqliteTable(
  'item_exposures',
  {
    exam: text('exam').notNull(),
    item: text('item').notNull(),
    shown: integer('shown').notNull(),
    graded: integer('graded').notNull().default(0),
    passed: integer('passed').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.exam, t.item] })],
)

/**
 * How many papers of an exam were handed out, kept with each start; how many people got a result, and how many of those
 * passed at once, kept with each grade.
 */
export const examPapers = sqliteTable('exam_papers', {
  exam: text('exam').primaryKey(),
  papers: integer('papers').notNull(),
  takers: integer('takers').notNull().default(0),
  firstPasses: integer('first_passes').notNull().default(0),
})

/** Items of the latest papers of an exam, of whomever: so many places, the oldest paper giving its place to the next. */
export const recentPapers = sqliteTable(
  'recent_papers',
  {
    exam: text('exam').notNull(),
    place: integer('place').notNull(),
    /** JSON of the item ids. */
    items: text('items').notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.place] })],
)

/** Seconds a worker spent on each item as the server saw it, and the share of its points earned. Written when graded. */
export const scoredResponses = sqliteTable(
  'scored_responses',
  {
    attempt: text('attempt_id').notNull(),
    item: text('item').notNull(),
    itemHash: text('item_hash').notNull(),
    credit: real('credit').notNull(),
    responseMs: integer('response_ms'),
  },
  (t) => [primaryKey({ columns: [t.attempt, t.item] })],
)

/** Who was shown keys of which version of an exam, and so may not sit it: a person has one row per version, written before the keys were shown, and again with later looks. */
export const seenKeys = sqliteTable(
  'seen_keys',
  {
    /** The id in the marketplace, whatever the role was. */
    worker: text('worker').notNull(),
    exam: text('exam').notNull(),
    bankHash: text('bank_hash').notNull(),
    /** The first time. */
    seenAt: integer('seen_at').notNull(),
    /** How long the version counts as known: as long from the last look as a certificate that it earns. */
    until: integer('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.worker, t.exam, t.bankHash] })],
)
