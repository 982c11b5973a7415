import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import {
  type Database,
  gathered,
  gatheredRows,
  inParts,
  isAmong,
  rowsFor,
  type Statement,
} from '../../world/database.ts'
import { clientsAmong, isPresent } from '../people/store.ts'
import type { Category } from '../people/worker.ts'
import type { ReviewSide, ShownReview, WrittenReview } from './review.ts'
import {
  pastReviews,
  reviewNorms,
  reviewPairs,
  reviewReplies,
  reviews,
  reviewTotals,
  reviewVersions,
} from './tables.ts'
import type { Review, ReviewNorms, ReviewTotals } from './totals.ts'
import { growthOf } from './weight.ts'

const SEED_NORMS = 'seed'

/** The contract of two reviews, and whether they are revealed. */
export interface ReviewPair {
  readonly contract: string
  readonly worker: string
  readonly client: string
  readonly category: Category
  readonly closesAt: Instant
  readonly revealedAt: Instant | null
}

export interface Reply {
  readonly text: string
  readonly at: Instant
}

/** A statement that makes the pair of a contract, unless it is there. */
export const openPair = (db: Database, pair: Omit<ReviewPair, 'revealedAt'>) =>
  db.insert(reviewPairs).values(pair).onConflictDoNothing()

/** A statement that writes a review; no row comes back when that side has one already or the pair is revealed. */
export const insertReview = (
  db: Database,
  { requestKey, ...review }: WrittenReview & { readonly requestKey: string | null },
) =>
  db
    .insert(reviews)
    .select(
      sql`SELECT ${review.id}, ${review.contract}, ${review.side}, ${review.author}, ${review.subject}, ${review.skill}, ${review.request}, ${review.quality}, ${review.schedule},
        ${review.communication}, ${review.partnership}, ${review.comment}, ${review.writtenAt}, ${requestKey} FROM ${reviewPairs} WHERE contract = ${review.contract} AND revealed_at IS NULL`,
    )
    .onConflictDoNothing()
    .returning({ id: reviews.id })

/** Pairs whose window has ended and that nobody has revealed yet, the oldest first. */
export const overduePairs = (db: Database, now: Instant, limit: number): Promise<ReviewPair[]> =>
  db
    .select(pairColumns)
    .from(reviewPairs)
    .where(and(isNull(reviewPairs.revealedAt), lte(reviewPairs.closesAt, now)))
    .orderBy(asc(reviewPairs.closesAt))
    .limit(limit)

const pairColumns = {
  contract: reviewPairs.contract,
  worker: reviewPairs.worker,
  client: reviewPairs.client,
  category: reviewPairs.category,
  closesAt: reviewPairs.closesAt,
  revealedAt: reviewPairs.revealedAt,
}

export async function findPair(db: Database, contract: string): Promise<ReviewPair | undefined> {
  const [row] = await db.select(pairColumns).from(reviewPairs).where(eq(reviewPairs.contract, contract))
  return row
}

/** A review with what the reviewed person said to it. */
export interface ReviewEntry {
  readonly review: WrittenReview & { readonly requestKey: string | null }
  readonly reply: (Reply & { readonly requestKey: string | null }) | null
  readonly revealedAt: Instant | null
}

const entries = (db: Database) =>
  db
    .select({
      review: reviews,
      reply: { text: reviewReplies.text, at: reviewReplies.at, requestKey: reviewReplies.requestKey },
      revealedAt: reviewPairs.revealedAt,
    })
    .from(reviews)
    .innerJoin(reviewPairs, eq(reviewPairs.contract, reviews.contract))
    .leftJoin(reviewReplies, eq(reviewReplies.review, reviews.id))

/** The reviews of a contract, whether or not they are revealed: the caller decides what of them may be seen. */
export const reviewsOf = (db: Database, contract: string): Promise<ReviewEntry[]> =>
  entries(db).where(eq(reviews.contract, contract))

export async function findReview(db: Database, id: string): Promise<ReviewEntry | undefined> {
  const [row] = await entries(db).where(eq(reviews.id, id))
  return row
}

/** One side's review of a contract. */
export async function reviewBy(db: Database, contract: string, side: ReviewSide): Promise<ReviewEntry | undefined> {
  const [row] = await entries(db).where(and(eq(reviews.contract, contract), eq(reviews.side, side)))
  return row
}

