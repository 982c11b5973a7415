import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { AttemptId } from '../../kernel/id.ts'
import { type Duration, days, type Instant, minus } from '../../kernel/instant.ts'
import type { Entries } from '../../task/present.ts'
import type { Database, Statement } from '../../world/database.ts'
import { attemptSignals, processData, responses } from '../tables.ts'
import { NO_PROCESS_DATA, type ProcessData, packProcessData, unpackProcessData } from './process-data.ts'

/** How long it is kept after the last save that it tells of: twelve months at most, in every year. */
const KEPT: Duration = days(365)
/** The most that one sweep forgets. */
const MOST_FORGOTTEN = 1_000

/** A task of a paper as it stands before a save. */
export interface TaskState {
  /** Of the stored response; 0 where there is none. */
  readonly revision: number
  readonly entries: Entries
  readonly data: ProcessData
}

const UNTOUCHED: TaskState = { revision: 0, entries: {}, data: NO_PROCESS_DATA }

const prepareStates = (db: Database) =>
  db
    .select({
      ref: responses.item,
      revision: responses.revision,
      response: responses.response,
      data: processData.data,
    })
    .from(responses)
    .leftJoin(
      processData,
      sql`${processData.attempt} = ${responses.attempt} and ${processData.ref} = ${responses.item}`,
    )
    .where(
      sql`${responses.attempt} = ${sql.placeholder('attempt')} and ${responses.item} in (select value from json_each(${sql.placeholder('refs')}))`,
    )
    .prepare()

// Building the statement takes as long as running it, so it is built once for each handle.
const prepared = new WeakMap<Database, ReturnType<typeof prepareStates>>()

/** How these tasks of a paper stand, by their refs: response and data as of one moment. */
export async function taskStates(
  db: Database,
  attempt: AttemptId,
  refs: readonly string[],
): Promise<(ref: string) => TaskState> {
  const query = prepared.get(db) ?? prepareStates(db)
  prepared.set(db, query)
  const rows = await query.all({ attempt, refs: JSON.stringify(refs) })
  const states = new Map(
    rows.map(({ ref, revision, response, data }): [string, TaskState] => {
      const { entries = {} } = (JSON.parse(response) ?? {}) as { entries?: Entries }
      return [ref, { revision, entries, data: data === null ? NO_PROCESS_DATA : unpackProcessData(data) }]
    }),
  )
  return (ref) => states.get(ref) ?? UNTOUCHED
}

/**
 * Notes what a save did, for the save's own batch, right after it: nothing where the save had no effect. The data tells all
 * that lies between the state that was read and this save, also of saves that came in between, so that nothing is counted twice.
 */
export const noteSaveStatement = (
  db: Database,
  note: { readonly attempt: AttemptId; readonly ref: string; readonly data: ProcessData; readonly now: Instant },
): Statement =>
  db
    .insert(processData)
    .select(sql`select ${note.attempt}, ${note.ref}, ${packProcessData(note.data)}, ${note.now} where changes() > 0`)
    .onConflictDoUpdate({
      target: [processData.attempt, processData.ref],
      set: { data: sql`excluded.data`, notedAt: sql`excluded.noted_at` },
    })

/** The process data of a paper, by the refs of its tasks. */
export async function processDataOf(db: Database, attempt: AttemptId): Promise<ReadonlyMap<string, ProcessData>> {
  const rows = await db.select().from(processData).where(eq(processData.attempt, attempt))
  return new Map(rows.map(({ ref, data }) => [ref, unpackProcessData(data)]))
}

/** Forgets what is older than it is kept. */
export async function forgetProcessData(db: Database, now: Instant): Promise<void> {
  const old = db
    .select({ rowid: sql`rowid` })
    .from(processData)
    .where(lt(processData.notedAt, minus(now, KEPT)))
    .limit(MOST_FORGOTTEN)
  await db.delete(processData).where(inArray(sql`rowid`, old))
}

/** Deletes the process data of a person's attempts, for the batch of an erasure; it stands before the attempts go. */
export const eraseProcessDataStatement = (db: Database, worker: string): Statement =>
  db.delete(processData).where(sql`${processData.attempt} in (select id from attempts where worker = ${worker})`)

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
