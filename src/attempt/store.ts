import { and, desc, eq, gt, gte, inArray, isNotNull, lt, not, sql } from 'drizzle-orm'
import type { Form } from '../form/form.ts'
import type { PartId } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import type { AttemptId, CredentialId, LeaseId } from '../kernel/id.ts'
import { type Duration, type Instant, instant, minus } from '../kernel/instant.ts'
import type { ScoreReport } from '../scoring/raw-score.ts'
import type { Database, Statement } from '../world/database.ts'
import {
  type Archived,
  type Attempt,
  type CloseReason,
  type GradedAttempt,
  latestOfParts,
  NETWORK_SLACK,
  type OpenAttempt,
} from './attempt.ts'
import { exposeStatements } from './exposure/store.ts'
import { eraseProcessDataStatement } from './process-data/store.ts'
import {
  attemptEvents,
  attemptSignals,
  attempts,
  postponedAttempts,
  responses,
  scoredResponses,
  shownItems,
} from './tables.ts'
import { eraseTasksStatements, insertTasksStatement, type PackedTask } from './tasks/store.ts'

export type StoredAttempt = Exclude<Attempt, { status: 'graded' }> | GradedAttempt<ScoreReport>

type Row = typeof attempts.$inferSelect

function fromRow(row: Row): StoredAttempt {
  const facts = {
    id: row.id as AttemptId,
    worker: row.worker,
    exam: row.exam,
    ...(row.part === null ? {} : { part: row.part as PartId }),
    bankHash: row.bankHash,
    locale: row.locale as Locale,
    form: JSON.parse(row.form) as Form,
    startedAt: instant(row.startedAt),
    deadline: instant(row.deadline),
    timeMultiplier: row.timeMultiplier,
    version: row.version,
  }
  if (row.status === 'open') return { ...facts, status: 'open', lease: row.lease as LeaseId }
  const closed = { ...facts, reason: row.reason as CloseReason, closedAt: instant(row.closedAt as number) }
  if (row.status === 'closed') return { ...closed, status: 'closed' }
  return {
    ...closed,
    status: 'graded',
    gradedAt: instant(row.gradedAt as number),
    report: JSON.parse(row.report as string) as ScoreReport,
    ...(row.credential === null ? {} : { credential: row.credential as CredentialId }),
    ...(row.archived === null ? {} : { archived: JSON.parse(row.archived) as Archived }),
  }
}

/** Holds while the session of a call lives: when it is ended, the next statement knows. Of staff, idleness is judged at the door. */
export const sessionLives = (session: unknown, now: unknown) =>
  sql`exists (select 1 from sessions s where s.id = ${session} and s.ended_at is null and s.ends_at > ${now})`

export interface NewAttempt extends Omit<OpenAttempt, 'status' | 'version'> {
  /** Starts after this time count towards `perYear`. */
  readonly yearlyWindowStart: Instant
  readonly perYear: number
  /** A start after this time still makes the worker wait. */
  readonly waitWindowStart: Instant
  /** The session that starts it. */
  readonly session: string
  /** The practical tasks of its paper, where it has any. */
  readonly tasks: readonly PackedTask[]
}

/**
 * Starts an attempt if the worker may: the retake rule and "one open attempt" are judged by the same statement that inserts.
 * @returns whether the attempt was started; false means that another one is open, that a rule forbids it or that the session has ended.
 */
export async function insertAttempt(db: Database, attempt: NewAttempt): Promise<boolean> {
  const a = attempt
  const counted = sql`select count(*) from attempts where worker = ${a.worker} and exam = ${a.exam} and part is ${a.part ?? null}`
  const start = db
    .insert(attempts)
    .select(
      sql`select ${a.id}, ${a.worker}, ${a.exam}, ${a.bankHash}, ${a.locale}, ${JSON.stringify(a.form)}, 'open', null, ${a.startedAt},
        ${a.deadline}, ${a.timeMultiplier}, ${a.lease}, null, null, null, null, 1, ${a.part ?? null}, null
        where (${counted} and started_at > ${a.yearlyWindowStart}) < ${a.perYear}
          and (${counted} and started_at > ${a.waitWindowStart}) = 0
          and ${sessionLives(a.session, a.startedAt)}
          and not exists (select 1 from seen_keys k where k.worker = ${a.worker} and k.exam = ${a.exam} and (k.until > ${a.startedAt} or k.bank_hash = ${a.bankHash}))`,
    )
    .onConflictDoNothing()
    .returning({ id: attempts.id })
  const log = db
    .insert(attemptEvents)
    .select(sql`select id, 1, 'started', started_at, worker, '{}' from attempts where id = ${a.id}`)
  const [rows] = (await db.batch([
    start,
    log,
    ...exposeStatements(db, a),
    insertTasksStatement(db, a.id, a.tasks),
  ])) as [{ id: string }[]]
  return rows.length === 1
}

export async function findAttempt(db: Database, id: string): Promise<StoredAttempt | undefined> {
  const [row] = await db.select().from(attempts).where(eq(attempts.id, id))
  return row && fromRow(row)
}

