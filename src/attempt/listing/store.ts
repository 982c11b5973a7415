import { and, asc, count, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { PartId } from '../../item/bank.ts'
import type { Locale } from '../../item/item.ts'
import type { AttemptId, CredentialId } from '../../kernel/id.ts'
import { type Instant, instant } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import type { CloseReason } from '../attempt.ts'
import { attemptEvents, attemptSignals, attempts, responses } from '../tables.ts'

/** What staff look for. One that the clock handed in is `expired`, whether it passed or failed. */
export const attemptStates = ['open', 'waiting', 'passed', 'failed', 'withdrawn', 'expired', 'voided'] as const
export type AttemptState = (typeof attemptStates)[number]

/** An attempt in a list for staff: without its paper and without answers. */
export interface ListedAttempt {
  readonly id: AttemptId
  readonly worker: string
  readonly exam: string
  readonly part?: PartId
  readonly bankHash: string
  readonly locale: Locale
  readonly status: 'open' | 'closed' | 'graded'
  readonly reason?: CloseReason
  readonly startedAt: Instant
  readonly deadline: Instant
  readonly timeMultiplier: number
  readonly closedAt?: Instant
  /** Of one that is graded. Of a part before the last, `passed` is absent. */
  readonly passed?: boolean
  readonly score?: number
  readonly credential?: CredentialId
  /** Questions and tasks on its paper, how many of them have a saved answer, and when the last was saved. */
  readonly items: number
  readonly answered: number
  readonly savedAt?: Instant
  /** How often the person had sat it before. */
  readonly earlier: number
}

const columns = {
  id: attempts.id,
  worker: attempts.worker,
  exam: attempts.exam,
  part: attempts.part,
  bankHash: attempts.bankHash,
  locale: attempts.locale,
  status: attempts.status,
  reason: attempts.reason,
  startedAt: attempts.startedAt,
  deadline: attempts.deadline,
  timeMultiplier: attempts.timeMultiplier,
  closedAt: attempts.closedAt,
  credential: attempts.credential,
  passed: sql<number | null>`${attempts.report} ->> '$.passed'`,
  decision: sql<string | null>`${attempts.report} ->> '$.part.decision.state'`,
  score: sql<number | null>`${attempts.report} ->> '$.score'`,
  items: sql<number>`(select coalesce(sum(json_array_length(s.value, '$.items')), 0) from json_each(${attempts.form}, '$.sections') s) + coalesce(json_array_length(${attempts.form}, '$.tasks'), 0)`,
  answered: sql<number>`coalesce(${attempts.archived} ->> '$.answered', (select count(*) from ${responses} where ${responses.attempt} = ${attempts.id} and ${responses.response} <> 'null'))`,
  earlier: sql<number>`(select count(*) from attempts e where e.worker = attempts.worker and e.exam = attempts.exam and e.started_at < attempts.started_at and e.part is attempts.part)`,
  savedAt: sql<
    number | null
  >`coalesce(${attempts.archived} ->> '$.savedAt', (select max(${responses.savedAt}) from ${responses} where ${responses.attempt} = ${attempts.id}))`,
}

const listing = (db: Database) => db.select(columns).from(attempts)
type Row = Awaited<ReturnType<typeof listing>>[number]

const fromRow = ({
  part,
  reason,
  closedAt,
  passed,
  decision,
  score,
  credential,
  savedAt,
  ...row
}: Row): ListedAttempt => ({
  ...row,
  id: row.id as AttemptId,
  locale: row.locale as Locale,
  status: row.status as ListedAttempt['status'],
  startedAt: instant(row.startedAt),
  deadline: instant(row.deadline),
  ...(part === null ? {} : { part: part as PartId }),
  ...(reason === null ? {} : { reason: reason as CloseReason }),
  ...(closedAt === null ? {} : { closedAt: instant(closedAt) }),
  ...(passed === null || decision === 'open' ? {} : { passed: passed === 1 }),
  ...(score === null ? {} : { score }),
  ...(credential === null ? {} : { credential: credential as CredentialId }),
  ...(savedAt === null ? {} : { savedAt: instant(savedAt) }),
})

/** Said so that the list walks its own index: by any other, all that fit would be gathered and sorted. */
const unindexed = (column: (typeof attempts)['exam'] | (typeof attempts)['locale'], value: string): SQL =>
  sql`+${column} = ${value}`
const ranItsCourse = sql`+${attempts.status} = 'graded' and +${attempts.reason} in ('submitted', 'deadline')`

const conditions: Readonly<Record<AttemptState, SQL>> = {
  // written out: SQLite takes a partial index only where the statement itself says so
  open: sql`${attempts.status} = 'open'`,
  waiting: sql`${attempts.status} = 'closed'`,
  passed: sql`${ranItsCourse} and ${attempts.report} ->> '$.passed' = 1`,
  failed: sql`${ranItsCourse} and ${attempts.report} ->> '$.passed' = 0 and ${attempts.report} ->> '$.part.decision.state' is not 'open'`,
  withdrawn: sql`+${attempts.reason} = 'withdrawn'`,
  expired: sql`+${attempts.reason} = 'deadline'`,
  voided: sql`+${attempts.reason} = 'voided'`,
}

/** The last attempt of the page before. */
export type ListPlace = Pick<ListedAttempt, 'startedAt' | 'id'>

export interface AttemptsAsked {
  /** Started then or later. */
  readonly from?: Instant | undefined
  readonly exam?: string | undefined
  readonly locale?: Locale | undefined
  readonly state?: AttemptState | undefined
  readonly worker?: string | undefined
  readonly after?: ListPlace | undefined
  readonly limit: number
}

/** Whether it is a state of what is under way: few are in it, and they are shown whenever they began. */
const isUnderWay = (state: AttemptState | undefined): boolean => state === 'open' || state === 'waiting'

/** Attempts of anybody or of a worker, newest first. */
export async function listAttempts(db: Database, asked: AttemptsAsked): Promise<ListedAttempt[]> {
  const { from, exam, locale, state, worker, after, limit } = asked
  // what is under way has indexes of its own, which are shorter than the one by time
  const [startedAt, id] = isUnderWay(state)
    ? [sql`+${attempts.startedAt}`, sql`+${attempts.id}`]
    : [sql`${attempts.startedAt}`, sql`${attempts.id}`]
  const rows = await listing(db)
    .where(
      and(
        worker === undefined ? undefined : eq(attempts.worker, worker),
        from === undefined || isUnderWay(state) ? undefined : gte(attempts.startedAt, from),
        after && sql`(${startedAt}, ${id}) < (${after.startedAt}, ${after.id})`,
        exam === undefined ? undefined : unindexed(attempts.exam, exam),
        locale === undefined ? undefined : unindexed(attempts.locale, locale),
        state && conditions[state],
      ),
    )
    .orderBy(desc(startedAt), desc(id))
    .limit(limit)
  return rows.map(fromRow)
}

export async function findListed(db: Database, id: string): Promise<ListedAttempt | undefined> {
  const [row] = await listing(db).where(eq(attempts.id, id))
  return row && fromRow(row)
}

interface OpenAsked {
  readonly exam?: string | undefined
  readonly locale?: Locale | undefined
}

const isOpen = ({ exam, locale }: OpenAsked) =>
  and(
    // written out: SQLite takes a partial index only where the statement itself says so
    sql`${attempts.status} = 'open'`,
    exam === undefined ? undefined : unindexed(attempts.exam, exam),
    locale === undefined ? undefined : unindexed(attempts.locale, locale),
  )

/** Attempts that are under way, the first to end first. */
export async function openAttempts(
  db: Database,
  { limit, ...asked }: OpenAsked & { readonly limit: number },
): Promise<ListedAttempt[]> {
  const rows = await listing(db).where(isOpen(asked)).orderBy(asc(attempts.deadline)).limit(limit)
  return rows.map(fromRow)
}

export async function countOpen(db: Database, asked: OpenAsked): Promise<number> {
  const [row] = await db.select({ n: count() }).from(attempts).where(isOpen(asked))
  return row?.n ?? 0
}

/** How many are under way whose time was over at a moment: the next sweep closes them. */
export async function countOverdue(db: Database, at: Instant): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(attempts)
    .where(and(isOpen({}), lt(attempts.deadline, at)))
  return row?.n ?? 0
}

