import { days, plus } from '../../../kernel/instant.ts'
import type { ContractStatus } from '../../escrow/contract.ts'
import { listContracts, sumContracts } from '../../escrow/store.ts'
import { readBalanceSheet } from '../../flows/read-contracts.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'

/** How soon something is about to happen by itself on a contract that an operator should know of. */
export const soon = (world: SandboxWorld) => plus(world.now(), days(3))

const MOST_COUNTED = 1_000

/** All books and all contracts together, in yen. */
export interface Totals {
  readonly debits: number
  readonly credits: number
  readonly accounts: Awaited<ReturnType<typeof readBalanceSheet>>['accounts']
  readonly funded: number
  /** What the books have in escrow. */
  readonly held: number
  readonly released: number
  readonly fee: number
  readonly refunded: number
  readonly counts: Readonly<Partial<Record<ContractStatus, number>>>
  /** Contracts on which something happens within three days. */
  readonly due: number
}

/** Reads the sums: what is held comes from the books, the rest from the contracts, so that one checks the other. */
export async function loadTotals(world: SandboxWorld): Promise<Totals> {
  const [sheet, sums, due] = await Promise.all([
    readBalanceSheet(world),
    sumContracts(world.db),
    listContracts(world.db, { dueBy: soon(world), limit: MOST_COUNTED }),
  ])
  const total = (of: 'funded' | 'released' | 'fee' | 'refunded') => sums.reduce((sum, row) => sum + row[of], 0)
  const escrow = sheet.accounts.find(({ kind }) => kind === 'escrow')
  return {
    ...sheet,
    funded: total('funded'),
    held: escrow ? escrow.credit - escrow.debit : 0,
    released: total('released'),
    fee: total('fee'),
    refunded: total('refunded'),
    counts: Object.fromEntries(sums.map(({ status, contracts }) => [status, contracts])),
    due: due.length,
  }
}
