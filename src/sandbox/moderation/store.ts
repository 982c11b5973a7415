import { and, asc, count, desc, eq, gt, inArray, isNotNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import type { KindReason } from '../detector/judge/detector.ts'
import type { Kind } from '../detector/judge/kinds.ts'
import { type Case, type CaseStatus, evolve, isGathering } from './case.ts'
import { type CaseEvent, type CaseSignal, type CaseStep, type NewCaseEvent, openers } from './case-event.ts'
import type { SubjectKind } from './decision/actions.ts'
import type { Surface } from './surfaces.ts'
import { moderationEvents, moderationSubjects, reports } from './tables.ts'

/** Whether a batch failed because somebody else wrote first; nothing of it was written then. */
export function isRaceLost(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/UNIQUE constraint failed: (moderation_events|moderation_decisions|appeals|reports)\./.test(e.message))
      return true
  return false
}

const keyOf = (kind: SubjectKind, ref: string): string => `${kind}:${ref}`

const caseOf = ({ openKey: _openKey, ...row }: typeof moderationSubjects.$inferSelect): Case => row

export async function findCase(db: Database, id: string): Promise<Case | undefined> {
  const [row] = await db.select().from(moderationSubjects).where(eq(moderationSubjects.id, id))
  return row && caseOf(row)
}

/** The case about this that signals still join. */
export async function findGatheringCase(db: Database, kind: SubjectKind, ref: string): Promise<Case | undefined> {
  const [row] = await db
    .select()
    .from(moderationSubjects)
    .where(eq(moderationSubjects.openKey, keyOf(kind, ref)))
  return row && caseOf(row)
}

/** Of one case so many entries of its history are read, the newest: its version says how many there are. */
export const EVENTS_SHOWN = 200
/** What the plugin alleged is decided by, however much came after it. */
const ALLEGED_SHOWN = 20

/** The newest of what happened with a case, in order, and what the plugin last alleged before that. */
export async function eventsOf(db: Database, subject: string): Promise<CaseEvent[]> {
  const newestOf = (type: SQL | undefined, limit: number) =>
    db
      .select()
      .from(moderationEvents)
      .where(and(eq(moderationEvents.subject, subject), type))
      .orderBy(desc(moderationEvents.seq))
      .limit(limit)
  const [newest, alleged] = await Promise.all([
    newestOf(undefined, EVENTS_SHOWN),
    newestOf(eq(moderationEvents.type, 'alleged'), ALLEGED_SHOWN),
  ])
  const oldest = newest.at(-1)?.seq ?? 0
  return [...newest, ...alleged.filter(({ seq }) => seq < oldest)]
    .toReversed()
    .map(({ subject: _subject, ...event }) => event as CaseEvent)
}

/** Whether the post of a case was rewritten since it was brought up. */
export async function wasEdited(db: Database, subject: string): Promise<boolean> {
  const rows = await db
    .select({ seq: moderationEvents.seq })
    .from(moderationEvents)
    .where(and(eq(moderationEvents.subject, subject), eq(moderationEvents.type, 'edited')))
    .limit(1)
  return rows.length > 0
}

/** When the post of the case that is open about it was rewritten, the newest first, at most so many. */
export async function latestEdits(db: Database, job: string, most: number): Promise<Instant[]> {
  const open = db
    .select({ id: moderationSubjects.id })
    .from(moderationSubjects)
    .where(eq(moderationSubjects.openKey, keyOf('job', job)))
  const rows = await db
    .select({ at: moderationEvents.at })
    .from(moderationEvents)
    .where(and(eq(moderationEvents.subject, sql`(${open})`), eq(moderationEvents.type, 'edited')))
    .orderBy(desc(moderationEvents.seq))
    .limit(most)
  return rows.map(({ at }) => at)
}

/** What the detector brought up in a text that is not a post. */
export type SentText = Extract<CaseSignal, { type: 'detected' }>['data'] & {
  readonly surface: Surface
  readonly evidence: string
}

/** Texts that their writer sent after a warning, as a case keeps them, the latest first. What an erased person wrote is gone. */
export async function sentTexts(db: Database, subject: string, limit: number): Promise<SentText[]> {
  const rows = await db
    .select({ data: moderationEvents.data })
    .from(moderationEvents)
    .where(
      and(
        eq(moderationEvents.subject, subject),
        eq(moderationEvents.type, 'detected'),
        sql`json_extract(${moderationEvents.data}, '$.surface') IS NOT NULL`,
        sql`json_extract(${moderationEvents.data}, '$.evidence') IS NOT NULL`,
      ),
    )
    .orderBy(desc(moderationEvents.seq))
    .limit(limit)
  return rows.map(({ data }) => data as SentText)
}

/** Texts of a case among which the one that was judged is looked for, from the latest on. */
const MOST_JUDGED = 50

const probabilityOf = ({ probability }: SentText): number => Math.max(0, ...Object.values(probability))

