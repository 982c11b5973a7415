import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import type { Kind } from '../detector/judge/kinds.ts'
import type { CaseStatus } from './case.ts'
import type { AppealOutcome, CaseEvent, Opener } from './case-event.ts'
import type { Action, Effect, SubjectKind } from './decision/actions.ts'
import type { StatementOfReasons } from './decision/statement.ts'
import type { Reporter, ReportReason } from './report/priority.ts'

/** Subjects as they stand; what made them so is in `moderation_events`. */
export const moderationSubjects = sqliteTable(
  'moderation_subjects',
  {
    id: text().primaryKey(),
    /** `kind:ref` while signals still join this case: of those there is one. Null once it is decided or closed. */
    openKey: text('open_key').unique(),
    kind: text().$type<SubjectKind>().notNull(),
    ref: text().notNull(),
    person: text(),
    status: text().$type<CaseStatus>().notNull(),
    version: integer().notNull(),
    openedBy: text('opened_by').$type<Opener>().notNull(),
    openedAt: integer('opened_at').$type<Instant>().notNull(),
    updatedAt: integer('updated_at').$type<Instant>().notNull(),
    points: integer().notNull(),
    reports: integer().notNull(),
    alleged: integer({ mode: 'boolean' }).notNull(),
    policy: text(),
    automated: integer({ mode: 'boolean' }).notNull(),
    claimedBy: text('claimed_by'),
    claimedUntil: integer('claimed_until').$type<Instant>(),
    decision: text(),
    action: text().$type<Action>(),
    until: integer().$type<Instant>(),
    decidedBy: text('decided_by'),
    decidedAt: integer('decided_at').$type<Instant>(),
    appealUntil: integer('appeal_until').$type<Instant>(),
    appeal: text(),
    appealOutcome: text('appeal_outcome').$type<AppealOutcome>(),
    appealDecidedAt: integer('appeal_decided_at').$type<Instant>(),
    final: integer({ mode: 'boolean' }).notNull(),
  },
  (t) => [
    index('moderation_queue').on(t.status, sql`points DESC`, t.openedAt, t.id),
    index('moderation_waiting').on(t.status).where(sql`status IN ('open', 'escalated')`),
    index('moderation_ref').on(t.kind, t.ref),
    index('moderation_appealable').on(t.appealUntil),
    index('moderation_person').on(t.person),
  ],
)

/** What happened to a subject, in order; the key is the lock. Triggers keep the rows as they are. */
export const moderationEvents = sqliteTable(
  'moderation_events',
  {
    subject: text()
      .notNull()
      .references(() => moderationSubjects.id),
    seq: integer().notNull(),
    type: text().$type<CaseEvent['type']>().notNull(),
    actor: text().notNull(),
    at: integer().$type<Instant>().notNull(),
    data: text({ mode: 'json' }).$type<CaseEvent['data']>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.subject, t.seq] })],
)

/** Who reports, and how often that was right. */
export const reporters = sqliteTable('reporters', {
  id: text().primaryKey(),
  upheld: integer().notNull().default(0),
  rejected: integer().notNull().default(0),
  muting: text().$type<Reporter['muting']>().notNull().default('by-record'),
  mutedBy: text('muted_by'),
  mutedAt: integer('muted_at').$type<Instant>(),
  muteNote: text('mute_note'),
})

/** One person's report of one thing, for good. */
export const reports = sqliteTable(
  'reports',
  {
    id: text().primaryKey(),
    /** `kind:ref`. */
    about: text().notNull(),
    /** The case it joined; null for one without effect while no case was open. */
    subject: text(),
    reporter: text()
      .notNull()
      .references(() => reporters.id),
    /** The how manieth of this person's reports it is; the key keeps two at once apart. */
    ordinal: integer().notNull(),
    reason: text().$type<ReportReason>().notNull(),
    detail: text().notNull(),
    at: integer().$type<Instant>().notNull(),
    /** Logged without effect. */
    muted: integer({ mode: 'boolean' }).notNull(),
    outcome: text().$type<'upheld' | 'rejected'>(),
  },
  (t) => [
    index('reports_subject').on(t.subject),
    index('reports_reporter').on(t.reporter, t.at),
    unique('reports_once').on(t.about, t.reporter),
    unique('reports_ordinal').on(t.reporter, t.ordinal),
  ],
)

/** Decisions with their statements of reasons, as they were given. */
export const moderationDecisions = sqliteTable(
  'moderation_decisions',
  {
    id: text().primaryKey(),
    subject: text()
      .notNull()
      .references(() => moderationSubjects.id),
    /** Who is concerned. */
    person: text(),
    action: text().$type<Action>().notNull(),
    kinds: text({ mode: 'json' }).$type<readonly Kind[]>().notNull(),
    until: integer().$type<Instant>(),
    operator: text().notNull(),
    decidedAt: integer('decided_at').$type<Instant>().notNull(),
    statement: text({ mode: 'json' }).$type<StatementOfReasons>().notNull(),
  },
  (t) => [
    index('moderation_decisions_subject').on(t.subject),
    index('moderation_decisions_person').on(t.person, t.decidedAt),
  ],
)

/** What a decision does to a job or a standing, until it ends. */
export const measures = sqliteTable(
  'measures',
  {
    decision: text()
      .notNull()
      .references(() => moderationDecisions.id),
    kind: text().$type<'job' | 'client' | 'worker'>().notNull(),
    target: text().notNull(),
    effect: text().$type<Effect>().notNull(),
    until: integer().$type<Instant>(),
    endedAt: integer('ended_at').$type<Instant>(),
    endedBy: text('ended_by').$type<'time' | 'appeal' | 'reinstatement' | 'correction'>(),
  },
  (t) => [
    primaryKey({ columns: [t.decision, t.kind] }),
    index('measures_standing').on(t.target, t.endedAt),
    index('measures_due').on(t.until, t.decision).where(sql`ended_at IS NULL`),
  ],
)

export const appeals = sqliteTable(
  'appeals',
  {
    id: text().primaryKey(),
    decision: text()
      .notNull()
      .unique()
      .references(() => moderationDecisions.id),
    subject: text().notNull(),
    person: text().notNull(),
    text: text().notNull(),
    at: integer().$type<Instant>().notNull(),
    outcome: text().$type<AppealOutcome>(),
    reasons: text(),
    decidedBy: text('decided_by'),
    decidedAt: integer('decided_at').$type<Instant>(),
  },
  (t) => [
    index('appeals_subject').on(t.subject, t.at),
    index('appeals_person').on(t.person),
    index('appeals_waiting').on(t.at, t.id).where(sql`outcome IS NULL`),
    index('appeals_judged').on(t.decidedAt, t.id).where(sql`outcome IS NOT NULL`),
  ],
)

/** What operators decided about posts, with the post as they saw it: what the detector learns from. */
export const labels = sqliteTable(
  'labels',
  {
    id: text().primaryKey(),
    job: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    category: text().notNull(),
    pay: text({ mode: 'json' })
      .$type<{ readonly type: 'fixed' | 'hourly' | 'per-item'; readonly amount: number }>()
      .notNull(),
    /** Whole days since the poster joined, at the time of the decision. */
    accountAgeDays: integer('account_age_days').notNull(),
    kinds: text({ mode: 'json' }).$type<readonly Kind[]>().notNull(),
    decision: text().notNull(),
    operator: text().notNull(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [index('labels_at').on(t.at, t.id), index('labels_job').on(t.job, t.at)],
)
