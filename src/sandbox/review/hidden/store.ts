import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database, Statement } from '../../../world/database.ts'
import { countsAsEvidence } from '../../escrow/work/store.ts'
import { isInBlock } from '../block/store.ts'
import type { HiddenBatch, PooledAnswer } from '../hidden-batch.ts'
import { raiseVersionFor } from '../reveal/store.ts'
import type { Contradiction, ContradictionKind, HiddenAnswers, ReviewSide } from '../review.ts'
import {
  aggregatesDue,
  hiddenAnswers,
  hiddenBatches,
  hiddenBatchMembers,
  hiddenReads,
  reviewContradictions,
  reviewPairs,
  reviews,
} from '../tables.ts'

/** Of which review something is kept; nothing is when the review was not written. */
export interface Of {
  readonly review: string
  readonly contract: string
  readonly side: ReviewSide
}

/** A statement that keeps hidden answers, behind the review in its batch. */
export const insertHidden = (db: Database, of: Of, { again, safe, note }: HiddenAnswers) =>
  db
    .insert(hiddenAnswers)
    .select(sql`SELECT id, contract, side, ${again}, ${safe}, ${note} FROM ${reviews} WHERE id = ${of.review}`)

/** A statement that puts a review on the operators' worklist, behind the review in its batch. */
export const insertContradiction = (db: Database, of: Of, found: Contradiction & { readonly now: Instant }) =>
  db
    .insert(reviewContradictions)
    .select(
      sql`SELECT id, contract, side, ${found.kind}, ${found.score}, ${found.now}, NULL, NULL, NULL FROM ${reviews} WHERE id = ${of.review}`,
    )

/** Who reads hidden answers, and why. */
export interface HiddenReading {
  readonly id: string
  readonly operator: string
  readonly reason: string
  readonly at: Instant
}

/** The hidden answers of a contract. One transaction writes down the reading and reads: neither is without the other. */
export async function readHidden(
  db: Database,
  contract: string,
  reading: HiddenReading,
): Promise<(HiddenAnswers & { readonly review: string; readonly side: ReviewSide })[]> {
  const note = db.insert(hiddenReads).values({ ...reading, kind: 'answers', contracts: [contract] })
  const answers = db
    .select({
      review: hiddenAnswers.review,
      side: hiddenAnswers.side,
      again: hiddenAnswers.again,
      safe: hiddenAnswers.safe,
      note: hiddenAnswers.note,
    })
    .from(hiddenAnswers)
  const [, rows] = await db.batch([
    note,
    answers.where(eq(hiddenAnswers.contract, contract)).orderBy(asc(hiddenAnswers.side)),
  ])
  return rows as Awaited<typeof answers>
}

/** An open entry of the worklist: that there is a contradiction and of what kind, not what was answered. */
export interface WorklistEntry extends Of {
  readonly kind: ContradictionKind
  readonly openedAt: Instant
}

interface WorklistPage {
  /** The review of the last entry of the page before. */
  readonly after?: string | undefined
  readonly limit: number
}

const behind = (after: string | undefined) =>
  after === undefined
    ? undefined
    : sql`(${reviewContradictions.score}, ${reviewContradictions.review}) < (SELECT last.score, last.review FROM review_contradictions AS last WHERE last.review = ${after})`

const openEntries = (db: Database, { after, limit }: WorklistPage) =>
  db
    .select({
      review: reviewContradictions.review,
      contract: reviewContradictions.contract,
      side: reviewContradictions.side,
      kind: reviewContradictions.kind,
      openedAt: reviewContradictions.openedAt,
    })
    .from(reviewContradictions)
    .where(and(isNull(reviewContradictions.settledAt), behind(after)))
    .orderBy(desc(reviewContradictions.score), desc(reviewContradictions.review))
    .limit(limit)

/** A page of the worklist, the worst first. One transaction writes down what is shown, and shows it. */
export async function readWorklist(db: Database, page: WorklistPage, reading: HiddenReading): Promise<WorklistEntry[]> {
  const shown = openEntries(db, page)
  const note = db
    .insert(hiddenReads)
    .select(
      sql`SELECT ${reading.id}, ${reading.operator}, 'worklist', (SELECT json_group_array(contract) FROM (${shown.getSQL()})), ${reading.reason}, ${reading.at}`,
    )
  const [, rows] = await db.batch([note, shown])
  return rows as WorklistEntry[]
}

