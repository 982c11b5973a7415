import { and, desc, eq, lt, ne, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database, Statement } from '../../../world/database.ts'
import type { Difference } from './comparison.ts'
import type { LearningFault } from './learning.ts'
import { detectorChanges, detectorDifferences, detectorModels, detectorTrainings } from './tables.ts'

export type Training = typeof detectorTrainings.$inferSelect
export type DetectorChange = typeof detectorChanges.$inferSelect
type ModelRow = typeof detectorModels.$inferSelect
/** What is known of a model, without its file. */
export type KeptModel = Omit<ModelRow, 'file'>
export type KnownDifference = typeof detectorDifferences.$inferSelect

/** The training that was begun last. */
export async function latestTraining(db: Database): Promise<Training | undefined> {
  const [row] = await db.select().from(detectorTrainings).orderBy(desc(detectorTrainings.startedAt)).limit(1)
  return row
}

/** Ends a training of which nothing was heard since `before`: its process is gone. */
export const endSilentTraining = (db: Database, before: Instant, now: Instant) =>
  db
    .update(detectorTrainings)
    .set({ state: 'failed', fault: 'interrupted', endedAt: now })
    .where(and(eq(detectorTrainings.state, 'running'), lt(detectorTrainings.beatAt, before)))

/** Begins a training; false while another runs. */
export async function insertTraining(db: Database, training: Training): Promise<boolean> {
  const rows = await db
    .insert(detectorTrainings)
    .values(training)
    .onConflictDoNothing()
    .returning({ id: detectorTrainings.id })
  return rows.length === 1
}

const running = (id: string) => and(eq(detectorTrainings.id, id), eq(detectorTrainings.state, 'running'))

/** Says that a training is alive, and how far it got; false when it was ended by somebody else. */
export async function beatTraining(
  db: Database,
  id: string,
  beat: Pick<Training, 'step' | 'steps'> & { readonly now: Instant },
): Promise<boolean> {
  const { step, steps, now } = beat
  const rows = await db
    .update(detectorTrainings)
    .set({ step, steps, beatAt: now })
    .where(running(id))
    .returning({ id: detectorTrainings.id })
  return rows.length === 1
}

/** Ends a training without a model; does nothing to one that has ended. */
export const failTraining = (db: Database, id: string, fault: LearningFault, now: Instant) =>
  db.update(detectorTrainings).set({ state: 'failed', fault, endedAt: now }).where(running(id))

/** Texts of which it is kept that two models differ: of the past, and in all. */
const MOST_OF_THE_PAST = 500
const MOST_DIFFERENCES = 2_000

interface Found extends Difference {
  readonly surface: string
  readonly at: Instant
}

const toRow = (model: string, nth: number, past: boolean, difference: Found) => {
  const { surface, ref, serving, candidate, said, kind, at } = difference
  return {
    ...{ model, nth, surface, ref, past, serving, candidate, kind, at },
    servingSaid: said.serving,
    candidateSaid: said.candidate,
  }
}

/** A statement that fails its whole batch when a training was ended by somebody else: every training is at some step. */
const demandRunning = (db: Database, id: string) =>
  db
    .update(detectorTrainings)
    .set({ step: sql`NULL` })
    .where(and(eq(detectorTrainings.id, id), ne(detectorTrainings.state, 'running')))

function isEnded(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/NOT NULL constraint failed: detector_trainings\.step/.test(e.message)) return true
  return false
}

/** Ends a training with a model that is tried from now on, instead of any other; in one batch. False, and nothing is kept, where somebody else has ended it. */
export async function keepTried(
  db: Database,
  training: string,
  model: Omit<ModelRow, 'state' | 'judged'> & { readonly differences: readonly Found[] },
): Promise<boolean> {
  const { differences, ...row } = model
  const rows = differences.slice(0, MOST_OF_THE_PAST).map((one, at) => toRow(row.id, at + 1, true, one))
  try {
    await db.batch([
      demandRunning(db, training),
      db.update(detectorTrainings).set({ state: 'done', endedAt: row.trainedAt }).where(running(training)),
      db.delete(detectorDifferences),
      dropping(db),
      db.insert(detectorModels).values({ ...row, state: 'tried', judged: 0 }),
      ...rows.map((difference) => db.insert(detectorDifferences).values(difference)),
    ])
    return true
  } catch (error) {
    if (isEnded(error)) return false
    throw error
  }
}

/** Drops the model that is tried, or that one if it is. */
const dropping = (db: Database, id?: string) =>
  db
    .update(detectorModels)
    .set({ state: 'dropped', file: '' })
    .where(and(eq(detectorModels.state, 'tried'), id === undefined ? undefined : eq(detectorModels.id, id)))

