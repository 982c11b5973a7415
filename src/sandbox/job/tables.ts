import { sql } from 'drizzle-orm'
import { customType, index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import type { Assessment } from '../detector/judge/detector.ts'
import { completeProbability } from '../detector/judge/kinds.ts'
import type { Category, StandingStatus } from '../people/worker.ts'
import type { InvitationState } from './invitation/invitation.ts'
import { type ApplicationState, type JobState, type PayType, STARTER_YEN } from './job.ts'

/** What the detector said when a post was written: of kinds that came later it says 0. */
const assessmentText = customType<{ data: Assessment; driverData: string }>({
  dataType: () => 'text',
  toDriver: (assessment) => JSON.stringify(assessment),
  fromDriver: (stored) => {
    const assessment: Assessment = JSON.parse(stored)
    return { ...assessment, probability: completeProbability(assessment.probability) }
  },
})

/**
 * Jobs. Triggers put those that are listed into `job_listings` and the full-text index, and take them out again; the
 * score of a place is a sum of logarithms, so that it never has to be made anew because time passes.
 */
export const jobs = sqliteTable(
  'jobs',
  {
    /** Number of the document in the full-text index. */
    doc: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    client: text().notNull(),
    /** The client's posts are numbered from 1; the key is the lock of posting. */
    postNumber: integer('post_number').notNull(),
    category: text().$type<Category>().notNull(),
    payType: text('pay_type').$type<PayType>().notNull(),
    payAmount: integer('pay_amount').notNull(),
    headcount: integer().notNull(),
    /** Whether it says that who is new here is welcome. */
    welcomesNewcomers: integer('welcomes_newcomers', { mode: 'boolean' }).notNull().default(false),
    hired: integer().notNull(),
    state: text().$type<JobState>().notNull(),
    restoredTo: text('restored_to').$type<JobState>().notNull(),
    takenDownUntil: integer('taken_down_until').$type<Instant>(),
    createdAt: integer('created_at').$type<Instant>().notNull(),
    publishedAt: integer('published_at').$type<Instant>().notNull(),
    closesAt: integer('closes_at').$type<Instant>(),
    /** Follows `clients.standing`. */
    clientStanding: text('client_standing').$type<StandingStatus>().notNull(),
    version: integer().notNull(),
    /** log₂ of the factors of a place: see `quality.ts`. */
    clarityScore: real('clarity_score').notNull(),
    suspicionScore: real('suspicion_score').notNull(),
    clientScore: real('client_score').notNull(),
    listed: integer({ mode: 'boolean' }).generatedAlwaysAs(
      sql`("state" IN ('published', 'queued') AND "client_standing" <> 'suspended')`,
      { mode: 'virtual' },
    ),
    /** Halves in a week, as a logarithm: 604,800,000 ms. */
    rank: real().generatedAlwaysAs(
      sql`("clarity_score" + "suspicion_score" + "client_score" + CASE "client_standing" WHEN 'restricted' THEN -1.0 ELSE 0.0 END + "published_at" / 604800000.0)`,
      {
        mode: 'virtual',
      },
    ),
    /** Who posted it under which Idempotency-Key, so that a repeated request makes no second job. */
    requestKey: text('request_key').unique(),
    title: text().notNull(),
    body: text().notNull(),
    /** Title and body as they are indexed. */
    searchText: text('search_text').notNull(),
    assessment: assessmentText().notNull(),
  },
  (t) => [
    uniqueIndex('jobs_client').on(t.client, t.postNumber),
    index('jobs_posted').on(t.category, t.createdAt),
    index('jobs_unindexed').on(t.doc).where(sql`search_text = ''`),
  ],
)

/** What the search reads, a narrow row for every job that is listed; written by triggers only. */
export const jobListings = sqliteTable(
  'job_listings',
  {
    doc: integer().primaryKey(),
    category: text().$type<Category>().notNull(),
    payType: text('pay_type').$type<PayType>().notNull(),
    payAmount: integer('pay_amount').notNull(),
    closesAt: integer('closes_at').$type<Instant>(),
    rank: real().notNull(),
    welcomesNewcomers: integer('welcomes_newcomers', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    index('job_listings_rank').on(t.rank),
    index('job_listings_category').on(t.category, t.rank),
    index('job_listings_closing').on(t.closesAt),
    index('job_listings_starters')
      .on(t.category, t.rank)
      .where(sql.raw(`welcomes_newcomers OR (pay_type = 'fixed' AND pay_amount <= ${STARTER_YEN})`)),
  ],
)

export const applications = sqliteTable(
  'applications',
  {
    id: text().primaryKey(),
    job: text()
      .notNull()
      .references(() => jobs.id),
    worker: text().notNull(),
    message: text().notNull(),
    amount: integer(),
    state: text().$type<ApplicationState>().notNull(),
    createdAt: integer('created_at').$type<Instant>().notNull(),
  },
  (t) => [uniqueIndex('applications_once').on(t.job, t.worker), index('applications_worker').on(t.worker, t.createdAt)],
)

/** Clients' invitations to apply, one for a job and worker. A trigger closes those that are open when their job leaves the search. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: text().primaryKey(),
    job: text()
      .notNull()
      .references(() => jobs.id),
    client: text().notNull(),
    /** Null once the worker was erased. */
    worker: text(),
    state: text().$type<InvitationState>().notNull(),
    createdAt: integer('created_at').$type<Instant>().notNull(),
    /** When the worker accepted or declined. */
    answeredAt: integer('answered_at').$type<Instant>(),
  },
  (t) => [
    uniqueIndex('invitations_once').on(t.job, t.worker),
    index('invitations_worker').on(t.worker, t.createdAt, t.id),
    index('invitations_client').on(t.client, t.createdAt, t.id),
    index('invitations_open').on(t.worker).where(sql`state = 'open'`),
  ],
)

/** What is known of a client as somebody to work for. Triggers raise `marks` with every change of a contract; figures whose `counted` is lower are out of date. */
export const clientHistories = sqliteTable(
  'client_histories',
  {
    client: text().primaryKey(),
    marks: integer().notNull(),
    counted: integer().notNull(),
    concluded: integer().notNull(),
    paid: integer().notNull(),
    paidWorkers: integer('paid_workers').notNull().default(0),
    accepted: integer().notNull(),
    acceptanceDays: real('acceptance_days').notNull(),
    requests: integer().notNull(),
    requestSum: integer('request_sum').notNull(),
    /** log₂ of the client's factor in the place of a job. */
    score: real().notNull(),
  },
  (t) => [index('client_histories_due').on(t.client).where(sql`counted < marks`)],
)
