import { and, asc, desc, eq, gt, inArray, isNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { hours, type Instant, minus } from '../../kernel/instant.ts'
import {
  type Database,
  gathered,
  gatheredRows,
  inParts,
  isAmong,
  rowsFor,
  type Statement,
} from '../../world/database.ts'
import { announceRow } from '../outbox/store.ts'
import type { Client, Person } from './person.ts'
import { staff } from './staff.data.ts'
import { clients, sessions, workers } from './tables.ts'
import { type StandingStatus, standings, type Worker } from './worker.ts'

/** Who was seen is not noted again within this time: every note makes the order look at them anew. */
const SEEN_EVERY = hours(12)
/** The most sessions that one sweep deletes: more go with the next one. */
const MOST_SWEPT = 1_000
/** Workers who are looked through for a sample. */
const LOOKED_THROUGH = 2_000

export async function findWorker(db: Database, id: string): Promise<Worker | undefined> {
  const [row] = await db.select().from(workers).where(eq(workers.id, id))
  return row
}

export async function findClient(db: Database, id: string): Promise<Client | undefined> {
  const [row] = await db.select().from(clients).where(eq(clients.id, id))
  return row
}

/** Some clients, in the order in which they came. */
export const firstClients = (db: Database, limit: number): Promise<Client[]> => db.select().from(clients).limit(limit)

/** Which of these clients there are. */
export const clientsAmong = (db: Database, ids: readonly string[]): Promise<Client[]> =>
  db.select().from(clients).where(isAmong(clients.id, ids))

/** Somebody who may sign in: a worker who was not erased, a client or an operator. */
export async function findPerson(db: Database, id: string): Promise<Person | undefined> {
  if (id.startsWith('cli_')) {
    const client = await findClient(db, id)
    return client && { id, role: 'client', name: client.name }
  }
  const operator = staff.find((person) => person.id === id && person.role === 'operator')
  if (operator) return { id, role: 'operator', name: operator.name }
  const worker = await findWorker(db, id)
  return worker && worker.erasedAt === null ? { id, role: 'worker', name: worker.name } : undefined
}

export async function insertSession(
  db: Database,
  session: { readonly tokenHash: string; readonly person: string; readonly expiresAt: Instant },
): Promise<void> {
  await db.insert(sessions).values(session)
}

/** Whose session it is, while it lasts; a worker was seen by that. */
export async function readSession(db: Database, tokenHash: string, now: Instant): Promise<Person | undefined> {
  const [row] = await db
    .select({ person: sessions.person, lastSeenAt: workers.lastSeenAt })
    .from(sessions)
    .leftJoin(workers, eq(workers.id, sessions.person))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now)))
  if (row?.lastSeenAt !== null && row && row.lastSeenAt < minus(now, SEEN_EVERY)) await seeWorker(db, row.person, now)
  return row && findPerson(db, row.person)
}

/** Notes that somebody was here, at most once in half a day. */
export async function seeWorker(db: Database, worker: string, now: Instant): Promise<void> {
  await db
    .update(workers)
    .set({ lastSeenAt: now })
    .where(and(eq(workers.id, worker), lt(workers.lastSeenAt, minus(now, SEEN_EVERY)), isNull(workers.erasedAt)))
}

export async function deleteSession(db: Database, tokenHash: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
}

export async function sweepSessions(db: Database, now: Instant): Promise<void> {
  const ended = db
    .select({ tokenHash: sessions.tokenHash })
    .from(sessions)
    .where(lt(sessions.expiresAt, now))
    .orderBy(asc(sessions.expiresAt))
    .limit(MOST_SWEPT)
  await db.delete(sessions).where(inArray(sessions.tokenHash, ended))
}

