import { and, asc, eq, gt, gte, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { CountedEventType } from '../../contract/events.ts'
import { dayOf, type Instant, instant } from '../../kernel/instant.ts'
import { laterKey } from '../../platform/outbox/store.ts'
import type { Database, Statement } from '../../world/database.ts'
import { isKept, isOnRecord } from '../store.ts'
import { countedEvents, eventLog, inbox } from '../tables.ts'

/**
 * Notes a received webhook, or another thing that must happen once, as the first statement of the batch that applies it.
 * A second time it violates the primary key and fails the whole batch. What it says of people is not kept. With a condition,
 * it is noted only where that holds.
 */
export const noteOnceStatement = (
  db: Database,
  event: { id: string; type: string },
  now: Instant,
  onlyIf: SQL = sql`true`,
): Statement => db.insert(inbox).select(sql`select ${event.id}, ${event.type}, '', ${now} where ${onlyIf}`)

/** Fails a whole batch like a thing that happens twice, unless a condition holds: what the batch was made from is so no more. */
export const onlyWhileStatement = (db: Database, holds: SQL): Statement =>
  db
    .insert(inbox)
    .select(sql`select 'only-while', 'only-while', '', 0 from (select 1 union all select 1) where not (${holds})`)

/** Which event of an exam is counted, and on which day. */
export interface Counted {
  readonly exam: string
  readonly event: CountedEventType
  readonly at: Instant
}

/** Counts an event, for the batch that notes it; with a condition, only where that holds. */
export const countEventStatement = (db: Database, { exam, event, at }: Counted, onlyIf: SQL = sql`true`): Statement =>
  db
    .insert(countedEvents)
    .select(sql`select ${exam}, ${event}, ${dayOf(at)}, 1 where ${onlyIf}`)
    .onConflictDoUpdate({
      target: [countedEvents.exam, countedEvents.event, countedEvents.day],
      set: { n: sql`${countedEvents.n} + 1` },
    })

/** What is noted of the first jobs of a worker: one for each exam. */
export const hiredNotes = (worker: string): string => `hired:${worker}:`

/** Counts an event of a worker who is on record and of whom it was not counted before, and notes under an id that it was. */
export function countOnceStatements(
  db: Database,
  counted: Counted,
  { id, worker }: { readonly id: string; readonly worker: string },
): Statement[] {
  const isFirst = sql`${isKept(worker)} and not exists (select 1 from inbox where id = ${id})`
  return [
    countEventStatement(db, counted, isFirst),
    noteOnceStatement(db, { id, type: counted.event }, counted.at, isFirst),
  ]
}

/** How often each event happened, by day, from a day on: of one exam or of all. */
export const countedFrom = (
  db: Database,
  from: number,
  exam?: string,
): Promise<{ event: CountedEventType; day: number; n: number }[]> =>
  db
    .select({
      event: sql<CountedEventType>`${countedEvents.event}`,
      day: countedEvents.day,
      n: sql<number>`sum(${countedEvents.n})`,
    })
    .from(countedEvents)
    .where(and(gte(countedEvents.day, from), exam === undefined ? undefined : eq(countedEvents.exam, exam)))
    .groupBy(countedEvents.event, countedEvents.day)

export async function wasReceived(db: Database, id: string): Promise<boolean> {
  const rows = await db.select({ id: inbox.id }).from(inbox).where(eq(inbox.id, id))
  return rows.length > 0
}

/** Forgets what was noted once about somebody under ids that begin like this. */
export const forgetNotedStatement = (db: Database, prefix: string): Statement =>
  db.delete(inbox).where(and(gte(inbox.id, prefix), lt(inbox.id, `${prefix}\u{10FFFF}`)))

/** The statement that writes events into the log that receivers can read again. */
export const logEventsStatement = (
  db: Database,
  events: readonly { id: string; type: string; data: Readonly<Record<string, unknown>> }[],
  now: Instant,
): Statement => {
  const listed = JSON.stringify(events.map((event) => ({ ...event, about: event.data.worker })))
  return db
    .insert(eventLog)
    .select(
      sql`select ${laterKey(eventLog, now, sql`key`)}, value ->> 'id', value ->> 'type', ${now}, value ->> 'data' from json_each(${listed}) where ${isOnRecord} order by key`,
    )
}

/** Content of an event that nobody is told any more. */
const DESTROYED = 'null'

/**
 * Destroys what the log tells of a worker, for the batch of an erasure. An entry keeps its place, since receivers go on from
 * there.
 */
export const destroyEventsStatement = (db: Database, worker: string): Statement =>
  // the words of the index, which a bound value would not match
  db.update(eventLog).set({ data: DESTROYED }).where(sql`json_valid(data) and data ->> 'worker' = ${worker}`)

/** The plugin's own events after a position, oldest first. */
export async function readEventLog(
  db: Database,
  after: number,
  limit: number,
): Promise<{ seq: number; id: string; type: string; at: Instant; data: unknown }[]> {
  const rows = await db
    .select()
    .from(eventLog)
    .where(and(gt(eventLog.seq, after), ne(eventLog.data, DESTROYED)))
    .orderBy(asc(eventLog.seq))
    .limit(limit)
  return rows.map((row) => ({ ...row, at: instant(row.at), data: JSON.parse(row.data) as unknown }))
}

/** Position of an event in the log, for receivers that remember ids. */
export async function positionOf(db: Database, id: string): Promise<number | undefined> {
  const [row] = await db.select({ seq: eventLog.seq }).from(eventLog).where(eq(eventLog.id, id))
  return row?.seq
}
