import { and, avg, count, desc, eq, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../../world/database.ts'
import { readWorkers } from '../../people/store.ts'
import type { Stars } from '../review.ts'
import type { ReviewCursor, ReviewEntry } from '../store.ts'
import { reviewPairs, reviewReplies, reviews } from '../tables.ts'

const revealedAbout = (client: string) =>
  and(eq(reviews.subject, client), eq(reviews.side, 'worker'), isNotNull(reviewPairs.revealedAt))

/** What a worker said of a client, with the worker's name; null for one who left. */
export interface ClientReview extends ReviewEntry {
  readonly workerName: { readonly name: string; readonly reading: string } | null
}

/** What workers said of a client and was revealed, the newest first, from behind the given place on. */
export async function reviewsOfClient(
  db: Database,
  client: string,
  { before, limit }: { readonly before?: ReviewCursor | undefined; readonly limit: number },
): Promise<ClientReview[]> {
  const behind =
    before &&
    or(lt(reviewPairs.revealedAt, before.at), and(eq(reviewPairs.revealedAt, before.at), lt(reviews.id, before.id)))
  const rows = await db
    .select({
      review: reviews,
      reply: { text: reviewReplies.text, at: reviewReplies.at, requestKey: reviewReplies.requestKey },
      revealedAt: reviewPairs.revealedAt,
    })
    .from(reviews)
    .innerJoin(reviewPairs, eq(reviewPairs.contract, reviews.contract))
    .leftJoin(reviewReplies, eq(reviewReplies.review, reviews.id))
    .where(and(revealedAbout(client), behind))
    .orderBy(desc(reviewPairs.revealedAt), desc(reviews.id))
    .limit(limit)
  const authors = await readWorkers(
    db,
    rows.map(({ review }) => review.author),
  )
  const named = new Map(
    authors.flatMap(({ id, name, reading, erasedAt }) => (erasedAt === null ? [[id, { name, reading }] as const] : [])),
  )
  return rows.map((row) => ({ ...row, workerName: named.get(row.review.author) ?? null }))
}

/** Revealed reviews of a client that rate the request, and their stars for it, summed. */
export async function requestRatings(
  db: Database,
  client: string,
): Promise<{ readonly requests: number; readonly requestSum: number }> {
  const [said] = await db
    .select({ requests: sql<number>`count(*)`, requestSum: sql<number>`coalesce(sum(${reviews.request}), 0)` })
    .from(reviews)
    .innerJoin(reviewPairs, eq(reviewPairs.contract, reviews.contract))
    .where(and(revealedAbout(client), isNotNull(reviews.request)))
  return said ?? { requests: 0, requestSum: 0 }
}

/** Means of all revealed reviews of a client, and how many they are; no means without reviews. */
export const meansOfClient = (db: Database, client: string) => meansWhere(db, revealedAbout(client))

/** Means of some reviews that workers wrote. */
export async function meansWhere(
  db: Database,
  which: SQL | undefined,
): Promise<{ readonly n: number; readonly means: Stars }> {
  const [row] = await db
    .select({
      n: count(),
      request: avg(reviews.request),
      quality: avg(reviews.quality),
      schedule: avg(reviews.schedule),
      communication: avg(reviews.communication),
      partnership: avg(reviews.partnership),
    })
    .from(reviews)
    .innerJoin(reviewPairs, eq(reviewPairs.contract, reviews.contract))
    .where(which)
  const { n = 0, ...means } = row ?? {}
  return {
    n,
    means: n === 0 ? {} : Object.fromEntries(Object.entries(means).map(([axis, mean]) => [axis, Number(mean)])),
  }
}

/** Means of all revealed reviews that a worker wrote of clients, and how many they are; no means without reviews. */
export async function meansByWorker(
  db: Database,
  worker: string,
): Promise<{ readonly n: number; readonly means: Stars }> {
  return meansWhere(db, and(eq(reviews.author, worker), eq(reviews.side, 'worker'), isNotNull(reviewPairs.revealedAt)))
}
