import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../../../kernel/instant.ts'
import type { IdentityState } from './account.ts'

/** Where workers are paid. Of an account nothing is kept but a keyed mark, the same for the same account, and its last digits. Triggers mark whose place in the lots depends on a change. */
export const payoutAccounts = sqliteTable(
  'payout_accounts',
  {
    worker: text().primaryKey(),
    account: text().notNull(),
    /** The last three digits. */
    ending: text().notNull(),
    /** Since when it is theirs. */
    registeredAt: integer('registered_at').$type<Instant>().notNull(),
  },
  (t) => [index('payout_accounts_account').on(t.account, t.registeredAt, t.worker)],
)

/** Accounts of two people or more. Triggers keep them. */
export const sharedAccounts = sqliteTable(
  'shared_accounts',
  {
    account: text().primaryKey(),
    sharedAt: integer('shared_at').$type<Instant>().notNull(),
  },
  (t) => [index('shared_accounts_at').on(t.sharedAt, t.account)],
)

/** What operators found of who somebody is; of whom there is no row nobody looked. */
export const identities = sqliteTable('identities', {
  worker: text().primaryKey(),
  state: text().$type<IdentityState>().notNull(),
  operator: text().notNull(),
  note: text().notNull(),
  decidedAt: integer('decided_at').$type<Instant>().notNull(),
})
