import { and, desc, eq, gt, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { days, type Instant } from '../../../kernel/instant.ts'
import { type Database, isAmong } from '../../../world/database.ts'
import { PROVEN_BY } from '../../people/allowance.ts'
import type { Category } from '../../people/worker.ts'
import type { Contract } from '../contract.ts'
import { contractEvents, contracts, skillContexts } from '../tables.ts'

// @NOTE Anybody can propose a contract to a worker and pay it in. Only one that the worker has taken on as well says anything about them.

/** Whether a contract is agreed: paid in, and taken on by its worker. */
export const isAgreed = ({ fundedAt, takenOnAt }: Pick<Contract, 'fundedAt' | 'takenOnAt'>): boolean =>
  fundedAt !== null && takenOnAt !== null

/** Whether no earlier contract of its worker in this category is agreed. */
export const isFirstAgreed = ({ id, worker, category }: Pick<Contract, 'id' | 'worker' | 'category'>): SQL =>
  sql`not exists (select 1 from contracts where worker = ${worker} and category = ${category} and funded_at is not null and taken_on_at is not null and id <> ${id})`

/** How many contracts of a worker were paid for, as far as it makes a difference. */
export async function countPaid(db: Database, worker: string): Promise<number> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(and(eq(contracts.worker, worker), isNotNull(contracts.settledAt), gt(contracts.released, 0)))
    .limit(PROVEN_BY)
  return rows.length
}

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

/** Who of these, or of all, has an agreed contract that is not settled. */
export async function workersUnderContract(db: Database, workers?: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ worker: contracts.worker })
    .from(contracts)
    .where(
      and(
        sql`funded_at IS NOT NULL AND settled_at IS NULL`,
        isNotNull(contracts.takenOnAt),
        workers && isAmong(contracts.worker, workers),
      ),
    )
  return new Set(rows.map(({ worker }) => worker))
}

/** Whether a worker has no agreed contract that is not settled, for statements of other rooms. */
export const isFreeOfContracts = (worker: string): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM ${contracts} WHERE ${contracts.worker} = ${worker} AND funded_at IS NOT NULL AND settled_at IS NULL AND taken_on_at IS NOT NULL)`

interface Applied {
  readonly job: string
  readonly worker: string
}

/** Contracts that a worker took on by having applied for a job, and that wait for their money. */
const proposedTo = ({ job, worker }: Applied): SQL | undefined =>
  and(
    eq(contracts.job, job),
    eq(contracts.worker, worker),
    eq(contracts.status, 'proposed'),
    isNotNull(contracts.takenOnAt),
  )

/** Whether a worker's application for a job stands behind a contract already that waits for its money. */
export const isTakenOnWith = async (db: Database, applied: Applied): Promise<boolean> =>
  (await db.select({ id: contracts.id }).from(contracts).where(proposedTo(applied)).limit(1)).length > 0

/** Whether it stands behind no other contract than this one, for statements of other rooms. */
export const isOnlyProposal = ({ contract, ...applied }: Applied & { readonly contract: string }): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM ${contracts} WHERE ${and(proposedTo(applied), ne(contracts.id, contract))})`

