import { and, desc, eq, gt, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import { contracts } from '../../escrow/tables.ts'
import { jobs } from '../../job/tables.ts'
import { clients } from '../../people/tables.ts'
import type { Category } from '../../people/worker.ts'
import { meansWhere } from '../of-client/store.ts'
import type { Stars } from '../review.ts'
import { type ReviewEntry, reviewsAmong } from '../store.ts'
import { reviewPairs, reviews } from '../tables.ts'

/** How far a worker's contracts came through escrow, in contracts; what was never paid in and came to an end is not counted. */
export interface EscrowFigures {
  readonly agreed: number
  readonly funded: number
  readonly delivered: number
  readonly paid: number
  /** People who paid into escrow for this worker. */
  readonly clients: number
  /** Of them some money went back to the client. */
  readonly refunded: number
  readonly running: number
  /** The middle one of all amounts, in yen; undefined without contracts. */
  readonly median: number | undefined
}

/** Counts a worker's contracts. */
export async function countWork(db: Database, worker: string): Promise<EscrowFigures> {
  const funded = sql`${contracts.fundedAt} IS NOT NULL`
  const [row] = await db
    .select({
      agreed: sql<number>`count(*)`,
      funded: sql<number>`coalesce(sum(${funded}), 0)`,
      delivered: sql<number>`coalesce(sum(${contracts.firstDeliveredAt} IS NOT NULL), 0)`,
      paid: sql<number>`coalesce(sum(${contracts.released} > 0), 0)`,
      clients: sql<number>`count(DISTINCT CASE WHEN ${funded} THEN ${contracts.client} END)`,
      refunded: sql<number>`coalesce(sum(${contracts.refunded} > 0), 0)`,
      running: sql<number>`coalesce(sum(${funded} AND ${contracts.settledAt} IS NULL), 0)`,
    })
    .from(contracts)
    .where(and(eq(contracts.worker, worker), or(isNotNull(contracts.fundedAt), eq(contracts.status, 'proposed'))))
  const { agreed = 0, ...figures } = row ?? { funded: 0, delivered: 0, paid: 0, clients: 0, refunded: 0, running: 0 }
  const [middle] =
    figures.funded === 0
      ? []
      : await db
          .select({ amount: contracts.amount })
          .from(contracts)
          .where(and(eq(contracts.worker, worker), isNotNull(contracts.fundedAt)))
          .orderBy(contracts.amount)
          .limit(1)
          .offset(Math.floor((figures.funded - 1) / 2))
  return { agreed, ...figures, median: middle?.amount }
}

/** Means of all revealed reviews that a worker wrote of clients, and how many they are; no means without reviews. */
export async function meansByWorker(db: Database, worker: string): Promise<{ readonly n: number; readonly means: Stars }> {
  return meansWhere(db, and(eq(reviews.author, worker), eq(reviews.side, 'worker'), isNotNull(reviewPairs.revealedAt)))
}

/** A contract of a worker that came to its end, as everybody may see it. */
export interface ConcludedWork {
  readonly contract: string
  readonly category: Category
  /** Of the public post that it came from; null where two agreed by themselves, whose words are theirs. */
  readonly title: string | null
  /** Yen. */
  readonly amount: number
  readonly settledAt: Instant
  readonly client: { readonly id: string; readonly name: string; readonly reading: string } | null
  readonly revealedAt: Instant | null
  /** What both said, once it is revealed; nothing before, whoever has written. */
  readonly reviews: readonly ReviewEntry[]
}

/** A worker's contracts in which money was released and nothing is held any more, the newest first. */
export async function concludedWork(db: Database, worker: string, limit: number): Promise<ConcludedWork[]> {
  const rows = await db
    .select({
      contract: contracts.id,
      category: contracts.category,
      title: jobs.title,
      amount: contracts.amount,
      settledAt: sql<Instant>`${contracts.settledAt}`,
      client: { id: clients.id, name: clients.name, reading: clients.reading },
      revealedAt: reviewPairs.revealedAt,
    })
    .from(contracts)
    .leftJoin(clients, eq(clients.id, contracts.client))
    .leftJoin(jobs, and(eq(jobs.id, contracts.job), ne(jobs.state, 'taken-down')))
    .leftJoin(reviewPairs, eq(reviewPairs.contract, contracts.id))
    .where(and(eq(contracts.worker, worker), isNotNull(contracts.settledAt), gt(contracts.released, 0)))
    .orderBy(desc(contracts.settledAt), desc(contracts.id))
    .limit(limit)
  const revealed = rows.flatMap(({ contract, revealedAt }) => (revealedAt === null ? [] : [contract]))
  const said = await reviewsAmong(db, revealed)
  return rows.map((row) => ({ ...row, reviews: said.filter(({ review }) => review.contract === row.contract) }))
}