/** How many attempts are closed and wait to be graded. */
export async function countWaiting(db: Database, { exam, locale }: OpenAsked): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(attempts)
    .where(
      and(
        sql`${attempts.status} = 'closed'`,
        exam === undefined ? undefined : unindexed(attempts.exam, exam),
        locale === undefined ? undefined : unindexed(attempts.locale, locale),
      ),
    )
  return row?.n ?? 0
}

/** How many attempts were started from a time until another: of a day or two. */
export async function countStarted(
  db: Database,
  { from, until, exam, locale }: OpenAsked & { readonly from: Instant; readonly until: Instant },
): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(attempts)
    .where(
      and(
        gte(attempts.startedAt, from),
        lt(attempts.startedAt, until),
        exam === undefined ? undefined : unindexed(attempts.exam, exam),
        locale === undefined ? undefined : unindexed(attempts.locale, locale),
      ),
    )
  return row?.n ?? 0
}

/** An event in the history of an attempt. */
export interface AttemptEvent {
  readonly at: Instant
  readonly type: string
  readonly actor: string
  readonly data: Readonly<Record<string, unknown>>
}

export async function eventsOf(db: Database, attempt: string): Promise<AttemptEvent[]> {
  const { at, type, actor, data, seq } = attemptEvents
  const rows = await db
    .select({ at, type, actor, data })
    .from(attemptEvents)
    .where(eq(attemptEvents.attempt, attempt))
    .orderBy(asc(seq))
  return rows.map((row) => ({ ...row, at: instant(row.at), data: JSON.parse(row.data) as AttemptEvent['data'] }))
}

/** What the browser reported, newest first. */
export async function signalsOf(
  db: Database,
  attempt: string,
  limit: number,
): Promise<{ readonly kind: string; readonly at: Instant }[]> {
  const rows = await db
    .select({ kind: attemptSignals.kind, at: attemptSignals.receivedAt })
    .from(attemptSignals)
    .where(eq(attemptSignals.attempt, attempt))
    .orderBy(desc(attemptSignals.id))
    .limit(limit)
  return rows.map(({ kind, at }) => ({ kind, at: instant(at) }))
}