/** Statements that forget what an erased worker wrote and what was written about them; the stars stay. */
export function forgetReviewTexts(db: Database, worker: string) {
  const theirs = db
    .select({ id: reviews.id })
    .from(reviews)
    .where(or(eq(reviews.author, worker), eq(reviews.subject, worker)))
  return [
    db.update(reviewReplies).set({ text: '' }).where(inArray(reviewReplies.review, theirs)),
    db.update(reviews).set({ comment: '' }).where(inArray(reviews.id, theirs)),
    db.update(pastReviews).set({ commentJa: '', commentEn: '' }).where(eq(pastReviews.worker, worker)),
  ] as const
}

/** Writes a reply; false when there is one already. */
export async function insertReply(
  db: Database,
  reply: Reply & { readonly review: string; readonly requestKey: string | null },
): Promise<boolean> {
  const rows = await db
    .insert(reviewReplies)
    .values(reply)
    .onConflictDoNothing()
    .returning({ review: reviewReplies.review })
  return rows.length === 1
}

/** The place behind which a page of reviews begins. */
export interface ReviewCursor {
  readonly at: Instant
  readonly id: string
}

const revealedReviews = (
  db: Database,
  worker: string,
  page: { readonly before?: ReviewCursor | undefined; readonly limit: number },
) =>
  db
    .select({
      review: reviews,
      at: sql<Instant>`${reviewPairs.revealedAt}`.as('at'),
      reply: { text: reviewReplies.text, at: reviewReplies.at },
    })
    .from(reviews)
    .innerJoin(reviewPairs, and(eq(reviewPairs.contract, reviews.contract), isNotNull(reviewPairs.revealedAt)))
    .leftJoin(reviewReplies, eq(reviewReplies.review, reviews.id))
    .where(
      and(
        eq(reviews.subject, worker),
        eq(reviews.side, 'client'),
        page.before &&
          or(
            lt(reviewPairs.revealedAt, page.before.at),
            and(eq(reviewPairs.revealedAt, page.before.at), lt(reviews.id, page.before.id)),
          ),
      ),
    )
    .orderBy(desc(reviewPairs.revealedAt), desc(reviews.id))
    .limit(page.limit)

const seededReviews = (
  db: Database,
  worker: string,
  page: { readonly before?: ReviewCursor | undefined; readonly limit: number },
) =>
  db
    .select()
    .from(pastReviews)
    .where(
      and(
        eq(pastReviews.worker, worker),
        page.before &&
          or(
            lt(pastReviews.at, page.before.at),
            and(eq(pastReviews.at, page.before.at), lt(pastReviews.id, page.before.id)),
          ),
      ),
    )
    .orderBy(desc(pastReviews.at), desc(pastReviews.id))
    .limit(page.limit)

/** Everything clients said of a worker that is revealed, newest first, in one language: `at` is when it was revealed. */
export async function shownReviews(
  db: Database,
  worker: string,
  page: { readonly before?: ReviewCursor | undefined; readonly limit: number },
): Promise<ShownReview[]> {
  const [revealed, seeded] = await Promise.all([revealedReviews(db, worker, page), seededReviews(db, worker, page)])
  const clients = new Map(
    (await clientsAmong(db, [...new Set(revealed.map(({ review }) => review.author))])).map(({ id, name }) => [
      id,
      name,
    ]),
  )
  const shown = revealed.map(
    ({ review, at, reply }): ShownReview => ({
      id: review.id,
      worker,
      client: review.author,
      clientName: clients.get(review.author) ?? null,
      at,
      skill: review.skill ?? 0,
      quality: review.quality,
      schedule: review.schedule,
      communication: review.communication,
      partnership: review.partnership,
      commentJa: review.comment,
      commentEn: review.comment,
      reply,
    }),
  )
  return [...shown, ...seeded.map((review) => ({ ...review, clientName: null, reply: null }))]
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .slice(0, page.limit)
}

/** The version of what is known of each worker's reviews; 0 is missing. */
export async function reviewVersionsOf(db: Database, workers: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.select().from(reviewVersions).where(isAmong(reviewVersions.worker, workers))
  return new Map(rows.map((row) => [row.worker, row.version]))
}

