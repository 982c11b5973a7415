import { and, asc, desc, eq, gt, inArray, isNotNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import { days, type Instant } from '../../kernel/instant.ts'
import { type Database, isAmong, type Statement } from '../../world/database.ts'
import { PROVEN_BY } from '../people/allowance.ts'
import type { Category } from '../people/worker.ts'
import type { Contract, ContractStatus } from './contract.ts'
import type { StoredEvent } from './evolve.ts'
import type { Entry, Transfer, TransferState } from './ledger.ts'
import type { Cursor } from './paid-work.ts'
import type { SkillContext } from './skill-context.ts'
import {
  accountSums,
  contractEvents,
  contractSums,
  contracts,
  ledgerEntries,
  skillContexts,
  transfers,
} from './tables.ts'

type Row = typeof contracts.$inferSelect

const fromRow = ({ requestKey: _, ...contract }: Row): Contract => contract

export async function findContract(db: Database, id: string): Promise<Contract | undefined> {
  const [row] = await db.select().from(contracts).where(eq(contracts.id, id))
  return row && fromRow(row)
}

/** The contract that a request brought about, by person and Idempotency-Key. */
export async function findRequestedContract(db: Database, requestKey: string): Promise<Contract | undefined> {
  const [row] = await db.select().from(contracts).where(eq(contracts.requestKey, requestKey))
  return row && fromRow(row)
}

/** What happened to a contract, in order; up to and with `until` where it is given. */
export const eventsOf = (db: Database, contract: string, until?: number): Promise<StoredEvent[]> =>
  db
    .select()
    .from(contractEvents)
    .where(and(eq(contractEvents.contract, contract), until === undefined ? undefined : lte(contractEvents.seq, until)))
    .orderBy(asc(contractEvents.seq))

/** The event that a request brought about, by person and Idempotency-Key. */
export async function findRequestedEvent(
  db: Database,
  contract: string,
  request: string,
): Promise<StoredEvent | undefined> {
  const [row] = await db
    .select()
    .from(contractEvents)
    .where(
      and(
        eq(contractEvents.contract, contract),
        sql`json_extract(${contractEvents.data}, '$.remark.request') = ${request}`,
      ),
    )
  return row
}

const newestFirst = [desc(contracts.createdAt), desc(contracts.id)] as const

export interface ContractFilter {
  /** Whose contracts, on either side; everybody's when it is left out. */
  readonly person?: string | undefined
  readonly status?: ContractStatus | undefined
  readonly job?: string | undefined
  /** Only those on which something happens by itself until then. */
  readonly dueBy?: Instant | undefined
  readonly after?: Cursor | undefined
  readonly limit: number
}

/** Contracts, the newest first. */
export async function listContracts(db: Database, filter: ContractFilter): Promise<Contract[]> {
  const { person } = filter
  if (person === undefined) return contractsWhere(db, filter, undefined)
  // one by one: each side has an index in this order, both together have none
  const sides = await Promise.all([
    contractsWhere(db, filter, eq(contracts.client, person)),
    contractsWhere(db, filter, eq(contracts.worker, person)),
  ])
  return sides
    .flat()
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
    .slice(0, filter.limit)
}

async function contractsWhere(
  db: Database,
  { status, job, dueBy, after, limit }: ContractFilter,
  side: SQL | undefined,
): Promise<Contract[]> {
  const conditions: (SQL | undefined)[] = [
    side,
    status === undefined ? undefined : eq(contracts.status, status),
    job === undefined ? undefined : eq(contracts.job, job),
    dueBy === undefined ? undefined : lte(contracts.timerAt, dueBy),
    // the first bound says no more than the second: it is what an index can begin from
    after && and(lte(contracts.createdAt, after.at), or(lt(contracts.createdAt, after.at), lt(contracts.id, after.id))),
  ]
  const rows = await db
    .select()
    .from(contracts)
    .where(and(...conditions))
    // what is due is found by its time and then put in order: an order that an index has would lead through all contracts
    .orderBy(...(dueBy === undefined ? newestFirst : [sql`+${contracts.createdAt} DESC`, desc(contracts.id)]))
    .limit(limit)
  return rows.map(fromRow)
}

/** Contracts whose timers are due, the earliest first. */
export async function dueContracts(db: Database, now: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(lte(contracts.timerAt, now))
    .orderBy(asc(contracts.timerAt), asc(contracts.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** A worker's settled contracts in which money was released, in the order in which they settled, each with its frozen certificate. */
export async function paidWorkOf(
  db: Database,
  of: { readonly worker: string; readonly after?: Cursor | undefined; readonly limit: number },
): Promise<{ contract: Contract; context: SkillContext | null }[]> {
  const { worker, after, limit } = of
  const rows = await db
    .select({ contract: contracts, context: skillContexts })
    .from(contracts)
    .leftJoin(skillContexts, eq(skillContexts.contract, contracts.id))
    .where(
      and(
        eq(contracts.worker, worker),
        isNotNull(contracts.settledAt),
        gt(contracts.released, 0),
        after === undefined
          ? undefined
          : or(gt(contracts.settledAt, after.at), and(eq(contracts.settledAt, after.at), gt(contracts.id, after.id))),
      ),
    )
    .orderBy(asc(contracts.settledAt), asc(contracts.id))
    .limit(limit)
  return rows.map(({ contract, context }) => ({ contract: fromRow(contract), context }))
}

/** How many contracts are in each state, and the yen in them: paid in, paid out, kept as fee, paid back. */
export const sumContracts = (db: Database): Promise<(typeof contractSums.$inferSelect)[]> =>
  db.select().from(contractSums).where(gt(contractSums.contracts, 0))

export const insertContract = (db: Database, contract: Contract, requestKey: string | null): Statement =>
  db.insert(contracts).values({ ...contract, requestKey })

export const updateContract = (db: Database, { id, ...state }: Contract): Statement =>
  db.update(contracts).set(state).where(eq(contracts.id, id))

/** Fails as a lost race when one of the events has been written by somebody else. */
export const insertEvents = (db: Database, events: readonly StoredEvent[]): Statement =>
  db.insert(contractEvents).values([...events])

export const insertEntries = (db: Database, entries: readonly Entry[]): Statement[] =>
  entries.length === 0 ? [] : [db.insert(ledgerEntries).values([...entries])]

export const entriesOf = (db: Database, contract: string): Promise<Entry[]> =>
  db.select().from(ledgerEntries).where(eq(ledgerEntries.contract, contract)).orderBy(sql`rowid`)

/** Balance of every account, in yen: debits less credits. All of them together are 0. */
export const readBalances = (db: Database): Promise<{ account: string; balance: number }[]> =>
  db
    .select({
      account: ledgerEntries.account,
      balance: sql<number>`sum(${ledgerEntries.debit} - ${ledgerEntries.credit})`,
    })
    .from(ledgerEntries)
    .groupBy(ledgerEntries.account)
    .orderBy(asc(ledgerEntries.account))

/** Debits, credits and the number of lines of each kind of account: `escrow`, `worker`, `client`, `fee`, `payment-provider`. */
export const readAccountKinds = (
  db: Database,
): Promise<{ kind: string; debit: number; credit: number; entries: number }[]> =>
  db
    .select({
      kind: accountSums.kind,
      debit: accountSums.debit,
      credit: accountSums.credit,
      entries: accountSums.lines,
    })
    .from(accountSums)
    .orderBy(asc(accountSums.kind))

export async function findTransfer(db: Database, id: string): Promise<Transfer | undefined> {
  const [row] = await db.select().from(transfers).where(eq(transfers.id, id))
  return row
}

export const transfersOf = (db: Database, contract: string): Promise<Transfer[]> =>
  db.select().from(transfers).where(eq(transfers.contract, contract)).orderBy(sql`rowid`)

/** A transfer begins pending, whatever became of it in the same batch. */
export const insertTransfer = (db: Database, transfer: Transfer): Statement =>
  db.insert(transfers).values({ ...transfer, state: 'pending', resolvedAt: null })

/** Fails as a lost race when the transfer was resolved before. */
export const resolveTransfers = (
  db: Database,
  ids: readonly string[],
  to: { readonly state: Exclude<TransferState, 'pending'>; readonly at: Instant },
): Statement =>
  db
    .update(transfers)
    .set({ state: to.state, resolvedAt: to.at })
    .where(inArray(transfers.id, [...ids]))

/** Whether no earlier contract of its worker in this category was paid in. */
export const isFirstFunded = ({ id, worker, category }: Pick<Contract, 'id' | 'worker' | 'category'>): SQL =>
  sql`not exists (select 1 from contracts where worker = ${worker} and category = ${category} and funded_at is not null and id <> ${id})`

/** How many contracts of a worker were settled, as far as it makes a difference. */
export async function countConcluded(db: Database, worker: string): Promise<number> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(and(eq(contracts.worker, worker), isNotNull(contracts.settledAt)))
    .limit(PROVEN_BY)
  return rows.length
}

/** When a client has proposed contracts, the newest first. */
export async function proposalTimes(db: Database, client: string, limit: number): Promise<Instant[]> {
  const rows = await db
    .select({ at: contracts.createdAt })
    .from(contracts)
    .where(eq(contracts.client, client))
    .orderBy(desc(contracts.createdAt))
    .limit(limit)
  return rows.map(({ at }) => at)
}

/** A statement, behind that of a new contract, that fails the whole batch when the client has proposed more than `most` since a time: a version is never null. */
export const demandFewProposals = (
  db: Database,
  { id, client }: Pick<Contract, 'id' | 'client'>,
  { most, since }: { readonly most: number; readonly since: Instant },
): Statement =>
  db
    .update(contracts)
    .set({ version: sql`NULL` })
    .where(
      and(
        eq(contracts.id, id),
        sql`(SELECT count(*) FROM (SELECT 1 FROM ${contracts} AS others WHERE others.client = ${client} AND others.created_at > ${since} LIMIT ${most + 1})) > ${most}`,
      ),
    )

/** Whether a batch failed because somebody else was first, and changed nothing. */
export function isLostRace(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (
      /UNIQUE constraint failed: (contract_events\.|contracts\.request_key|transfers\.retry_of)|NOT NULL constraint failed: contracts\.version|transfers resolve once/.test(
        e.message,
      )
    )
      return true
  return false
}

/** The certificate that is frozen for a contract. */
export async function findContext(db: Database, contract: string): Promise<SkillContext | undefined> {
  const [row] = await db.select().from(skillContexts).where(eq(skillContexts.contract, contract))
  return row
}

/** Freezes a certificate for a contract unless one is frozen; returns the one that stands. */
export async function freezeContext(
  db: Database,
  context: SkillContext,
): Promise<{ readonly context: SkillContext; readonly applied: boolean }> {
  const [row] = await db.insert(skillContexts).values(context).onConflictDoNothing().returning()
  if (row) return { context: row, applied: true }
  return { context: (await findContext(db, context.contract)) ?? context, applied: false }
}

/** Statements that forget what was said in an erased worker's contracts and which certificate stood for them; books and steps stay. */
export function forgetContractNotes(db: Database, worker: string): Statement[] {
  const theirs = db.select({ id: contracts.id }).from(contracts).where(eq(contracts.worker, worker))
  return [
    db
      .update(contractEvents)
      .set({ data: sql`json_replace(${contractEvents.data}, '$.note', '', '$.remark.reason', '')` })
      .where(inArray(contractEvents.contract, theirs)),
    db.delete(skillContexts).where(inArray(skillContexts.contract, theirs)),
  ]
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

/** A worker's contracts in which money was released and nothing is held any more, the newest first. */
export const concludedContracts = async (db: Database, worker: string, limit: number): Promise<Contract[]> =>
  (
    await db
      .select()
      .from(contracts)
      .where(and(eq(contracts.worker, worker), isNotNull(contracts.settledAt), gt(contracts.released, 0)))
      .orderBy(desc(contracts.settledAt), desc(contracts.id))
      .limit(limit)
  ).map(fromRow)

/** Who of these, or of all, has a contract that is paid in and not settled. */
export async function workersUnderContract(db: Database, workers?: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ worker: contracts.worker })
    .from(contracts)
    .where(and(sql`funded_at IS NOT NULL AND settled_at IS NULL`, workers && isAmong(contracts.worker, workers)))
  return new Set(rows.map(({ worker }) => worker))
}

/** Whether a worker has no contract that is paid in and not settled, for statements of other rooms. */
export const isFreeOfContracts = (worker: string): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM ${contracts} WHERE ${contracts.worker} = ${worker} AND funded_at IS NOT NULL AND settled_at IS NULL)`

/** Whether a contract counts as evidence, for statements of other rooms: paid work, nothing of it refunded. */
export const countsAsEvidence = (contract: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM ${contracts} WHERE ${contracts.id} = ${contract} AND ${contracts.status} IN ('released', 'decided') AND ${contracts.released} > 0 AND ${contracts.refunded} = 0)`

/** A worker's first contract that was paid in, for statements of other rooms: `id`, `category`, `funded_at`, and the certificate that stood then, if one did. */
export const firstContractOf = (worker: string): SQL =>
  sql`SELECT id, category, funded_at, (SELECT ${skillContexts.credential} FROM ${skillContexts} WHERE ${skillContexts.contract} = id) AS credential
    FROM ${contracts} WHERE ${contracts.worker} = ${worker} AND funded_at IS NOT NULL ORDER BY funded_at, id LIMIT 1`

/** What the client paid for a contract so far, the fee included, in yen; for statements of other rooms. */
export const paidFor = (contract: SQL): SQL =>
  sql`(SELECT ${contracts.released} + ${contracts.fee} FROM ${contracts} WHERE ${contracts.id} = ${contract})`

/** When the first contract of each of these workers was paid in; who has none is missing. */
export async function firstFundings(db: Database, workers: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db
    .select({ worker: contracts.worker, fundedAt: sql<Instant>`min(${contracts.fundedAt})` })
    .from(contracts)
    .where(and(isAmong(contracts.worker, workers), isNotNull(contracts.fundedAt)))
    .groupBy(contracts.worker)
  return new Map(rows.map(({ worker, fundedAt }) => [worker, fundedAt]))
}

/** A contract that was paid in, as far as it tells how a client's search came out. */
export interface Hiring {
  readonly client: string
  /** Null where it was proposed without one. */
  readonly job: string | null
  readonly fundedAt: Instant
  /** Whether it was the worker's first and a certificate stood. */
  readonly certifiedNewcomer: boolean
  /** Whether all of it was released without a dispute. */
  readonly endedWell: boolean
}

/** Contracts of a category that were proposed after a time and paid in, the newest first, so many at most. */
export async function hiringsSince(
  db: Database,
  of: { readonly category: Category; readonly after: Instant; readonly limit: number },
): Promise<Hiring[]> {
  const rows = await db
    .select({
      client: contracts.client,
      job: contracts.job,
      fundedAt: sql<Instant>`${contracts.fundedAt}`,
      // names of columns stand without their table here, and would be those of the inner one
      certifiedNewcomer: sql<number>`EXISTS (SELECT 1 FROM skill_contexts WHERE skill_contexts.contract = contracts.id)
        AND NOT EXISTS (SELECT 1 FROM contracts AS earlier WHERE earlier.worker = contracts.worker AND earlier.funded_at < contracts.funded_at)`,
      endedWell: sql<number>`${contracts.status} = 'released' AND ${contracts.refunded} = 0 AND ${contracts.disputedAt} IS NULL`,
    })
    .from(contracts)
    .where(and(gt(contracts.createdAt, of.after), eq(contracts.category, of.category), isNotNull(contracts.fundedAt)))
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
    .where(
      and(
        eq(contracts.client, client),
        isNotNull(contracts.fundedAt),
        inArray(contracts.status, ['released', 'cancelled', 'decided']),
        sql`NOT ${leftByWorker}`,
      ),
    )
  return work ?? { concluded: 0, paid: 0, accepted: 0, acceptanceDays: 0 }
}