export async function findOpenAttempt(db: Database, worker: string, exam: string): Promise<StoredAttempt | undefined> {
  const [row] = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.worker, worker), eq(attempts.exam, exam), eq(attempts.status, 'open')))
  return row && fromRow(row)
}

/** A worker's attempts, newest first. */
export async function attemptsOfWorker(db: Database, worker: string, exam?: string): Promise<StoredAttempt[]> {
  const rows = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.worker, worker), exam === undefined ? undefined : eq(attempts.exam, exam)))
    .orderBy(desc(attempts.startedAt))
    .limit(200)
  return rows.map(fromRow)
}

/** Starts of a worker's attempts at an exam, or at one of its parts, after a time, in any order. */
export async function startsSince(
  db: Database,
  { worker, exam, part }: { readonly worker: string; readonly exam: string; readonly part: PartId | undefined },
  since: Instant,
): Promise<Instant[]> {
  const rows = await db
    .select({ startedAt: attempts.startedAt })
    .from(attempts)
    .where(
      and(
        eq(attempts.worker, worker),
        eq(attempts.exam, exam),
        gt(attempts.startedAt, since),
        sql`${attempts.part} is ${part ?? null}`,
      ),
    )
  return rows.map((row) => instant(row.startedAt))
}

/** A graded sitting of one part. */
export type Sitting = GradedAttempt<ScoreReport> & { readonly part: PartId }

/** Far more than a worker may sit while a score of a part counts. */
const MOST_SITTINGS = 50

/** The latest sitting of each part of an exam that ran its course, with its report. */
export async function latestSittings(db: Database, worker: string, exam: string): Promise<readonly Sitting[]> {
  const rows = await db
    .select()
    .from(attempts)
    .where(
      and(
        eq(attempts.worker, worker),
        eq(attempts.exam, exam),
        eq(attempts.status, 'graded'),
        inArray(attempts.reason, ['submitted', 'deadline']),
        isNotNull(attempts.part),
      ),
    )
    .orderBy(desc(attempts.startedAt))
    .limit(MOST_SITTINGS)
  return latestOfParts(rows.map(fromRow) as Sitting[])
}

/** Takes the lease of an open attempt in time. @returns whether it was taken. */
export async function updateLease(
  db: Database,
  take: { id: AttemptId; worker: string; session: string; lease: LeaseId; now: Instant },
): Promise<boolean> {
  const rows = await db
    .update(attempts)
    .set({ lease: take.lease })
    .where(
      and(
        eq(attempts.id, take.id),
        eq(attempts.worker, take.worker),
        eq(attempts.status, 'open'),
        gte(attempts.deadline, minus(take.now, NETWORK_SLACK)),
        sessionLives(take.session, take.now),
      ),
    )
    .returning({ id: attempts.id })
  return rows.length === 1
}

/** How an attempt is to be closed. Without `lease` whoever holds it does not matter; `overdue` demands that its time is over. */
export interface Closing {
  readonly id: AttemptId
  readonly reason: CloseReason
  readonly now: Instant
  readonly actor: string
  readonly why?: string
  readonly lease?: string
  readonly worker?: string
  /** The session that closes it, where a person does. */
  readonly session?: string
  readonly overdue: boolean
}

/** The next event of an attempt, written only where the update before it has just made the version that lacks one. */
const logEvent = (
  db: Database,
  event: { id: AttemptId; type: string; at: Instant; actor: string; data: unknown; status: 'open' | 'closed' },
) =>
  db.insert(attemptEvents).select(
    sql`select id, version, ${event.type}, ${event.at}, ${event.actor}, ${JSON.stringify(event.data)} from attempts
      where id = ${event.id} and status = ${event.status} and not exists (select 1 from attempt_events e where e.attempt_id = attempts.id and e.seq = attempts.version)`,
  )

/** Freezes an open attempt: from here on no save is accepted. `noted` stands right after the change in the batch. @returns whether this call closed it. */
export async function closeOpenAttempt(
  db: Database,
  closing: Closing,
  noted: readonly Statement[] = [],
): Promise<boolean> {
  const limit = minus(closing.now, NETWORK_SLACK)
  const close = db
    .update(attempts)
    .set({
      status: 'closed',
      reason: closing.reason,
      // scalar min() and max(): closing never lies after the deadline, whenever it is noticed, nor before the start, whatever the clock of who closes
      closedAt: closing.overdue ? sql`deadline` : sql`max(started_at, min(deadline, ${closing.now}))`,
      version: sql`version + 1`,
    })
    .where(
      and(
        eq(attempts.id, closing.id),
        eq(attempts.status, 'open'),
        closing.overdue ? lt(attempts.deadline, limit) : gte(attempts.deadline, limit),
        closing.lease === undefined ? undefined : eq(attempts.lease, closing.lease),
        closing.worker === undefined ? undefined : eq(attempts.worker, closing.worker),
        closing.session === undefined ? undefined : sessionLives(closing.session, closing.now),
      ),
    )
    .returning({ id: attempts.id })
  const log = logEvent(db, {
    id: closing.id,
    type: 'closed',
    at: closing.now,
    actor: closing.actor,
    data: { reason: closing.reason, why: closing.why },
    status: 'closed',
  })
  const [rows] = (await db.batch([close, ...noted, log])) as [{ id: string }[]]
  return rows.length === 1
}