/** Totals of workers who were not erased, by id. */
export const totalsPage = (
  db: Database,
  page: { readonly worker?: string | undefined; readonly after?: string | undefined; readonly limit: number },
): Promise<ReviewTotals[]> =>
  db
    .select()
    .from(reviewTotals)
    .where(
      and(
        isPresent(reviewTotals.worker),
        page.worker === undefined ? undefined : eq(reviewTotals.worker, page.worker),
        page.after === undefined ? undefined : sql`${reviewTotals.worker} > ${page.after}`,
      ),
    )
    .orderBy(asc(reviewTotals.worker))
    .limit(page.limit)

/** Which of these contracts have a revealed review of the worker by the client. */
export async function reviewedAmong(db: Database, contracts: readonly string[]): Promise<ReadonlySet<string>> {
  if (contracts.length === 0) return new Set()
  const rows = await db
    .select({ contract: reviews.contract })
    .from(reviews)
    .innerJoin(reviewPairs, eq(reviewPairs.contract, reviews.contract))
    .where(
      and(inArray(reviews.contract, [...contracts]), eq(reviews.side, 'client'), isNotNull(reviewPairs.revealedAt)),
    )
  return new Set(rows.map((row) => row.contract))
}

/** Totals of these workers, or of all who have any. */
export const readTotals = (db: Database, workers?: readonly string[]): Promise<ReviewTotals[]> =>
  db
    .select()
    .from(reviewTotals)
    .where(workers && isAmong(reviewTotals.worker, workers))

/** The same, as far as a place in the search depends on them. */
export async function readTotalClaims(
  db: Database,
  workers?: readonly string[],
): Promise<Omit<ReviewTotals, 'clients' | 'limited'>[]> {
  const { clients: _clients, limited: _limited, ...columns } = getTableColumns(reviewTotals)
  const texts = await db
    .select(gathered(columns))
    .from(reviewTotals)
    .where(workers && isAmong(reviewTotals.worker, workers))
  return gatheredRows(columns, texts)
}

/** Whether a column names a worker with reviews, for statements of other rooms. */
export const hasReviews = (worker: SQLiteColumn): SQL =>
  sql`EXISTS (SELECT 1 FROM ${reviewTotals} WHERE ${reviewTotals.worker} = ${worker} AND ${reviewTotals.count} > 0)`

export async function readNorms(db: Database): Promise<ReviewNorms | undefined> {
  const [row] = await db.select().from(reviewNorms).where(eq(reviewNorms.id, SEED_NORMS))
  return row
}

/** Which of these workers had reviews before the marketplace opened. */
export async function pastReviewedAmong(db: Database, workers: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ worker: pastReviews.worker })
    .from(pastReviews)
    .where(isAmong(pastReviews.worker, workers))
  return new Set(rows.map(({ worker }) => worker))
}

/** Reviews that were there before the marketplace opened, with what follows from them. */
export interface PastReviews {
  readonly reviews: readonly Review[]
  readonly totals: readonly ReviewTotals[]
  readonly norms: ReviewNorms
}

/** Statements that write them; what is there already stays as it is. The norms come last: they tell that all is written. */
export const insertPastReviews = (db: Database, { reviews: past, totals, norms }: PastReviews): Statement[] => [
  ...inParts(past.map((review) => ({ ...review, growth: growthOf(review.at) }))).map((rows) =>
    db.insert(pastReviews).select(rowsFor(pastReviews, rows)).onConflictDoNothing(),
  ),
  ...inParts(totals).map((rows) => db.insert(reviewTotals).select(rowsFor(reviewTotals, rows)).onConflictDoNothing()),
  db
    .insert(reviewNorms)
    .values({ id: SEED_NORMS, ...norms })
    .onConflictDoNothing(),
]

/** What both sides of these contracts said, once it is revealed; nothing before, whoever has written. */
export async function revealedAmong(
  db: Database,
  contracts: readonly string[],
): Promise<ReadonlyMap<string, { readonly revealedAt: Instant; readonly reviews: readonly ReviewEntry[] }>> {
  const pairs = await db
    .select({ contract: reviewPairs.contract, revealedAt: sql<Instant>`${reviewPairs.revealedAt}` })
    .from(reviewPairs)
    .where(and(isAmong(reviewPairs.contract, contracts), isNotNull(reviewPairs.revealedAt)))
  const said = await entries(db).where(
    isAmong(
      reviews.contract,
      pairs.map(({ contract }) => contract),
    ),
  )
  return new Map(
    pairs.map(({ contract, revealedAt }) => [
      contract,
      { revealedAt, reviews: said.filter(({ review }) => review.contract === contract) },
    ]),
  )
}
