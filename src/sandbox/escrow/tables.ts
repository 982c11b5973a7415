import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import type { Category } from '../people/worker.ts'
import type { ContractStatus, ContractTimer, Milestone, Payment, PaymentMethod } from './contract.ts'
import type { PostingKind, TransferKind, TransferState } from './ledger.ts'

/** Contracts as they stand; what made them so is in `contract_events`. */
export const contracts = sqliteTable(
  'contracts',
  {
    id: text().primaryKey(),
    job: text(),
    jobTitle: text('job_title'),
    client: text().notNull(),
    worker: text().notNull(),
    category: text().$type<Category>().notNull(),
    title: text().notNull(),
    status: text().$type<ContractStatus>().notNull(),
    version: integer().notNull(),
    amount: integer().notNull(),
    feeBasisPoints: integer('fee_basis_points').notNull(),
    funded: integer().notNull(),
    released: integer().notNull(),
    fee: integer().notNull(),
    refunded: integer().notNull(),
    milestones: text({ mode: 'json' }).$type<readonly Milestone[]>().notNull(),
    payment: text({ mode: 'json' }).$type<Payment>(),
    cancelProposedBy: text('cancel_proposed_by').$type<'client' | 'worker'>(),
    createdAt: integer('created_at').$type<Instant>().notNull(),
    fundedAt: integer('funded_at').$type<Instant>(),
    takenOnAt: integer('taken_on_at').$type<Instant>(),
    firstDeliveredAt: integer('first_delivered_at').$type<Instant>(),
    lastDeliveredAt: integer('last_delivered_at').$type<Instant>(),
    disputedAt: integer('disputed_at').$type<Instant>(),
    moneyMovedAt: integer('money_moved_at').$type<Instant>(),
    settledAt: integer('settled_at').$type<Instant>(),
    timer: text().$type<ContractTimer>(),
    timerAt: integer('timer_at').$type<Instant>(),
    /** Who asked for it under which Idempotency-Key, so that a repeated request makes no second contract. */
    requestKey: text('request_key').unique(),
  },
  (t) => [
    index('contracts_worker').on(t.worker, t.createdAt),
    index('contracts_client').on(t.client, t.createdAt),
    index('contracts_timer').on(t.timerAt, t.id),
    index('contracts_newest').on(t.createdAt, t.id),
    index('contracts_status').on(t.status, t.createdAt, t.id),
    index('contracts_job').on(t.job, t.createdAt, t.id),
    index('contracts_settled').on(t.worker, t.settledAt),
    index('contracts_under_way').on(t.worker).where(sql`funded_at IS NOT NULL AND settled_at IS NULL`),
  ],
)

/** How many contracts are in each state, and the yen in them. Triggers of the contracts keep it. */
export const contractSums = sqliteTable('contract_sums', {
  status: text().$type<ContractStatus>().primaryKey(),
  contracts: integer().notNull(),
  funded: integer().notNull(),
  released: integer().notNull(),
  fee: integer().notNull(),
  refunded: integer().notNull(),
})

/** What happened to a contract, in order; the key is the lock. */
export const contractEvents = sqliteTable(
  'contract_events',
  {
    contract: text()
      .notNull()
      .references(() => contracts.id),
    seq: integer().notNull(),
    type: text().notNull(),
    /** A person's id, or `system` for a timer. */
    actor: text().notNull(),
    at: integer().$type<Instant>().notNull(),
    data: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.contract, t.seq] })],
)

/** Lines of the books, for good: triggers refuse to change or remove one. The lines of a transaction balance. */
export const ledgerEntries = sqliteTable(
  'ledger_entries',
  {
    id: text().primaryKey(),
    transaction: text('txn').notNull(),
    contract: text()
      .notNull()
      .references(() => contracts.id),
    kind: text().$type<PostingKind>().notNull(),
    account: text().notNull(),
    /** Yen; one of the two is 0. */
    debit: integer().notNull(),
    credit: integer().notNull(),
    at: integer().$type<Instant>().notNull(),
    transfer: text(),
  },
  (t) => [
    index('ledger_contract').on(t.contract),
    index('ledger_account').on(t.account),
    check('ledger_one_side', sql`(${t.debit} > 0 AND ${t.credit} = 0) OR (${t.credit} > 0 AND ${t.debit} = 0)`),
  ],
)

/** Sums of the books by kind of account, the part of its name before the colon. A trigger of the books keeps it. */
export const accountSums = sqliteTable('account_sums', {
  kind: text().primaryKey(),
  debit: integer().notNull(),
  credit: integer().notNull(),
  lines: integer().notNull(),
})

/** Money on its way in or out. Each begins pending and resolves once: triggers refuse anything else. */
export const transfers = sqliteTable(
  'transfers',
  {
    id: text().primaryKey(),
    contract: text()
      .notNull()
      .references(() => contracts.id),
    kind: text().$type<TransferKind>().notNull(),
    /** Whose account it leaves or reaches. */
    party: text().notNull(),
    amount: integer().notNull(),
    method: text().$type<PaymentMethod>().notNull(),
    state: text().$type<TransferState>().notNull(),
    /** From 1; a payout or refund that failed is tried again as another transfer. */
    attempt: integer().notNull(),
    retryOf: text('retry_of').unique(),
    createdAt: integer('created_at').$type<Instant>().notNull(),
    resolvedAt: integer('resolved_at').$type<Instant>(),
  },
  (t) => [index('transfers_contract').on(t.contract)],
)

/** Which certificate stood when a contract was made: written once. */
export const skillContexts = sqliteTable('skill_contexts', {
  contract: text()
    .primaryKey()
    .references(() => contracts.id),
  credential: text().notNull(),
  frozenAt: integer('frozen_at').$type<Instant>().notNull(),
})