/** Which of the texts of a case a decision was about: the likeliest of one of its kinds, else the likeliest of all. A writer may send something lawful after something that is not. */
export async function judgedText(db: Database, subject: string, kinds: readonly Kind[]): Promise<SentText | undefined> {
  const sent = await sentTexts(db, subject, MOST_JUDGED)
  const ofKinds = sent.filter(({ reasons }) =>
    (reasons as readonly KindReason[]).some(({ kind }) => kinds.includes(kind)),
  )
  return (ofKinds.length > 0 ? ofKinds : sent).toSorted((one, other) => probabilityOf(other) - probabilityOf(one))[0]
}

/** A signal, and the id that its case gets if none is open. */
export interface Opening {
  readonly id: string
  readonly signal: CaseSignal
  /** `detector`, `plugin`, or a person's id. */
  readonly actor: string
  readonly now: Instant
  /** Only as the second event of a case, behind the signal in the same batch that opened it. */
  readonly second?: boolean
}

function blankRow({ id, signal, now }: Opening): typeof moderationSubjects.$inferInsert {
  const { kind, ref, person } = signal.data
  const counts = { version: 0, points: 0, reports: 0, alleged: false, automated: false, final: false }
  return {
    id,
    openKey: keyOf(kind, ref),
    kind,
    ref,
    person,
    status: 'open',
    openedBy: openers[signal.type],
    openedAt: now,
    updatedAt: now,
    ...counts,
  }
}

/** What every event changes of its case. */
const numbered = (now: Instant) => ({ version: sql`${moderationSubjects.version} + 1`, updatedAt: now })

/** The change that `evolve` makes of a case for a signal, as one of the row. */
const signalChange = (signal: CaseSignal, now: Instant) => ({
  ...numbered(now),
  points: sql`${moderationSubjects.points} + ${signal.data.points}`,
  ...(signal.type === 'reported' ? { reports: sql`${moderationSubjects.reports} + 1` } : {}),
  ...(signal.type === 'detected' && signal.data.band !== 'publish' ? { automated: true } : {}),
  ...(signal.type === 'alleged'
    ? {
        alleged: true,
        policy: signal.data.policy,
        automated: sql`${moderationSubjects.automated} OR ${Number(signal.data.automated)}`,
      }
    : {}),
})

/** Statements that add an event to the case that is found, with what it changes; the database numbers it. */
function joining(
  db: Database,
  theCase: SQL | undefined,
  { type, actor, at, data }: NewCaseEvent,
  change: ReturnType<typeof numbered>,
): Statement[] {
  const entry = db
    .select({
      subject: moderationSubjects.id,
      seq: sql<number>`${moderationSubjects.version} + 1`.as('seq'),
      type: sql<NewCaseEvent['type']>`${type}`.as('type'),
      actor: sql<string>`${actor}`.as('actor'),
      at: sql<Instant>`${at}`.as('at'),
      data: sql<NewCaseEvent['data']>`${JSON.stringify(data)}`.as('data'),
    })
    .from(moderationSubjects)
    .where(theCase)
  return [db.insert(moderationEvents).select(entry), db.update(moderationSubjects).set(change).where(theCase)]
}

/**
 * Statements that bring something to an operator's attention, for somebody's batch: they open a case about it, or add to
 * the one that is open. Signals never lose a race: the database numbers them.
 */
export function openSubject(db: Database, opening: Opening): Statement[] {
  const { signal, actor, now, second = false } = opening
  const theCase = and(
    eq(moderationSubjects.openKey, keyOf(signal.data.kind, signal.data.ref)),
    second ? eq(moderationSubjects.version, 1) : undefined,
  )
  return [
    ...(second
      ? []
      : [
          db
            .insert(moderationSubjects)
            .values(blankRow(opening))
            .onConflictDoNothing({ target: moderationSubjects.openKey }),
        ]),
    ...joining(db, theCase, { ...signal, actor, at: now }, signalChange(signal, now)),
  ]
}

/** Statements that add to the case which is open about a post, if there is one, that the post was rewritten: whoever decides by the case as it was read has to read it again. */
export const noteEdited = (db: Database, job: { readonly id: string; readonly client: string }, now: Instant) =>
  joining(
    db,
    eq(moderationSubjects.openKey, keyOf('job', job.id)),
    { type: 'edited', data: {}, actor: job.client, at: now },
    numbered(now),
  )

/** A statement that ties a report to the open case about its subject, if there is one. */
export const joinCase = (db: Database, report: string, kind: SubjectKind, ref: string) =>
  db
    .update(reports)
    .set({
      subject: sql`(SELECT ${moderationSubjects.id} FROM ${moderationSubjects} WHERE ${moderationSubjects.openKey} = ${keyOf(kind, ref)})`,
    })
    .where(eq(reports.id, report))

