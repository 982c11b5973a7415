import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { days } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import { contractEvents, contracts } from '../../escrow/tables.ts'
import { reviewPairs, reviews } from '../../review/tables.ts'
import { type ClientFigures, unknownClient } from '../quality.ts'
import { clientHistories, jobs } from '../tables.ts'

const DAY = days(1)
/** Whoever never accepts is paid for by the clock at the latest then. */
const LONGEST_ACCEPTANCE_DAYS = 60

export interface StaleHistory {
  readonly client: string
  /** How many changes there were when it was found stale. */
  readonly marks: number
}

/** Clients about whom something changed since they were last counted. */
export const staleHistories = (db: Database, limit: number): Promise<StaleHistory[]> =>
  db.select({ client: clientHistories.client, marks: clientHistories.marks }).from(clientHistories).where(lt(clientHistories.counted, clientHistories.marks)).limit(limit)

/** What is known of these clients; nothing of those who never had a contract. */
export async function readHistories(db: Database, clients: readonly string[]): Promise<ReadonlyMap<string, ClientFigures>> {
  if (clients.length === 0) return new Map()
  const rows = await db
    .select()
    .from(clientHistories)
    .where(inArray(clientHistories.client, [...new Set(clients)]))
  return new Map(rows.map(({ client, ...figures }) => [client, figures]))
}

/** Counts a client's contracts and the reviews that workers wrote of them. */
export async function countHistory(db: Database, client: string): Promise<ClientFigures> {
  // a worker who leaves by their own choice says nothing about the client
  const leftByWorker = sql`(${contracts.status} = 'cancelled' AND EXISTS (SELECT 1 FROM ${contractEvents} WHERE ${contractEvents.contract} = ${contracts.id} AND ${contractEvents.type} = 'cancelled' AND ${contractEvents.actor} = ${contracts.worker}))`
  const paid = sql`(${contracts.status} = 'released' AND ${contracts.refunded} = 0 AND ${contracts.disputedAt} IS NULL)`
  const accepted = sql`(${contracts.status} = 'released' AND ${contracts.lastDeliveredAt} IS NOT NULL AND ${contracts.moneyMovedAt} IS NOT NULL)`
  const [work] = await db
    .select({
      concluded: sql<number>`count(*)`,
      paid: sql<number>`coalesce(sum(${paid}), 0)`,
      accepted: sql<number>`coalesce(sum(${accepted}), 0)`,
      acceptanceDays: sql<number>`coalesce(sum(CASE WHEN ${accepted} THEN min(${LONGEST_ACCEPTANCE_DAYS}, max(0, ${contracts.moneyMovedAt} - ${contracts.lastDeliveredAt}) * 1.0 / ${DAY}) END), 0.0)`,
    })
    .from(contracts)
    .where(and(eq(contracts.client, client), isNotNull(contracts.fundedAt), inArray(contracts.status, ['released', 'cancelled', 'decided']), sql`NOT ${leftByWorker}`))
  const [said] = await db
    .select({ requests: sql<number>`count(*)`, requestSum: sql<number>`coalesce(sum(${reviews.request}), 0)` })
    .from(reviews)
    .innerJoin(reviewPairs, eq(reviewPairs.contract, reviews.contract))
    .where(and(eq(reviews.subject, client), eq(reviews.side, 'worker'), isNotNull(reviewPairs.revealedAt), isNotNull(reviews.request)))
  return { ...unknownClient, ...work, ...said }
}

/** Statements that write a client's figures and give the places of their jobs the score that follows. */
export const historyUpdate = (db: Database, { client, marks }: StaleHistory, figures: ClientFigures, score: number) =>
  [
    db
      .update(clientHistories)
      .set({ ...figures, counted: marks, score })
      .where(and(eq(clientHistories.client, client), lt(clientHistories.counted, marks))),
    db
      .update(jobs)
      .set({ clientScore: sql`(SELECT ${clientHistories.score} FROM ${clientHistories} WHERE ${clientHistories.client} = ${client})` })
      .where(eq(jobs.client, client)),
  ] as const
