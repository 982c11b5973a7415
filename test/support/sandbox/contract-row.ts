import type { Instant } from '../../../src/kernel/instant.ts'
import type { Contract } from '../../../src/sandbox/escrow/contract.ts'

/** A contract that was only proposed. */
export const newContract = ({
  id,
  client,
  worker = 'wrk_001',
  at,
}: {
  readonly id: string
  readonly client: string
  readonly worker?: string
  readonly at: Instant
}): Contract => ({
  id,
  job: null,
  jobTitle: null,
  client,
  worker,
  category: 'business-admin',
  title: '入力',
  status: 'proposed',
  version: 1,
  amount: 1_000,
  feeBasisPoints: 1_000,
  funded: 0,
  released: 0,
  fee: 0,
  refunded: 0,
  milestones: [],
  payment: null,
  cancelProposedBy: null,
  createdAt: at,
  fundedAt: null,
  takenOnAt: null,
  firstDeliveredAt: null,
  lastDeliveredAt: null,
  disputedAt: null,
  moneyMovedAt: null,
  settledAt: null,
  timer: null,
  timerAt: null,
})
