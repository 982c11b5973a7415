import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import type { ReplyTime } from './introduction/introduction.ts'
import type { IdentityState } from './payout/account.ts'
import type { Category, StandingStatus } from './worker.ts'

/** Who posts jobs. */
export const clients = sqliteTable('clients', {
  id: text().primaryKey(),
  name: text().notNull(),
  reading: text().notNull(),
  aboutJa: text('about_ja').notNull(),
  aboutEn: text('about_en').notNull(),
  joinedAt: integer('joined_at').$type<Instant>().notNull(),
  standing: text().$type<StandingStatus>().notNull(),
  standingVersion: integer('standing_version').notNull(),
})

/** Who is signed in, by the SHA-256 of the session's token. */
export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    person: text().notNull(),
    expiresAt: integer('expires_at').$type<Instant>().notNull(),
  },
  (t) => [index('sessions_end').on(t.expiresAt), index('sessions_person').on(t.person)],
)

export const workers = sqliteTable(
  'workers',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    reading: text().notNull(),
    categories: text({ mode: 'json' }).$type<readonly Category[]>().notNull(),
    skillsJa: text('skills_ja').notNull(),
    skillsEn: text('skills_en').notNull(),
    hourlyRate: integer('hourly_rate').notNull(),
    joinedAt: integer('joined_at').$type<Instant>().notNull(),
    /** 0 for somebody who was never seen. */
    lastSeenAt: integer('last_seen_at')
      .$type<Instant>()
      .notNull()
      .default(0 as Instant),
    standing: text().$type<StandingStatus>().notNull(),
    standingVersion: integer('standing_version').notNull(),
    erasedAt: integer('erased_at').$type<Instant>(),
  },
  (t) => [index('workers_joined').on(t.joinedAt)],
)

/** What workers tell of themselves; triggers tell the search when the times change. */
export const introductions = sqliteTable('introductions', {
  worker: text().primaryKey(),
  headlineJa: text('headline_ja').notNull(),
  headlineEn: text('headline_en').notNull(),
  aboutJa: text('about_ja').notNull(),
  aboutEn: text('about_en').notNull(),
  week: integer().notNull(),
  hoursPerWeek: integer('hours_per_week'),
  startsAt: integer('starts_at').$type<Instant>(),
  replyHours: integer('reply_hours').$type<ReplyTime>(),
  fixedPrice: integer('fixed_price', { mode: 'boolean' }).notNull(),
  smallestJa: text('smallest_ja').notNull(),
  smallestEn: text('smallest_en').notNull(),
  declinesJa: text('declines_ja').notNull(),
  declinesEn: text('declines_en').notNull(),
})

/** Where workers are paid. Of an account nothing is kept but a keyed mark, the same for the same account, and its last digits. Triggers mark whose place in the lots depends on a change. */
export const payoutAccounts = sqliteTable(
  'payout_accounts',
  {
    worker: text().primaryKey(),
    account: text().notNull(),
    /** The last three digits. */
    ending: text().notNull(),
    /** Since when it is theirs. */
    registeredAt: integer('registered_at').$type<Instant>().notNull(),
  },
  (t) => [index('payout_accounts_account').on(t.account, t.registeredAt, t.worker)],
)

/** Accounts of two people or more. Triggers keep them. */
export const sharedAccounts = sqliteTable(
  'shared_accounts',
  {
    account: text().primaryKey(),
    sharedAt: integer('shared_at').$type<Instant>().notNull(),
  },
  (t) => [index('shared_accounts_at').on(t.sharedAt, t.account)],
)

/** What operators found of who somebody is; of whom there is no row nobody looked. */
export const identities = sqliteTable('identities', {
  worker: text().primaryKey(),
  state: text().$type<IdentityState>().notNull(),
  operator: text().notNull(),
  note: text().notNull(),
  decidedAt: integer('decided_at').$type<Instant>().notNull(),
})

/** Samples of workers' own work: of each category one that everybody reads, and beside it one that was sent later. */
export const workSamples = sqliteTable(
  'work_samples',
  {
    worker: text().notNull(),
    category: text().$type<Category>().notNull(),
    /** `shown` is read by everybody; `sent` waits for an operator, or was refused. */
    place: text().$type<'shown' | 'sent'>().notNull(),
    id: text().notNull(),
    title: text().notNull(),
    text: text().notNull(),
    /** Null once an operator has decided. */
    waitingSince: integer('waiting_since').$type<Instant>(),
    operator: text(),
    /** Why it was refused. */
    reason: text().notNull(),
    decidedAt: integer('decided_at').$type<Instant>(),
  },
  (t) => [
    primaryKey({ columns: [t.worker, t.category, t.place] }),
    uniqueIndex('work_samples_id').on(t.id),
    index('work_samples_waiting').on(t.waitingSince, t.id).where(sql`waiting_since IS NOT NULL`),
  ],
)