/** Statements that write one more event and the case as it then stands. The batch fails when somebody else wrote the event of that number. */
export function appendStep(
  db: Database,
  known: Case,
  event: CaseStep & Pick<NewCaseEvent, 'actor' | 'at'>,
): { readonly next: Case; readonly statements: readonly [Statement, Statement] } {
  const next = evolve(known.id, known, event)
  const { id, ...row } = next
  const entry = db.insert(moderationEvents).values({ subject: id, seq: next.version, ...event })
  const stands = db
    .update(moderationSubjects)
    .set({ ...row, openKey: isGathering(next) ? keyOf(next.kind, next.ref) : null })
    .where(and(eq(moderationSubjects.id, id), eq(moderationSubjects.version, known.version)))
  return { next, statements: [entry, stands] }
}

/** Where a page of the queue ended. */
export type QueuePlace = Pick<Case, 'points' | 'openedAt' | 'id'>

export interface QueueQuery {
  readonly statuses: readonly CaseStatus[]
  readonly kind: SubjectKind | undefined
  readonly after: QueuePlace | undefined
  readonly limit: number
}

const inOrder = (a: Case, b: Case): number => b.points - a.points || a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1)

/** Cases, the most urgent first, of equal ones the oldest. */
export async function readQueue(db: Database, { statuses, kind, after, limit }: QueueQuery): Promise<Case[]> {
  const { points, openedAt, id } = moderationSubjects
  const tied =
    after &&
    and(eq(points, after.points), or(gt(openedAt, after.openedAt), and(eq(openedAt, after.openedAt), gt(id, after.id))))
  // the first bound says no more than the second: it is what the index can begin from
  const beyond = after && and(lte(points, after.points), or(lt(points, after.points), tied))
  // one by one: the index has the cases of each status in this order, those of several in none
  const found = await Promise.all(
    statuses.map((status) =>
      db
        .select()
        .from(moderationSubjects)
        .where(and(eq(moderationSubjects.status, status), kind && eq(moderationSubjects.kind, kind), beyond))
        .orderBy(desc(points), asc(openedAt), asc(id))
        .limit(limit),
    ),
  )
  return found.flat().map(caseOf).sort(inOrder).slice(0, limit)
}

/** Of these kinds of subjects, those about which there ever was a case. */
export async function kindsWithCases(db: Database, kinds: readonly SubjectKind[]): Promise<SubjectKind[]> {
  const rows = await db.all<{ kind: SubjectKind }>(
    sql`SELECT value AS kind FROM json_each(${JSON.stringify(kinds)}) AS sought WHERE EXISTS (SELECT 1 FROM ${moderationSubjects} WHERE ${moderationSubjects.kind} = sought.value)`,
  )
  return rows.map(({ kind }) => kind)
}

/** How many cases wait for a person. */
export async function countWaiting(db: Database): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(moderationSubjects)
    // the words of the partial index, which bound values would not match
    .where(sql`status IN ('open', 'escalated')`)
  return row?.n ?? 0
}

/** Every case there was about something, the newest first. */
export async function casesAbout(db: Database, kind: SubjectKind, ref: string): Promise<Case[]> {
  const rows = await db
    .select()
    .from(moderationSubjects)
    .where(and(eq(moderationSubjects.kind, kind), eq(moderationSubjects.ref, ref)))
    .orderBy(desc(moderationSubjects.openedAt), desc(moderationSubjects.id))
  return rows.map(caseOf)
}

/** The case about something that a request brought up or added to before. */
export async function findAllegedCase(
  db: Database,
  kind: SubjectKind,
  ref: string,
  request: string,
): Promise<Case | undefined> {
  const [row] = await db
    .select({ found: moderationSubjects })
    .from(moderationSubjects)
    .innerJoin(moderationEvents, eq(moderationEvents.subject, moderationSubjects.id))
    .where(
      and(
        eq(moderationSubjects.kind, kind),
        eq(moderationSubjects.ref, ref),
        eq(moderationEvents.type, 'alleged'),
        sql`json_extract(${moderationEvents.data}, '$.request') = ${request}`,
      ),
    )
  return row && caseOf(row.found)
}

/** Cases whose time for an appeal has passed without one. */
export async function finishableCases(db: Database, now: Instant, limit: number): Promise<Case[]> {
  const rows = await db
    .select()
    .from(moderationSubjects)
    .where(and(isNotNull(moderationSubjects.appealUntil), lte(moderationSubjects.appealUntil, now)))
    .orderBy(asc(moderationSubjects.appealUntil))
    .limit(limit)
  return rows.map(caseOf)
}

/** Statement that forgets what was noted and alleged in the cases of an erased person; that there were such cases stays. */
export const forgetCaseNotes = (db: Database, person: string) =>
  db
    .update(moderationEvents)
    .set({ data: sql`json_replace(${moderationEvents.data}, '$.note', '', '$.evidence', json('null'))` })
    .where(
      inArray(
        moderationEvents.subject,
        db.select({ id: moderationSubjects.id }).from(moderationSubjects).where(eq(moderationSubjects.person, person)),
      ),
    )
