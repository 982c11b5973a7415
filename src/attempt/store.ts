import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { RECENT_PAPERS } from '../form/assemble-form.ts'
import type { Exposure } from '../form/draw-sections.ts'
import { type Form, type PresentedResponse, shownOn } from '../form/form.ts'
import type { PartId } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import { leakedItems } from '../item/store.ts'
import type { AttemptId, CredentialId, LeaseId } from '../kernel/id.ts'
import { type Duration, days, type Instant, instant, minus, minutes } from '../kernel/instant.ts'
import type { ScoreReport } from '../scoring/raw-score.ts'
import type { Database, Statement } from '../world/database.ts'
import {
  type Attempt,
  type CloseReason,
  type GradedAttempt,
  latestOfParts,
  NETWORK_SLACK,
  type OpenAttempt,
  type SaveTimes,
} from './attempt.ts'
import { eraseProcessDataStatement } from './process-data/store.ts'
import {
  attemptEvents,
  attemptSignals,
  attempts,
  examPapers,
  itemExposures,
  postponedAttempts,
  recentPapers,
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
  }
}

/** Holds while the session of a call lives: when it is ended, the next statement knows. Of staff, idleness is judged at the door. */
const sessionLives = (session: unknown, now: unknown) =>
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
  const itemIds = JSON.stringify(shownOn(a.form))
  const counted = sql`select count(*) from attempts where worker = ${a.worker} and exam = ${a.exam} and part is ${a.part ?? null}`
  const start = db
    .insert(attempts)
    .select(
      sql`select ${a.id}, ${a.worker}, ${a.exam}, ${a.bankHash}, ${a.locale}, ${JSON.stringify(a.form)}, 'open', null, ${a.startedAt},
        ${a.deadline}, ${a.timeMultiplier}, ${a.lease}, null, null, null, null, 1, ${a.part ?? null}
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
  const shown = db
    .insert(shownItems)
    .select(sql`select a.worker, a.exam, j.value, a.id from attempts a, json_each(${itemIds}) j where a.id = ${a.id}`)
  const exposures = db
    .insert(itemExposures)
    .select(sql`select a.exam, j.value, 1, 0, 0 from attempts a, json_each(${itemIds}) j where a.id = ${a.id}`)
    .onConflictDoUpdate({ target: [itemExposures.exam, itemExposures.item], set: { shown: sql`shown + 1` } })
  const papers = db
    .insert(examPapers)
    .select(sql`select exam, 1, 0, 0 from attempts where id = ${a.id}`)
    .onConflictDoUpdate({ target: examPapers.exam, set: { papers: sql`papers + 1` } })
  const recent = db
    .insert(recentPapers)
    .select(
      sql`select p.exam, (p.papers - 1) % ${RECENT_PAPERS}, ${itemIds} from attempts a, exam_papers p where a.id = ${a.id} and p.exam = a.exam`,
    )
    .onConflictDoUpdate({ target: [recentPapers.exam, recentPapers.place], set: { items: sql`excluded.items` } })
  const [rows] = (await db.batch([
    start,
    log,
    shown,
    exposures,
    papers,
    recent,
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

/** What assembly needs to know about the past of an exam and of a worker. However long the past is, it reads as much. */
export async function readExposure(db: Database, worker: string, exam: string): Promise<Exposure> {
  // many rows as one: each row that is handed over costs more than reading it
  const shown = db
    .select({ times: sql<string>`json_group_object(${itemExposures.item}, ${itemExposures.shown})` })
    .from(itemExposures)
    .where(eq(itemExposures.exam, exam))
  const own = db
    .select({ items: sql<string>`json_group_array(${shownItems.item})` })
    .from(shownItems)
    .where(and(eq(shownItems.worker, worker), eq(shownItems.exam, exam)))
    .groupBy(shownItems.attempt)
  const recent = db
    .select({ items: recentPapers.items })
    .from(recentPapers)
    .where(and(eq(recentPapers.exam, exam), lt(recentPapers.place, RECENT_PAPERS)))
  const [[kept], ownPapers, latest, leaked] = await Promise.all([shown, own, recent, leakedItems(db, exam)])
  const papersOf = (rows: readonly { readonly items: string }[]) =>
    rows.map(({ items }) => new Set(JSON.parse(items) as string[]))
  return {
    timesShown: JSON.parse(kept?.times ?? '{}') as Exposure['timesShown'],
    ownPapers: papersOf(ownPapers),
    leaked,
    recentPapers: papersOf(latest),
  }
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

export interface Save {
  readonly item: string
  readonly revision: number
  readonly response: PresentedResponse
}

/** A save with what is to be noted of it, in the same batch, if it has effect. */
export type NotedSave = Save & { readonly note?: Statement }

/** What of a save call took effect: the saved items, and the deadline as it stood then. */
export interface SaveEffect {
  readonly saved: ReadonlySet<string>
  readonly deadline?: Instant
}

type SaveValues = Readonly<
  Record<'id' | 'worker' | 'session' | 'lease' | 'item' | 'revision' | 'response' | 'now' | 'limit', unknown>
>

/** One save. It holds only while its session lives, while the attempt is open, in time and under this lease, and only for a revision higher than the stored one. */
const saveStatement = (db: Database, v: SaveValues) =>
  db
    .insert(responses)
    .select(
      sql`select id, ${v.item}, ${v.revision}, ${v.response}, ${v.now}, ${v.now} from attempts
        where id = ${v.id} and worker = ${v.worker} and status = 'open' and lease = ${v.lease} and deadline >= ${v.limit}
          and ${sessionLives(v.session, v.now)}`,
    )
    .onConflictDoUpdate({
      target: [responses.attempt, responses.item],
      set: { revision: sql`excluded.revision`, response: sql`excluded.response`, savedAt: sql`excluded.saved_at` },
      setWhere: sql`excluded.revision > ${responses.revision}`,
    })
    .returning({ item: responses.item, deadline: sql<number>`(select deadline from attempts where id = ${v.id})` })

const named = sql.placeholder
const placeholders: SaveValues = {
  id: named('id'),
  worker: named('worker'),
  session: named('session'),
  lease: named('lease'),
  item: named('item'),
  revision: named('revision'),
  response: named('response'),
  now: named('now'),
  limit: named('limit'),
}

const prepareSave = (db: Database) => saveStatement(db, placeholders).prepare()

// Building the statement takes as long as running it, so it is built once for each handle.
const prepared = new WeakMap<Database, ReturnType<typeof prepareSave>>()

function preparedSave(db: Database): ReturnType<typeof prepareSave> {
  const save = prepared.get(db) ?? prepareSave(db)
  prepared.set(db, save)
  return save
}

interface SavedRow {
  readonly item: string
  readonly deadline: number
}

const effectOf = (rows: readonly SavedRow[]): SaveEffect => ({
  saved: new Set(rows.map((row) => row.item)),
  ...(rows[0] ? { deadline: instant(rows[0].deadline) } : {}),
})

/** Saves responses. @returns what took effect; the caller asks why the rest did not. */
export async function upsertResponses(
  db: Database,
  call: { id: AttemptId; worker: string; session: string; lease: string; now: Instant; saves: readonly NotedSave[] },
): Promise<SaveEffect> {
  const { id, worker, session, lease, now } = call
  const limit = minus(now, NETWORK_SLACK)
  const saves = call.saves.map(({ item, revision, response, note }) => ({
    note,
    values: { id, worker, session, lease, item, revision, response: JSON.stringify(response), now, limit },
  }))
  const [first, ...rest] = saves
  if (!first) return { saved: new Set() }
  // a lone statement needs no transaction of its own
  if (rest.length === 0 && !first.note) return effectOf(await preparedSave(db).all(first.values))
  const statements = saves.flatMap(({ note, values }) => [saveStatement(db, values), ...(note ? [note] : [])])
  const results = (await db.batch(statements as unknown as [Statement])) as SavedRow[][]
  const places = saves.map((_, i) => i + saves.slice(0, i).filter(({ note }) => note).length)
  return effectOf(places.flatMap((place) => results[place] ?? []))
}

export type StoredResponse = Save & SaveTimes

/** The acknowledged responses of an attempt. */
export async function responsesOf(db: Database, id: AttemptId): Promise<StoredResponse[]> {
  const rows = await db.select().from(responses).where(eq(responses.attempt, id))
  return rows.map((row) => ({
    item: row.item,
    revision: row.revision,
    response: JSON.parse(row.response) as PresentedResponse,
    firstSavedAt: instant(row.firstSavedAt),
    savedAt: instant(row.savedAt),
  }))
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
      // scalar min(): closing never lies after the deadline, whenever it is noticed
      closedAt: closing.overdue ? sql`deadline` : sql`min(deadline, ${closing.now})`,
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

const isNotPutOff = (now: Instant) =>
  sql`not exists (select 1 from postponed_attempts p where p.attempt_id = ${attempts.id} and p.next_at > ${now})`

/** How long an attempt is put off that a sweep could not settle: twice as long each time, a day at most. */
const FIRST_PUT_OFF: Duration = minutes(1)
const LONGEST_PUT_OFF: Duration = days(1)
/** The most that one sweep forgets. */
const MOST_FORGOTTEN = 1_000
/** After so many doublings it is the longest in any case. */
const DOUBLINGS = 11

/** Puts an attempt off that could not be settled, so that it does not keep others from a sweep. */
export async function putOff(db: Database, id: string, now: Instant): Promise<void> {
  const again = sql`${postponedAttempts.tries} + 1`
  await db
    .insert(postponedAttempts)
    .values({ attempt: id, tries: 1, nextAt: now + FIRST_PUT_OFF })
    .onConflictDoUpdate({
      target: postponedAttempts.attempt,
      set: {
        tries: again,
        nextAt: sql`${now} + min(${LONGEST_PUT_OFF}, ${FIRST_PUT_OFF} << min(${postponedAttempts.tries}, ${DOUBLINGS}))`,
      },
    })
}

/** Forgets what was put off and is settled by now: what is not was tried again, and put off anew. */
export async function forgetPutOff(db: Database, now: Instant): Promise<void> {
  const over = db
    .select({ id: postponedAttempts.attempt })
    .from(postponedAttempts)
    .where(lt(postponedAttempts.nextAt, minus(now, LONGEST_PUT_OFF)))
    .limit(MOST_FORGOTTEN)
  await db.delete(postponedAttempts).where(inArray(postponedAttempts.attempt, over))
}

/** Ids of attempts that need a sweep, at most `limit`: open and overdue, the longest first, then closed and not yet graded; none that is put off. */
export async function attemptsToSweep(db: Database, now: Instant, limit: number): Promise<AttemptId[]> {
  // the statuses are written out: SQLite takes a partial index only where the statement itself says so
  const overdue = await db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(sql`${attempts.status} = 'open'`, lt(attempts.deadline, minus(now, NETWORK_SLACK)), isNotPutOff(now)))
    .orderBy(asc(attempts.deadline))
    .limit(limit)
  const ungraded = await db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(sql`${attempts.status} = 'closed'`, isNotPutOff(now)))
    .orderBy(asc(attempts.closedAt))
    .limit(limit - overdue.length)
  return [...overdue, ...ungraded].map((row) => row.id as AttemptId)
}

export interface Grade {
  readonly id: AttemptId
  /** The closed attempt's version when it was read; the event takes the next number. */
  readonly version: number
  readonly gradedAt: Instant
  readonly report: ScoreReport
  readonly credential?: CredentialId
  readonly items: readonly {
    readonly ref: string
    readonly itemId: string
    readonly itemHash: string
    readonly credit: number
    readonly responseMs?: number
  }[]
  readonly exam: string
  readonly worker: string
  /** Whether it says that somebody passed or failed: a part before the last one does not, nor does an attempt that was broken off. */
  readonly isResult: boolean
}

/** An earlier attempt that said whether its candidate passed. */
const isResult = sql`${attempts.status} = 'graded' and ${attempts.reason} in ('submitted', 'deadline') and coalesce(${attempts.report} ->> '$.part.decision.state', '') <> 'open'`

/** Counts somebody's first result of an exam. */
const countTaker = (db: Database, { id, exam, worker, report }: Grade): Statement =>
  db
    .update(examPapers)
    .set({ takers: sql`takers + 1`, ...(report.passed ? { firstPasses: sql`first_passes + 1` } : {}) })
    .where(
      and(
        eq(examPapers.exam, exam),
        sql`not exists (select 1 from ${attempts} where ${attempts.worker} = ${worker} and ${attempts.exam} = ${exam} and ${attempts.id} <> ${id} and ${isResult})`,
      ),
    )

/** How many people got a result of an exam, and how many of those passed with their first one. */
export async function firstResultsOf(
  db: Database,
  exam: string,
): Promise<{ readonly takers: number; readonly passed: number }> {
  const [row] = await db
    .select({ takers: examPapers.takers, passed: examPapers.firstPasses })
    .from(examPapers)
    .where(eq(examPapers.exam, exam))
  return row ?? { takers: 0, passed: 0 }
}

/**
 * The statements that record a grade, for the caller's batch. The first inserts the attempt's next event under its
 * primary key: if anybody graded in between, the whole batch fails and nothing of it happens.
 */
export function gradeStatements(db: Database, grade: Grade): [Statement, ...Statement[]] {
  const scored = JSON.stringify(grade.items)
  return [
    db.insert(attemptEvents).values({
      attempt: grade.id,
      seq: grade.version + 1,
      type: 'graded',
      at: grade.gradedAt,
      actor: 'kentei',
      data: JSON.stringify({ passed: grade.report.passed, credential: grade.credential }),
    }),
    db
      .update(attempts)
      .set({
        status: 'graded',
        gradedAt: grade.gradedAt,
        report: JSON.stringify(grade.report),
        credential: grade.credential ?? null,
        version: grade.version + 1,
      })
      .where(and(eq(attempts.id, grade.id), eq(attempts.status, 'closed'))),
    db
      .insert(scoredResponses)
      .select(
        sql`select ${grade.id}, value ->> 'ref', value ->> 'itemHash', value ->> 'credit', value ->> 'responseMs' from json_each(${scored}) where true`,
      ),
    db
      .update(itemExposures)
      .set({ graded: sql`graded + 1`, ...(grade.credential === undefined ? {} : { passed: sql`passed + 1` }) })
      .where(
        and(
          eq(itemExposures.exam, grade.exam),
          sql`${itemExposures.item} in (select value ->> 'itemId' from json_each(${scored}))`,
        ),
      ),
    ...(grade.isResult ? [countTaker(db, grade)] : []),
  ]
}

/** Moves the deadline of an open attempt to a later time and writes down who did it and why. `noted` stands right after the change in the batch. @returns whether it moved. */
export async function extendDeadlineOf(
  db: Database,
  change: { id: AttemptId; deadline: Instant; timeMultiplier?: number; now: Instant; actor: string; why: string },
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
      ),
    )
    .returning({ id: attempts.id })
  const log = logEvent(db, {
    id: change.id,
    type: 'deadline-extended',
    at: change.now,
    actor: change.actor,
    data: { deadline: change.deadline, why: change.why },
    status: 'open',
  })
  const [rows] = (await db.batch([move, ...noted, log])) as [{ id: string }[]]
  return rows.length === 1
}

/** The most browser reports kept per attempt; more are dropped. */
const MOST_SIGNALS = 2_000

export async function insertSignals(
  db: Database,
  call: {
    id: AttemptId
    worker: string
    now: Instant
    signals: readonly { kind: string; at: string; item?: string }[]
  },
): Promise<void> {
  const rows = JSON.stringify(call.signals)
  await db.insert(attemptSignals).select(
    sql`select null, a.id, j.value ->> 'kind', j.value ->> 'item', j.value ->> 'at', ${call.now} from attempts a, json_each(${rows}) j
      where a.id = ${call.id} and a.worker = ${call.worker} and a.status = 'open' and (select count(*) from attempt_signals s where s.attempt_id = a.id) < ${MOST_SIGNALS}`,
  )
}

/** How often the browser reported each kind of thing that may speak for help from elsewhere. Returning is none. */
export async function signalCounts(db: Database, attempt: string): Promise<{ kind: string; count: number }[]> {
  return db
    .select({ kind: attemptSignals.kind, count: sql<number>`count(*)` })
    .from(attemptSignals)
    .where(and(eq(attemptSignals.attempt, attempt), inArray(attemptSignals.kind, ['hidden', 'paste', 'offline'])))
    .groupBy(attemptSignals.kind)
    .orderBy(asc(attemptSignals.kind))
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

/** How often papers held an item, how many of those were graded, and how many of them passed. */
export interface ItemUse {
  readonly papers: number
  readonly graded: number
  readonly passed: number
}

/** The papers of an exam so far, and the use of every item that any of them held: as kept, without counting. */
export async function itemUse(
  db: Database,
  exam: string,
): Promise<{ readonly papers: number; readonly items: ReadonlyMap<string, ItemUse> }> {
  const [total] = await db.select({ papers: examPapers.papers }).from(examPapers).where(eq(examPapers.exam, exam))
  const rows = await db
    .select({
      item: itemExposures.item,
      papers: itemExposures.shown,
      graded: itemExposures.graded,
      passed: itemExposures.passed,
    })
    .from(itemExposures)
    .where(eq(itemExposures.exam, exam))
  return { papers: total?.papers ?? 0, items: new Map(rows.map(({ item, ...use }) => [item, use])) }
}
