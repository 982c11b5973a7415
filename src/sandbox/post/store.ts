import { and, asc, desc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import type { MarketplaceEvent } from '../../marketplace/contract.ts'
import type { Database } from '../../world/database.ts'
import type { Letter } from './letter.ts'
import { type LetterState, letterCounts, outbox } from './tables.ts'

/** Where a statement takes what it announces from: the values of a letter, in SQL. */
interface AnnouncedRow {
  readonly worker: SQL
  readonly version: SQL
  /** A JSON object of further ids. */
  readonly data: SQL
  /** Tables and conditions behind FROM. */
  readonly from: SQL
}

/** A statement that announces what its rows say at that moment; it goes behind the change in the same batch. */
export const announceRow = (db: Database, { id, type, now }: { readonly id: string; readonly type: MarketplaceEvent['type']; readonly now: Instant }, row: AnnouncedRow) =>
  db.insert(outbox).select(sql`SELECT ${id}, ${type}, ${row.worker}, ${row.version}, ${row.data}, ${now}, 'waiting', 0, ${now}, 0, '' FROM ${row.from}`)

/** What is to be announced about something else than a standing; `version` grows with every change of that thing. */
export interface Announcement {
  readonly id: string
  readonly type: Exclude<MarketplaceEvent['type'], 'worker.standing_changed' | 'worker.deleted'>
  /** The worker it concerns; empty where it concerns none. */
  readonly worker: string
  readonly version: number
  readonly data: Readonly<Record<string, string>>
  readonly now: Instant
}

/** A statement that announces a change; it goes into the batch of that change. */
export const announce = (db: Database, { now, ...event }: Announcement) =>
  db.insert(outbox).values({ ...event, createdAt: now, state: 'waiting', attempts: 0, dueAt: now, heldUntil: 0 as Instant, lastOutcome: '' })

/** Takes the next letters that are due, those that wait longest first, and holds them until `heldUntil`. */
export async function takeDueLetters(db: Database, at: { readonly now: Instant; readonly heldUntil: Instant; readonly limit: number }): Promise<Letter[]> {
  const due = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.state, 'waiting'), lte(outbox.dueAt, at.now), lte(outbox.heldUntil, at.now)))
    .orderBy(asc(outbox.dueAt), asc(outbox.id))
    .limit(at.limit)
  const letters = await db.update(outbox).set({ heldUntil: at.heldUntil }).where(inArray(outbox.id, due)).returning()
  return letters.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}

export async function markDelivered(db: Database, id: string, outcome: string): Promise<void> {
  await db
    .update(outbox)
    .set({ state: 'delivered', attempts: sql`${outbox.attempts} + 1`, lastOutcome: outcome })
    .where(eq(outbox.id, id))
}

/** Puts a letter back for `dueAt`, or gives it up when there is no next try. */
export async function markFailed(db: Database, id: string, next: { readonly dueAt: Instant | undefined; readonly outcome: string }): Promise<void> {
  const later = next.dueAt === undefined ? ({ state: 'dead' } as const) : { dueAt: next.dueAt }
  await db
    .update(outbox)
    .set({ ...later, heldUntil: 0 as Instant, attempts: sql`${outbox.attempts} + 1`, lastOutcome: next.outcome })
    .where(eq(outbox.id, id))
}

export const lettersOf = (db: Database, worker: string) => db.select().from(outbox).where(eq(outbox.worker, worker)).orderBy(asc(outbox.createdAt))

/** A letter with what became of it so far. */
export type SentLetter = typeof outbox.$inferSelect

/** How many letters there are in each state: as kept, without counting. */
export async function countLetters(db: Database): Promise<Readonly<Record<LetterState, number>>> {
  const rows = await db.select().from(letterCounts)
  const of = (state: LetterState) => rows.find((row) => row.state === state)?.n ?? 0
  return { waiting: of('waiting'), delivered: of('delivered'), dead: of('dead') }
}

/** Letters in a state: those that wait in the order in which they are due, the others the latest first. */
export const listLetters = (db: Database, { state, limit }: { readonly state: LetterState; readonly limit: number }): Promise<SentLetter[]> =>
  db
    .select()
    .from(outbox)
    .where(eq(outbox.state, state))
    .orderBy(...(state === 'waiting' ? [asc(outbox.dueAt), asc(outbox.id)] : [desc(outbox.createdAt), desc(outbox.id)]))
    .limit(limit)

/** Dead letters that are sent again at once; more need another call. */
const MOST_REPLAYED = 10_000

/** Sends dead letters again, all of them or the one with an id: due at once, with all tries before them. The same id goes out, so nothing arrives twice. */
export async function replayDead(db: Database, { now, id }: { readonly now: Instant; readonly id?: string | undefined }): Promise<number> {
  const dead = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.state, 'dead'), id === undefined ? undefined : eq(outbox.id, id)))
    .limit(MOST_REPLAYED)
  const revived = await db
    .update(outbox)
    .set({ state: 'waiting', attempts: 0, dueAt: now, heldUntil: 0 as Instant })
    .where(inArray(outbox.id, dead))
    .returning({ id: outbox.id })
  return revived.length
}
