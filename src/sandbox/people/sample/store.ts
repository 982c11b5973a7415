import { and, asc, eq, gt, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import { type Database, inParts, rowsFor, type Statement } from '../../../world/database.ts'
import { isPresent } from '../store.ts'
import { workSamples } from '../tables.ts'
import type { Category } from '../worker.ts'
import type { Sample, SampleState, SampleWords } from './sample.ts'

type Row = typeof workSamples.$inferSelect

function stateOf({ place, waitingSince, reason, decidedAt }: Row): SampleState {
  if (waitingSince !== null) return { name: 'waiting', since: waitingSince }
  const since = decidedAt ?? (0 as Instant)
  return place === 'shown' ? { name: 'shown', since } : { name: 'refused', since, reason }
}

const sampleOf = (row: Row): Sample => {
  const { id, worker, category, title, text } = row
  return { id, worker, category, title, text, state: stateOf(row) }
}

/** All samples of a worker, those that wait and those that were refused too. */
export async function samplesOf(db: Database, worker: string): Promise<Sample[]> {
  const rows = await db
    .select()
    .from(workSamples)
    .where(eq(workSamples.worker, worker))
    .orderBy(asc(workSamples.category), asc(workSamples.place))
  return rows.map(sampleOf)
}

export async function findSample(db: Database, id: string): Promise<Sample | undefined> {
  const [row] = await db.select().from(workSamples).where(eq(workSamples.id, id))
  return row && sampleOf(row)
}

/** Samples that wait for an operator, those that have waited longest first, from behind a given one on. */
export async function waitingSamples(
  db: Database,
  page: { readonly after: { readonly at: Instant; readonly id: string } | undefined; readonly limit: number },
): Promise<Sample[]> {
  const { waitingSince, id } = workSamples
  const { after, limit } = page
  const rows = await db
    .select()
    .from(workSamples)
    .where(
      and(
        isNotNull(waitingSince),
        after && or(gt(waitingSince, after.at), and(eq(waitingSince, after.at), gt(id, after.id))),
      ),
    )
    .orderBy(asc(waitingSince), asc(id))
    .limit(limit)
  return rows.map(sampleOf)
}

/** How many wait for an operator. */
export async function countWaitingSamples(db: Database): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(workSamples)
    .where(isNotNull(workSamples.waitingSince))
  return row?.n ?? 0
}

/** Writes what a worker sends for a category; it waits from now on. The same words once more change nothing. */
export async function sendSample(
  db: Database,
  sent: SampleWords & { readonly worker: string; readonly id: string; readonly now: Instant },
): Promise<void> {
  const { worker, category, id, title, text, now } = sent
  await db
    .insert(workSamples)
    .select(
      sql`SELECT ${worker}, ${category}, 'sent', ${id}, ${title}, ${text}, ${now}, NULL, '', NULL WHERE ${isPresent(sql`${worker}`)}`,
    )
    .onConflictDoUpdate({
      target: [workSamples.worker, workSamples.category, workSamples.place],
      set: { id, title, text, waitingSince: now, operator: null, reason: '', decidedAt: null },
      setWhere: sql`${workSamples.title} <> ${title} OR ${workSamples.text} <> ${text}`,
    })
}

/** Removes what a worker has of a category, shown or not. */
export async function removeSamples(db: Database, worker: string, category: Category): Promise<void> {
  await db.delete(workSamples).where(and(eq(workSamples.worker, worker), eq(workSamples.category, category)))
}

/** Whether the sample with an id still waits, or is still shown, for statements of other rooms. */
export const sampleIs = (id: string, state: 'waiting' | 'shown'): SQL =>
  sql`EXISTS (SELECT 1 FROM ${workSamples} WHERE ${workSamples.id} = ${id} AND ${state === 'waiting' ? sql`${workSamples.waitingSince} IS NOT NULL` : sql`${workSamples.place} = 'shown'`})`

const isWaiting = (id: string) => and(eq(workSamples.id, id), isNotNull(workSamples.waitingSince))

export interface SampleVerdict {
  readonly id: string
  readonly operator: string
  readonly now: Instant
}

/** Statements that show a sample to everybody in place of the one before; nothing happens to one that does not wait. The last one returns the id. */
export const approval = (db: Database, { id, operator, now }: SampleVerdict) =>
  [
    db
      .delete(workSamples)
      .where(
        and(
          eq(workSamples.place, 'shown'),
          sql`(${workSamples.worker}, ${workSamples.category}) IN (SELECT sent.worker, sent.category FROM ${workSamples} AS sent WHERE sent.id = ${id} AND sent.waiting_since IS NOT NULL)`,
        ),
      ),
    db
      .update(workSamples)
      .set({ place: 'shown', waitingSince: null, operator, decidedAt: now })
      .where(isWaiting(id))
      .returning({ id: workSamples.id }),
  ] as const

/** A statement that refuses a sample that waits; returns the id. */
export const refusal = (db: Database, { id, operator, now, reason }: SampleVerdict & { readonly reason: string }) =>
  db
    .update(workSamples)
    .set({ waitingSince: null, operator, reason, decidedAt: now })
    .where(isWaiting(id))
    .returning({ id: workSamples.id })

/** Statements that take a shown sample away again: its writer reads why, unless they have sent another one meanwhile. Each returns the id where it took effect. */
export const withdrawal = (db: Database, { id, operator, now, reason }: SampleVerdict & { readonly reason: string }) =>
  [
    db
      .update(workSamples)
      .set({ place: 'sent', operator, reason, decidedAt: now })
      .where(
        and(
          eq(workSamples.id, id),
          eq(workSamples.place, 'shown'),
          sql`NOT EXISTS (SELECT 1 FROM ${workSamples} AS other WHERE other.worker = work_samples.worker AND other.category = work_samples.category AND other.place = 'sent')`,
        ),
      )
      .returning({ id: workSamples.id }),
    db
      .delete(workSamples)
      .where(and(eq(workSamples.id, id), eq(workSamples.place, 'shown')))
      .returning({ id: workSamples.id }),
  ] as const

/** Statements that write samples that everybody reads; those that are there stay as they are. */
export const insertShownSamples = (
  db: Database,
  rows: readonly (SampleWords & SampleVerdict & { readonly worker: string })[],
): Statement[] =>
  inParts(rows).map((part) =>
    db
      .insert(workSamples)
      .select(
        rowsFor(
          workSamples,
          part.map(({ now, ...one }) => ({
            ...one,
            place: 'shown' as const,
            waitingSince: null,
            reason: '',
            decidedAt: now,
          })),
        ),
      )
      .onConflictDoNothing(),
  )

/** A statement that forgets what a worker has written. */
export const forgetSamples = (db: Database, worker: string) =>
  db.delete(workSamples).where(eq(workSamples.worker, worker))
