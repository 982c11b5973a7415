import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../kernel/instant.ts'
import type { Category } from '../people/worker.ts'
import type { ContractStatus, ContractTimer, Milestone } from './contract.ts'

/** Contracts as they stand; what made them so is in `contract_events`. */
export const contracts = sqliteTable(
  'contracts',
  {
    id: text().primaryKey(),
    job: text(),
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
    createdAt: integer('created_at').$type<Instant>().notNull(),
    fundedAt: integer('funded_at').$type<Instant>(),
    firstDeliveredAt: integer('first_delivered_at').$type<Instant>(),
    lastDeliveredAt: integer('last_delivered_at').$type<Instant>(),
    moneyMovedAt: integer('money_moved_at').$type<Instant>(),
    settledAt: integer('settled_at').$type<Instant>(),
    timer: text().$type<ContractTimer>(),
    timerAt: integer('timer_at').$type<Instant>(),
    /** Who asked for it under which Idempotency-Key, so that a repeated request makes no second contract. */
    requestKey: text('request_key').unique(),
  },
  (t) => [index('contracts_worker').on(t.worker, t.createdAt), index('contracts_client').on(t.client, t.createdAt), index('contracts_timer').on(t.timerAt)],
)

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