/** Some workers in good standing of whom this holds, or of whom it does not, in the order of their ids. */
export async function sampleWorkers(
  db: Database,
  of: { readonly condition: (id: SQLiteColumn) => SQL; readonly holds: boolean; readonly limit: number },
): Promise<Worker[]> {
  const first = db.select().from(workers).orderBy(workers.id).limit(LOOKED_THROUGH).as('first')
  return db
    .select()
    .from(first)
    .where(
      and(
        isNull(first.erasedAt),
        eq(first.standing, 'good'),
        ne(first.skillsJa, ''),
        sql`${of.condition(first.id)} = ${of.holds ? 1 : 0}`,
      ),
    )
    .orderBy(first.id)
    .limit(of.limit)
}

/** These workers, or all; also those who were erased. */
export const readWorkers = (db: Database, ids?: readonly string[]): Promise<Worker[]> =>
  db
    .select()
    .from(workers)
    .where(ids && isAmong(workers.id, ids))

/** Workers who were not erased and of whom this holds. */
export const presentWorkers = (db: Database, condition: (id: SQLiteColumn) => SQL): Promise<Worker[]> =>
  db
    .select()
    .from(workers)
    .where(and(isNull(workers.erasedAt), condition(workers.id)))

/** These workers, or all, as far as what a search says of them depends on who they are. */
export async function readClaimants(
  db: Database,
  ids?: readonly string[],
): Promise<
  Pick<
    Worker,
    'id' | 'categories' | 'standing' | 'erasedAt' | 'joinedAt' | 'lastSeenAt' | 'hourlyRate' | 'skillsJa' | 'skillsEn'
  >[]
> {
  const { id, categories, standing, erasedAt, joinedAt, lastSeenAt, hourlyRate, skillsJa, skillsEn } = workers
  const columns = { id, categories, standing, erasedAt, joinedAt, lastSeenAt, hourlyRate, skillsJa, skillsEn }
  const texts = await db
    .select(gathered(columns))
    .from(workers)
    .where(ids && isAmong(id, ids))
  return gatheredRows(columns, texts)
}