/** Moves the deadline of an open attempt to a later time and writes down who did it and why. `noted` stands right after the change in the batch. @returns whether it moved. */
export async function extendDeadlineOf(
  db: Database,
  change: {
    id: AttemptId
    deadline: Instant
    /** The deadline that the new one was reckoned from: where it is another by now, nothing is written. */
    from?: Instant
    timeMultiplier?: number
    now: Instant
    actor: string
    why: string
  },
  noted: readonly Statement[] = [],
): Promise<boolean> {
  const move = db
    .update(attempts)
    .set({
      deadline: change.deadline,
      version: sql`version + 1`,
      ...(change.timeMultiplier === undefined ? {} : { timeMultiplier: change.timeMultiplier }),
    })
    .where(
      and(
        eq(attempts.id, change.id),
        eq(attempts.status, 'open'),
        gte(attempts.deadline, minus(change.now, NETWORK_SLACK)),
        lt(attempts.deadline, change.deadline),
        ...(change.from === undefined ? [] : [eq(attempts.deadline, change.from)]),
      ),
    )
    .returning({ id: attempts.id })
  const log = logEvent(db, {
    id: change.id,
    type: 'deadline-extended',
    at: change.now,
    actor: change.actor,
    data: { deadline: change.deadline, why: change.why, timeMultiplier: change.timeMultiplier },
    status: 'open',
  })
  const [rows] = (await db.batch([move, ...noted, log])) as [{ id: string }[]]
  return rows.length === 1
}

/**
 * Moves the deadlines of all attempts that were open at `since`, for one batch: the rows of the first statement are those that
 * were moved. Done again for the same `since`, it moves none.
 */
export function extendAllStatements(
  db: Database,
  { since, by, actor, why }: { since: Instant; by: Duration; actor: string; why: string },
): [Statement, Statement] {
  const isDone = sql`exists (select 1 from attempt_events e where e.attempt_id = attempts.id and e.type = 'deadline-extended' and e.at = ${since} and e.actor = ${actor})`
  const move = db
    .update(attempts)
    .set({ deadline: sql`deadline + ${by}`, version: sql`version + 1` })
    // written out: SQLite takes a partial index only where the statement itself says so
    .where(and(sql`status = 'open'`, gte(attempts.deadline, minus(since, NETWORK_SLACK)), not(isDone)))
    .returning({ id: attempts.id })
  const log = db.insert(attemptEvents).select(
    sql`select id, version, 'deadline-extended', ${since}, ${actor}, json_object('deadline', deadline, 'why', ${why}) from attempts
        where status = 'open' and not exists (select 1 from attempt_events e where e.attempt_id = attempts.id and e.seq = attempts.version)`,
  )
  return [move, log]
}

/** Open attempts of a worker, to which a changed accommodation applies. */
export async function openAttemptsOf(db: Database, worker: string): Promise<StoredAttempt[]> {
  const rows = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.worker, worker), eq(attempts.status, 'open')))
  return rows.map(fromRow)
}

/**
 * Deletes all attempts of a person with everything that hangs on them, and the person out of what staff did, for the batch of
 * an erasure. Of each one event stays, without a person, at the place of its grade: one that was prepared before fails on it.
 */
export function eraseAttemptsStatements(db: Database, worker: string): Statement[] {
  const mine = sql`(select id from attempts where worker = ${worker})`
  return [
    db.delete(attemptEvents).where(sql`${attemptEvents.attempt} in ${mine}`),
    db.delete(postponedAttempts).where(sql`${postponedAttempts.attempt} in ${mine}`),
    // the words of the index, which a bound value would not match
    db
      .update(attemptEvents)
      .set({ actor: '' })
      .where(sql`actor = ${worker} and actor not in ('kentei', 'marketplace')`),
    // the lock has no time, which would join it with whatever else ended in the same moment
    db
      .insert(attemptEvents)
      .select(
        sql`select id, version + (status <> 'graded'), 'erased', 0, 'marketplace', '{}' from attempts where worker = ${worker}`,
      ),
    db.delete(responses).where(sql`${responses.attempt} in ${mine}`),
    ...eraseTasksStatements(db, worker),
    eraseProcessDataStatement(db, worker),
    db.delete(scoredResponses).where(sql`${scoredResponses.attempt} in ${mine}`),
    db.delete(attemptSignals).where(sql`${attemptSignals.attempt} in ${mine}`),
    db.delete(shownItems).where(eq(shownItems.worker, worker)),
    db.delete(attempts).where(eq(attempts.worker, worker)),
  ]
}
