import { and, asc, desc, eq, gt, lt, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import {
  type Database,
  gathered,
  gatheredRows,
  inParts,
  isAmong,
  rowsFor,
  type Statement,
} from '../../../world/database.ts'
import { isPresent } from '../store.ts'
import { identities, payoutAccounts, sharedAccounts } from '../tables.ts'
import type { AccountMark, IdentityState } from './account.ts'

export type PayoutAccount = typeof payoutAccounts.$inferSelect
export type Identity = typeof identities.$inferSelect

const stateOf = (worker: SQL): SQL => sql`(SELECT state FROM ${identities} WHERE worker = ${worker})`

/**
 * Whether a row of the accounts, by the alias that is given, is that of the payee: of everybody with this account whose
 * identity is verified the first, or else the first of all; nobody where that one's identity was refused. `account`,
 * `registered_at` and `worker` are in one index, so that a long line of people with one account costs no more than a short one.
 */
const isPayee = (alias: string): SQL => {
  const own = sql.raw(alias)
  return sql`${stateOf(sql`${own}.worker`)} IS NOT 'refused' AND NOT EXISTS (
    SELECT 1 FROM ${payoutAccounts} AS before WHERE before.account = ${own}.account AND before.worker <> ${own}.worker AND CASE
      WHEN ${stateOf(sql`before.worker`)} IS 'verified' THEN ${stateOf(sql`${own}.worker`)} IS NOT 'verified' OR (before.registered_at, before.worker) < (${own}.registered_at, ${own}.worker)
      ELSE ${stateOf(sql`${own}.worker`)} IS NOT 'verified' AND (before.registered_at, before.worker) < (${own}.registered_at, ${own}.worker) END)`
}

/** The same of an account that nobody shares, as nearly all are: then there is nothing to compare. */
const isAlone = and(
  sql`${stateOf(sql`${payoutAccounts.worker}`)} IS NOT 'refused'`,
  notInArray(payoutAccounts.account, sql`(SELECT account FROM ${sharedAccounts})`),
)

/** Since when these workers, or all, have the account of which they are the payee: one person of each account. */
export async function payeesAmong(db: Database, workers?: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
  const columns = { worker: payoutAccounts.worker, registeredAt: payoutAccounts.registeredAt }
  const texts = await db
    .select(gathered(columns))
    .from(payoutAccounts)
    .where(and(workers && isAmong(payoutAccounts.worker, workers), or(isAlone, isPayee('payout_accounts'))))
  return new Map(gatheredRows(columns, texts).map(({ worker, registeredAt }) => [worker, registeredAt]))
}

/** The payees of the accounts of these workers, as far as they are others than these. */
export async function payeesBeside(db: Database, workers: readonly string[]): Promise<string[]> {
  const rows = await db.all<{ worker: string }>(
    sql`SELECT DISTINCT other.worker AS worker FROM ${payoutAccounts} AS own JOIN ${payoutAccounts} AS other
      ON other.account = own.account AND other.worker <> own.worker
      WHERE own.worker IN (SELECT value FROM json_each(${JSON.stringify(workers)})) AND ${isPayee('other')}`,
  )
  return rows.map(({ worker }) => worker)
}

export async function findAccount(db: Database, worker: string): Promise<PayoutAccount | undefined> {
  const [row] = await db.select().from(payoutAccounts).where(eq(payoutAccounts.worker, worker))
  return row
}

export async function findIdentity(db: Database, worker: string): Promise<Identity | undefined> {
  const [row] = await db.select().from(identities).where(eq(identities.worker, worker))
  return row
}

/** Registers where a worker is paid. The same account once more changes nothing, since when it is theirs neither. */
export async function registerAccount(
  db: Database,
  { worker, account, ending, now }: AccountMark & { readonly worker: string; readonly now: Instant },
): Promise<void> {
  await db
    .insert(payoutAccounts)
    .select(sql`SELECT ${worker}, ${account}, ${ending}, ${now} WHERE ${isPresent(sql`${worker}`)}`)
    .onConflictDoUpdate({
      target: payoutAccounts.worker,
      set: { account, ending, registeredAt: now },
      setWhere: sql`${payoutAccounts.account} <> ${account}`,
    })
}

/** Statements that write accounts; who has one keeps it. */
export const insertAccounts = (db: Database, rows: readonly PayoutAccount[]): Statement[] =>
  inParts(rows).map((part) => db.insert(payoutAccounts).select(rowsFor(payoutAccounts, part)).onConflictDoNothing())

/** Whether a worker has registered no account, for statements of other rooms. */
export const hasNoAccount = (worker: SQLiteColumn): SQL => sql`${worker} NOT IN (SELECT worker FROM ${payoutAccounts})`

/** Writes what an operator found of who somebody is. */
export async function decideIdentity(db: Database, found: Identity): Promise<void> {
  const { worker, state, operator, note, decidedAt } = found
  await db
    .insert(identities)
    .select(sql`SELECT ${worker}, ${state}, ${operator}, ${note}, ${decidedAt} WHERE ${isPresent(sql`${worker}`)}`)
    .onConflictDoUpdate({ target: identities.worker, set: { state, operator, note, decidedAt } })
}

/** Statements that forget where a worker was paid, and what was found of who they are. */
export const forgetPayee = (db: Database, worker: string) =>
  [
    db.delete(identities).where(eq(identities.worker, worker)),
    db.delete(payoutAccounts).where(eq(payoutAccounts.worker, worker)),
  ] as const

/** One of those who share an account. */
export interface Sharer {
  readonly worker: string
  readonly registeredAt: Instant
  readonly identity: IdentityState
  readonly isPayee: boolean
}

/** An account of two people or more. */
export interface SharedAccount {
  readonly account: string
  readonly sharedAt: Instant
  readonly people: number
  /** In the order in which they registered it, so many at most. */
  readonly sharers: readonly Sharer[]
}

/** People of one account, in their order from behind one of them on. */
interface SharersPage {
  readonly after?: Pick<Sharer, 'registeredAt' | 'worker'> | undefined
  readonly limit: number
}

async function readShared(
  db: Database,
  account: string,
  { after, limit }: SharersPage,
): Promise<Omit<SharedAccount, 'sharedAt'>> {
  const { registeredAt, worker } = payoutAccounts
  const behind =
    after &&
    or(gt(registeredAt, after.registeredAt), and(eq(registeredAt, after.registeredAt), gt(worker, after.worker)))
  const [sharers, [counted]] = await Promise.all([
    db
      .select({
        worker: payoutAccounts.worker,
        registeredAt: payoutAccounts.registeredAt,
        identity: sql<IdentityState>`coalesce(${stateOf(sql`${payoutAccounts.worker}`)}, 'unverified')`,
        isPayee: sql<number>`${isPayee('payout_accounts')}`,
      })
      .from(payoutAccounts)
      .where(and(eq(payoutAccounts.account, account), behind))
      .orderBy(asc(registeredAt), asc(worker))
      .limit(limit),
    db.select({ people: sql<number>`count(*)` }).from(payoutAccounts).where(eq(payoutAccounts.account, account)),
  ])
  return {
    account,
    people: counted?.people ?? 0,
    sharers: sharers.map((one) => ({ ...one, isPayee: one.isPayee === 1 })),
  }
}

/** Accounts of two people or more, the latest first, from behind a given one on. */
export async function listShared(
  db: Database,
  page: {
    readonly after: Pick<SharedAccount, 'sharedAt' | 'account'> | undefined
    readonly limit: number
    readonly sharers: number
  },
): Promise<SharedAccount[]> {
  const { after, limit, sharers } = page
  const { sharedAt, account } = sharedAccounts
  const rows = await db
    .select()
    .from(sharedAccounts)
    .where(after && or(lt(sharedAt, after.sharedAt), and(eq(sharedAt, after.sharedAt), lt(account, after.account))))
    .orderBy(desc(sharedAt), desc(account))
    .limit(limit)
  return Promise.all(rows.map(async (row) => ({ ...row, ...(await readShared(db, row.account, { limit: sharers })) })))
}

/** One of them, with a page of its people. */
export async function findShared(db: Database, account: string, page: SharersPage): Promise<SharedAccount | undefined> {
  const [row] = await db.select().from(sharedAccounts).where(eq(sharedAccounts.account, account))
  return row && { ...row, ...(await readShared(db, account, page)) }
}