/** Whether a column names a worker who was not erased, for statements of other rooms. */
export const isPresent = (id: SQLiteColumn | SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM ${workers} WHERE ${workers.id} = ${id} AND ${workers.erasedAt} IS NULL)`

/** Whether a worker may take on work, for statements of other rooms. */
export const mayTakeWork = (worker: string): SQL =>
  sql`EXISTS (SELECT 1 FROM ${workers} WHERE ${workers.id} = ${worker} AND ${workers.standing} <> 'suspended' AND ${workers.erasedAt} IS NULL)`

/** A statement that announces a worker's current standing; it goes behind the change in the same batch. */
export const announceStanding = (
  db: Database,
  event: {
    readonly id: string
    readonly type: 'worker.standing_changed' | 'worker.deleted'
    readonly worker: string
    readonly now: Instant
  },
) =>
  announceRow(db, event, {
    worker: sql`${workers.id}`,
    version: sql`${workers.standingVersion}`,
    data: sql`'{}'`,
    from: sql`${workers} WHERE ${workers.id} = ${event.worker}`,
  })

/** Somebody in good standing who takes on work: the first by their id, or the last. */
export async function anyWorker(db: Database, which: 'first' | 'last'): Promise<Worker | undefined> {
  const [row] = await db
    .select()
    .from(workers)
    .where(and(isNull(workers.erasedAt), eq(workers.standing, 'good'), sql`${workers.categories} <> '[]'`))
    .orderBy(which === 'first' ? asc(workers.id) : desc(workers.id))
    .limit(1)
  return row
}

/** The standings that are no worse than this one. */
const upTo = (status: StandingStatus): StandingStatus[] => standings.slice(0, standings.indexOf(status) + 1)

/** Sets the standing and raises its version, unless decisions have imposed a worse one; put the announcement behind it in the same batch. */
export const standingChange = (db: Database, worker: string, status: StandingStatus, imposed?: SQL<StandingStatus>) =>
  db
    .update(workers)
    .set({ standing: status, standingVersion: sql`${workers.standingVersion} + 1` })
    .where(and(eq(workers.id, worker), isNull(workers.erasedAt), imposed && inArray(imposed, upTo(status))))
    .returning({ status: workers.standing, version: workers.standingVersion })

/** A worker or a client, as somebody whose standing is decided. */
export interface Standee {
  readonly kind: 'worker' | 'client'
  readonly id: string
}

/** A standing, or how to work it out while it is written. */
export type StandingChoice = StandingStatus | SQL<StandingStatus>

/** Makes a standing worse, never better; one that is as bad already stays as it is, with its version. */
export const raiseStanding = (db: Database, { kind, id }: Standee, to: 'restricted' | 'suspended') =>
  kind === 'client'
    ? db
        .update(clients)
        .set({ standing: to, standingVersion: sql`${clients.standingVersion} + 1` })
        .where(and(eq(clients.id, id), ne(clients.standing, 'suspended'), ne(clients.standing, to)))
    : db
        .update(workers)
        .set({ standing: to, standingVersion: sql`${workers.standingVersion} + 1` })
        .where(
          and(
            eq(workers.id, id),
            ne(workers.standing, 'suspended'),
            ne(workers.standing, to),
            isNull(workers.erasedAt),
          ),
        )

/** Lets a standing return from `from` to what `to` says; another one, or one that stays the same, is left alone. */
export const settleStanding = (
  db: Database,
  { kind, id }: Standee,
  { from, to }: { readonly from: 'restricted' | 'suspended'; readonly to: StandingChoice },
) =>
  kind === 'client'
    ? db
        .update(clients)
        .set({ standing: sql`${to}`, standingVersion: sql`${clients.standingVersion} + 1` })
        .where(and(eq(clients.id, id), eq(clients.standing, from), sql`${to} <> ${from}`))
    : db
        .update(workers)
        .set({ standing: sql`${to}`, standingVersion: sql`${workers.standingVersion} + 1` })
        .where(and(eq(workers.id, id), eq(workers.standing, from), sql`${to} <> ${from}`, isNull(workers.erasedAt)))

/** Forgets who a worker was; the id stays as a tombstone. */
export const erasure = (db: Database, worker: string, now: Instant) =>
  db
    .update(workers)
    .set({
      erasedAt: now,
      name: '',
      reading: '',
      skillsJa: '',
      skillsEn: '',
      standingVersion: sql`${workers.standingVersion} + 1`,
    })
    .where(and(eq(workers.id, worker), isNull(workers.erasedAt)))
    .returning({ version: workers.standingVersion })

/** A statement that ends somebody's sessions. */
export const endSessions = (db: Database, person: string) => db.delete(sessions).where(eq(sessions.person, person))

/** Writes clients and special workers; those that are there already stay as they are. */
export async function insertCast(
  db: Database,
  cast: { readonly clients: readonly Client[]; readonly workers: readonly Worker[] },
): Promise<void> {
  await db.batch([
    db
      .insert(clients)
      .values([...cast.clients])
      .onConflictDoNothing(),
    db
      .insert(workers)
      .values([...cast.workers])
      .onConflictDoNothing(),
  ])
}

/** Statements that write workers; those that are there already stay as they are. */
export const insertWorkers = (db: Database, rows: readonly Worker[]): Statement[] =>
  inParts(rows).map((part) => db.insert(workers).select(rowsFor(workers, part)).onConflictDoNothing())

/** Workers who joined after a time, the newest first, so many at most. */
export const joinedAfter = (
  db: Database,
  of: { readonly after: Instant; readonly limit: number },
): Promise<Pick<Worker, 'id' | 'categories' | 'joinedAt'>[]> =>
  db
    .select({ id: workers.id, categories: workers.categories, joinedAt: workers.joinedAt })
    .from(workers)
    .where(gt(workers.joinedAt, of.after))
    .orderBy(desc(workers.joinedAt))
    .limit(of.limit)
