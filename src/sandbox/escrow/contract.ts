import type { Instant } from '../../kernel/instant.ts'
import type { Category } from '../people/worker.ts'

export const contractStatuses = ['proposed', 'funded', 'in-progress', 'delivered', 'changes-requested', 'accepted', 'released', 'cancelled', 'expired', 'disputed', 'decided'] as const
export type ContractStatus = (typeof contractStatuses)[number]

/** One part of the work that is paid by itself. A contract without parts has one. */
export interface Milestone {
  readonly id: string
  readonly title: string
  /** Yen, 1 or more. */
  readonly amount: number
  readonly status: 'open' | 'delivered' | 'changes-requested' | 'accepted' | 'released' | 'refunded'
}

export type ContractTimer = 'payment' | 'auto-accept' | 'auto-cancel' | 'dispute' | 'pay-by'

/** An agreement between a client and a worker, as it stands after its last event. */
export interface Contract {
  readonly id: string
  readonly job: string | null
  readonly client: string
  readonly worker: string
  readonly category: Category
  readonly title: string
  readonly status: ContractStatus
  /** Sequence number of the last event, from 1. */
  readonly version: number
  /** Yen agreed, the sum of the milestones. */
  readonly amount: number
  /** The marketplace's part of what is released, in basis points (1/10,000). */
  readonly feeBasisPoints: number
  /** Yen paid in, paid out to the worker, kept as fee, and paid back: what is left of `funded` is held. */
  readonly funded: number
  readonly released: number
  readonly fee: number
  readonly refunded: number
  readonly milestones: readonly Milestone[]
  readonly createdAt: Instant
  readonly fundedAt: Instant | null
  readonly firstDeliveredAt: Instant | null
  readonly lastDeliveredAt: Instant | null
  /** When money first left escrow, to either side. */
  readonly moneyMovedAt: Instant | null
  /** When nothing was held any more and nothing could follow. */
  readonly settledAt: Instant | null
  /** What happens by itself next, and when. */
  readonly timer: ContractTimer | null
  readonly timerAt: Instant | null
}
