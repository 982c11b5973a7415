import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { VerifiedIdentity } from '../contract/tokens.ts'

/** Workers as the marketplace named them at their last launch. `subject` is the pairwise `urn:uuid` of their credentials. */
export const workers = sqliteTable(
  'workers',
  {
    worker: text('worker').primaryKey(),
    subject: text('subject').notNull(),
    name: text('name').notNull(),
    locale: text('locale').notNull(),
    timeMultiplier: real('time_multiplier').notNull(),
    standing: text('standing'),
    standingVersion: integer('standing_version').notNull(),
    /** Where a tombstone still is the id of the person: `tombstones` takes it over. */
    erasedAt: integer('erased_at'),
    /** Salted hash of an e-mail address that the worker wants in new credentials; the address itself is never kept. */
    identity: text('identity', { mode: 'json' }).$type<{ readonly hash: string; readonly salt: string }>(),
    seenAt: integer('seen_at').notNull(),
    /** Who verified the person's identity, and when, as the last launch told; null where it told nothing. */
    verified: text('verified', { mode: 'json' }).$type<VerifiedIdentity>(),
    /** Whether the worker wants no name in new credentials. */
    isUnnamed: integer('is_unnamed', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    index('workers_named_tombstones').on(t.erasedAt).where(sql`erased_at is not null`),
    index('workers_of_name').on(sql`name collate nocase`, t.worker),
  ],
)

/** Keyed hashes of the ids of erased people, so that none is taken up again. */
export const tombstones = sqliteTable('tombstones', {
  tombstone: text('tombstone').primaryKey(),
  erasedAt: integer('erased_at').notNull(),
})

/** People who came over from the marketplace. A token names its session; only what stands here says that it lives, and who it is. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    worker: text('worker').notNull(),
    role: text('role').notNull(),
    name: text('name').notNull(),
    locale: text('locale').notNull(),
    returnUrl: text('return_url'),
    launchedAt: integer('launched_at').notNull(),
    /** When it was last used, to the minute; of staff only. */
    seenAt: integer('seen_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    /** Null while nobody has ended it. */
    endedAt: integer('ended_at'),
    endedWhy: text('ended_why'),
    /** The entry of the list of staff by which its person has the role. */
    listedAs: text('listed_as'),
  },
  (t) => [
    index('sessions_of_worker').on(t.worker),
    index('sessions_of_role').on(t.role).where(sql`ended_at is null`),
    index('sessions_over').on(t.endsAt),
  ],
)

/** Rounds of work that go over everybody, page by page: when the last one began, and after whom it goes on. */
export const rounds = sqliteTable('rounds', {
  name: text('name').primaryKey(),
  startedAt: integer('started_at').notNull(),
  /** Null when the round is over. */
  after: text('after'),
  finishedAt: integer('finished_at'),
})

/** Ids of received webhooks: each is applied once, for good. */
export const inbox = sqliteTable('inbox', {
  id: text('id').primaryKey(),
  type: text('type').notNull(),
  /** Always empty. */
  data: text('data').notNull(),
  receivedAt: integer('received_at').notNull(),
})

/** The plugin's own events, for receivers that missed one. */
export const eventLog = sqliteTable(
  'event_log',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    type: text('type').notNull(),
    at: integer('at').notNull(),
    data: text('data').notNull(),
  },
  () => [index('event_log_of').on(sql`data ->> 'worker'`).where(sql`json_valid(data)`)],
)

/** How often something happened on the way from an exam to a first job, by day: counts of nobody in particular. */
export const countedEvents = sqliteTable(
  'counted_events',
  {
    exam: text('exam').notNull(),
    event: text('event').notNull(),
    /** Whole days since 1970, as in `dayOf`. */
    day: integer('day').notNull(),
    n: integer('n').notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.event, t.day] })],
)