/** Settles what is open about a contract; how many entries that were. */
export async function settleEntries(
  db: Database,
  contract: string,
  by: { readonly operator: string; readonly note: string; readonly now: Instant },
): Promise<number> {
  const rows = await db
    .update(reviewContradictions)
    .set({ settledAt: by.now, settledBy: by.operator, note: by.note })
    .where(and(eq(reviewContradictions.contract, contract), isNull(reviewContradictions.settledAt)))
    .returning({ review: reviewContradictions.review })
  return rows.length
}

/** Whether a contract was ever on the worklist. */
export async function wasListed(db: Database, contract: string): Promise<boolean> {
  const [row] = await db
    .select({ review: reviewContradictions.review })
    .from(reviewContradictions)
    .where(eq(reviewContradictions.contract, contract))
    .limit(1)
  return row !== undefined
}

/** Who read what, the latest first. */
export const listReads = (db: Database, page: { readonly after?: string | undefined; readonly limit: number }) =>
  db
    .select()
    .from(hiddenReads)
    .where(page.after === undefined ? undefined : lt(hiddenReads.id, page.after))
    .orderBy(desc(hiddenReads.id))
    .limit(page.limit)

/** Workers to look at, and how often they were marked until now. */
export const dueWorkers = (db: Database, limit: number) => db.select().from(aggregatesDue).limit(limit)

/** Forgets a mark, unless another one came meanwhile. */
export async function clearDue(db: Database, due: { readonly worker: string; readonly marks: number }): Promise<void> {
  await db.delete(aggregatesDue).where(and(eq(aggregatesDue.worker, due.worker), eq(aggregatesDue.marks, due.marks)))
}

/** Clients' answers about a worker that are revealed, count as evidence and are in no batch, in the order of their revealing. Those of a block wait until a person has found it independent. */
export const pooledAnswers = (db: Database, worker: string): Promise<PooledAnswer[]> =>
  db
    .select({
      review: hiddenAnswers.review,
      client: reviews.author,
      again: hiddenAnswers.again,
      safe: hiddenAnswers.safe,
    })
    .from(reviews)
    .innerJoin(reviewPairs, eq(reviewPairs.contract, reviews.contract))
    .innerJoin(hiddenAnswers, eq(hiddenAnswers.review, reviews.id))
    .where(
      and(
        eq(reviews.subject, worker),
        eq(reviews.side, 'client'),
        sql`${reviewPairs.revealedAt} IS NOT NULL`,
        countsAsEvidence(sql`${reviews.contract}`),
        sql`NOT ${isInBlock(sql`${reviews.author}`)}`,
        sql`NOT EXISTS (SELECT 1 FROM hidden_batch_members WHERE hidden_batch_members.review = ${reviews.id})`,
      ),
    )
    .orderBy(asc(reviewPairs.revealedAt), asc(reviews.id))

/** A batch to be published, and what is in it. */
export interface NewBatch extends HiddenBatch {
  readonly id: string
  readonly worker: string
  readonly seq: number
  /** `2026-11` */
  readonly month: string
  readonly members: readonly string[]
}

/** Publishes a batch; false when another one has taken its number. */
export async function insertBatch(db: Database, { members, ...batch }: NewBatch): Promise<boolean> {
  const published = db.insert(hiddenBatches).values(batch).onConflictDoNothing().returning({ id: hiddenBatches.id })
  const list = db
    .insert(hiddenBatchMembers)
    .select(
      sql`SELECT value, hidden_batches.id FROM hidden_batches, json_each(${JSON.stringify(members)}) WHERE hidden_batches.id = ${batch.id}`,
    )
  const statements: [typeof published, ...Statement[]] = [published, list, raiseVersionFor(db, batch.worker, batch.id)]
  const [rows] = (await db.batch(statements)) as [unknown[], ...unknown[]]
  return rows.length === 1
}

/** Everything published about some workers, in order. */
export const batchesOf = (db: Database, workers: readonly string[]) =>
  db
    .select()
    .from(hiddenBatches)
    .where(inArray(hiddenBatches.worker, [...workers]))
    .orderBy(asc(hiddenBatches.worker), asc(hiddenBatches.seq))

/** Statements that forget the notes to an erased worker's reviews, and what operators noted of them; the figures stay in what was published. */
export function forgetHiddenNotes(db: Database, worker: string) {
  const theirs = db
    .select({ id: reviews.id })
    .from(reviews)
    .where(or(eq(reviews.author, worker), eq(reviews.subject, worker)))
  return [
    db.update(hiddenAnswers).set({ note: '' }).where(inArray(hiddenAnswers.review, theirs)),
    db
      .update(reviewContradictions)
      .set({ note: '' })
      .where(and(inArray(reviewContradictions.review, theirs), isNotNull(reviewContradictions.note))),
  ] as const
}