/** Whether a contract counts as evidence, for statements of other rooms: paid work, nothing of it refunded. */
export const countsAsEvidence = (contract: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM ${contracts} WHERE ${contracts.id} = ${contract} AND ${contracts.status} IN ('released', 'decided') AND ${contracts.released} > 0 AND ${contracts.refunded} = 0)`

/** When a contract was agreed: with the later of the two. Null while one of them is missing. */
const agreedAt = sql.raw('max(funded_at, taken_on_at)')

/** A worker's first agreed contract, for statements of other rooms: `id`, `category`, `agreed_at`, and the certificate that stood for it, if one did. */
export const firstContractOf = (worker: string): SQL =>
  sql`SELECT id, category, ${agreedAt} AS agreed_at, (SELECT ${skillContexts.credential} FROM ${skillContexts} WHERE ${skillContexts.contract} = id) AS credential
    FROM ${contracts} WHERE ${contracts.worker} = ${worker} AND funded_at IS NOT NULL AND taken_on_at IS NOT NULL ORDER BY agreed_at, id LIMIT 1`

/** What the client paid for a contract so far, the fee included, in yen; for statements of other rooms. */
export const paidFor = (contract: SQL): SQL =>
  sql`(SELECT ${contracts.released} + ${contracts.fee} FROM ${contracts} WHERE ${contracts.id} = ${contract})`

/** When each of these workers agreed to their first contract; who has none is missing. */
export async function firstAgreements(db: Database, workers: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db
    .select({ worker: contracts.worker, at: sql<Instant>`min(${agreedAt})` })
    .from(contracts)
    .where(and(isAmong(contracts.worker, workers), isNotNull(contracts.fundedAt), isNotNull(contracts.takenOnAt)))
    .groupBy(contracts.worker)
  return new Map(rows.map(({ worker, at }) => [worker, at]))
}

/** An agreed contract, as far as it tells how a client's search came out. */
export interface Hiring {
  readonly client: string
  /** Null where it was proposed without one. */
  readonly job: string | null
  readonly agreedAt: Instant
  /** Whether it was the worker's first and a certificate stood. */
  readonly certifiedNewcomer: boolean
  /** Whether all of it was released without a dispute. */
  readonly endedWell: boolean
}

/** Agreed contracts of a category that were proposed after a time, the newest first, so many at most. */
export async function hiringsSince(
  db: Database,
  of: { readonly category: Category; readonly after: Instant; readonly limit: number },
): Promise<Hiring[]> {
  const rows = await db
    .select({
      client: contracts.client,
      job: contracts.job,
      agreedAt: sql<Instant>`${agreedAt}`,
      // names of columns stand without their table here, and would be those of the inner one
      certifiedNewcomer: sql<number>`EXISTS (SELECT 1 FROM skill_contexts WHERE skill_contexts.contract = contracts.id)
        AND NOT EXISTS (SELECT 1 FROM contracts AS earlier WHERE earlier.worker = contracts.worker AND max(earlier.funded_at, earlier.taken_on_at) < max(contracts.funded_at, contracts.taken_on_at))`,
      endedWell: sql<number>`${contracts.status} = 'released' AND ${contracts.refunded} = 0 AND ${contracts.disputedAt} IS NULL`,
    })
    .from(contracts)
    .where(
      and(
        gt(contracts.createdAt, of.after),
        eq(contracts.category, of.category),
        isNotNull(contracts.fundedAt),
        isNotNull(contracts.takenOnAt),
      ),
    )
    .orderBy(desc(contracts.createdAt))
    .limit(of.limit)
  return rows.map(({ certifiedNewcomer, endedWell, ...hiring }) => ({
    ...hiring,
    certifiedNewcomer: Boolean(certifiedNewcomer),
    endedWell: Boolean(endedWell),
  }))
}

const DAY = days(1)
/** Whoever never accepts is paid for by the clock at the latest then. */
const LONGEST_ACCEPTANCE_DAYS = 60

/** Counts a client's contracts that were paid in and have ended: what they mean stands with the figures of a client. */
export async function countClientWork(db: Database, client: string) {
  const cancelledByWorker = sql`EXISTS (SELECT 1 FROM ${contractEvents} WHERE ${contractEvents.contract} = ${contracts.id} AND ${contractEvents.type} = 'cancelled' AND ${contractEvents.actor} = ${contracts.worker})`
  // a worker who leaves by their own choice says nothing about the client; where both agree, the choice is that of who asked
  const leftByWorker = sql`(${contracts.status} = 'cancelled' AND (${contracts.cancelProposedBy} IS 'worker' OR (${contracts.cancelProposedBy} IS NULL AND ${cancelledByWorker})))`
  const paid = sql`(${contracts.status} = 'released' AND ${contracts.refunded} = 0 AND ${contracts.disputedAt} IS NULL)`
  const accepted = sql`(${contracts.status} = 'released' AND ${contracts.lastDeliveredAt} IS NOT NULL AND ${contracts.moneyMovedAt} IS NOT NULL)`
  const [work] = await db
    .select({
      concluded: sql<number>`count(*)`,
      paid: sql<number>`coalesce(sum(${paid}), 0)`,
      paidWorkers: sql<number>`count(DISTINCT CASE WHEN ${paid} THEN ${contracts.worker} END)`,
      accepted: sql<number>`coalesce(sum(${accepted}), 0)`,
      acceptanceDays: sql<number>`coalesce(sum(CASE WHEN ${accepted} THEN min(${LONGEST_ACCEPTANCE_DAYS}, max(0, ${contracts.moneyMovedAt} - ${contracts.lastDeliveredAt}) * 1.0 / ${DAY}) END), 0.0)`,
    })
    .from(contracts)
    .where(
      and(
        eq(contracts.client, client),
        isNotNull(contracts.fundedAt),
        inArray(contracts.status, ['released', 'cancelled', 'decided']),
        sql`NOT ${leftByWorker}`,
      ),
    )
  return work ?? { concluded: 0, paid: 0, paidWorkers: 0, accepted: 0, acceptanceDays: 0 }
}