/** Throws away the model that is tried, with what it said otherwise; false where it is another one by now. */
export async function dropTried(db: Database, id: string): Promise<boolean> {
  const [dropped] = (await db.batch([
    dropping(db, id).returning({ id: detectorModels.id }),
    db.delete(detectorDifferences).where(eq(detectorDifferences.model, id)),
  ])) as [unknown[], ...unknown[]]
  return dropped.length === 1
}

const known = {
  id: detectorModels.id,
  version: detectorModels.version,
  state: detectorModels.state,
  comparison: detectorModels.comparison,
  learnt: detectorModels.learnt,
  trainedAt: detectorModels.trainedAt,
  judged: detectorModels.judged,
}

/** The model that is tried beside the one that decides. */
export async function findTried(db: Database): Promise<KeptModel | undefined> {
  const [row] = await db.select(known).from(detectorModels).where(eq(detectorModels.state, 'tried'))
  return row
}

/** Which model is tried; undefined where none is. */
export async function triedId(db: Database): Promise<string | undefined> {
  const [row] = await db.select({ id: detectorModels.id }).from(detectorModels).where(eq(detectorModels.state, 'tried'))
  return row?.id
}

/** A model without its file. */
export async function findModel(db: Database, id: string): Promise<KeptModel | undefined> {
  const [row] = await db.select(known).from(detectorModels).where(eq(detectorModels.id, id))
  return row
}

/** The text of a model's file; undefined where it is not kept. */
export async function readModelText(db: Database, id: string): Promise<string | undefined> {
  const [row] = await db.select({ file: detectorModels.file }).from(detectorModels).where(eq(detectorModels.id, id))
  return row?.file || undefined
}

/** Changes of what decides, the newest first. */
export const latestChanges = (db: Database, limit: number): Promise<DetectorChange[]> =>
  db.select().from(detectorChanges).orderBy(desc(detectorChanges.version)).limit(limit)

/** Models that were chosen by so many changes of late can be switched to again. */
const CHANGES_KEPT = 6

/** Keeps a change of what decides and what follows from it; false where another one has this version. */
export async function insertChange(db: Database, change: DetectorChange): Promise<boolean> {
  const { version, model } = change
  const taken = sql`(SELECT model FROM ${detectorChanges} WHERE version = ${version})`
  const lately = sql`(SELECT model FROM (SELECT model FROM ${detectorChanges} ORDER BY version DESC LIMIT ${CHANGES_KEPT}) WHERE model IS NOT NULL)`
  const [inserted] = (await db.batch([
    db.insert(detectorChanges).values(change).onConflictDoNothing().returning({ version: detectorChanges.version }),
    db
      .update(detectorModels)
      .set({ state: 'chosen' })
      .where(and(eq(detectorModels.id, model ?? ''), eq(detectorModels.state, 'tried'), sql`${taken} = ${model}`)),
    db
      .update(detectorModels)
      .set({ state: 'dropped', file: '' })
      .where(and(eq(detectorModels.state, 'chosen'), sql`${detectorModels.id} NOT IN ${lately}`)),
  ])) as [unknown[], ...unknown[]]
  return inserted.length === 1
}

/** Statements that count a text which both models judged, and keep how they differ. The oldest of too many differences goes. */
export function shadowing(db: Database, model: string, found: Found | undefined): Statement[] {
  const counted = db
    .update(detectorModels)
    .set({ judged: sql`${detectorModels.judged} + 1` })
    .where(eq(detectorModels.id, model))
  if (!found) return [counted]
  const last = sql<number>`(SELECT coalesce(max(nth), 0) FROM ${detectorDifferences} WHERE model = ${model})`
  const row = toRow(model, 0, false, found)
  return [
    counted,
    db.insert(detectorDifferences).values({ ...row, nth: sql`${last} + 1` }),
    db
      .delete(detectorDifferences)
      .where(
        and(eq(detectorDifferences.model, model), lt(detectorDifferences.nth, sql`${last} - ${MOST_DIFFERENCES - 1}`)),
      ),
  ]
}

/** Texts on which two models differ, the newest first, from before a place on. */
export const listDifferences = (
  db: Database,
  of: { readonly model: string; readonly before: number | undefined; readonly limit: number },
): Promise<KnownDifference[]> =>
  db
    .select()
    .from(detectorDifferences)
    .where(
      and(
        eq(detectorDifferences.model, of.model),
        of.before === undefined ? undefined : lt(detectorDifferences.nth, of.before),
      ),
    )
    .orderBy(desc(detectorDifferences.nth))
    .limit(of.limit)
