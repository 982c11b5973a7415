import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
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
  /** Only those that are not settled, or were settled since then. */
  readonly settledSince?: Instant | undefined
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
  { status, job, dueBy, settledSince, after, limit }: ContractFilter,
  side: SQL | undefined,
): Promise<Contract[]> {
  const conditions: (SQL | undefined)[] = [
    side,
    status === undefined ? undefined : eq(contracts.status, status),
    job === undefined ? undefined : eq(contracts.job, job),
    dueBy === undefined ? undefined : lte(contracts.timerAt, dueBy),
    settledSince && or(isNull(contracts.settledAt), gte(contracts.settledAt, settledSince)),
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

/** Sums over contracts, in yen. */
export interface MovedMoney {
  readonly held: number
  readonly released: number
  readonly fee: number
  readonly refunded: number
}

/** What moved in all contracts of somebody, on either side. */
export async function moneyOf(db: Database, person: string): Promise<MovedMoney> {
  const sum = (column: 'funded' | 'released' | 'fee' | 'refunded') =>
    sql<number>`coalesce(sum(${contracts[column]}), 0)`
  const sides = await Promise.all(
    ([contracts.client, contracts.worker] as const).map((side) =>
      db
        .select({ funded: sum('funded'), released: sum('released'), fee: sum('fee'), refunded: sum('refunded') })
        .from(contracts)
        .where(eq(side, person)),
    ),
  )
  const total = (of: 'funded' | 'released' | 'fee' | 'refunded') =>
    sides.flat().reduce((sum, side) => sum + side[of], 0)
  const [released, fee, refunded] = [total('released'), total('fee'), total('refunded')]
  return { held: total('funded') - released - fee - refunded, released, fee, refunded }
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

/** A statement, behind that of a new contract, that fails the whole batch unless something holds. */
export const demandThat = (db: Database, contract: string, holds: SQL): Statement =>
  db
    .update(contracts)
    .set({ version: sql`NULL` })
    .where(and(eq(contracts.id, contract), sql`NOT (${holds})`))

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
