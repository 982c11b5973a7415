import type { Instant } from '../../kernel/instant.ts'
import { keyedName } from '../people/keyed-name.ts'
import type { Category } from '../people/worker.ts'

export const contractStatuses = [
  'proposed',
  'funded',
  'in-progress',
  'delivered',
  'changes-requested',
  'accepted',
  'released',
  'cancelled',
  'expired',
  'disputed',
  'decided',
] as const
export type ContractStatus = (typeof contractStatuses)[number]

/** One part of the work that is paid by itself. A contract without parts has one. */
export interface Milestone {
  readonly id: string
  readonly title: string
  /** Yen, 1 or more. */
  readonly amount: number
  readonly status: 'open' | 'delivered' | 'changes-requested' | 'accepted' | 'released' | 'refunded'
  /** Yen of `amount` that left escrow for the worker, the fee included. */
  readonly released: number
  /** Yen of `amount` that went back to the client. */
  readonly refunded: number
  /** The day of it is the first of the 60 in which it has to be paid. */
  readonly firstDeliveredAt: Instant | null
  /** From here the 7 days run after which it counts as accepted. */
  readonly lastDeliveredAt: Instant | null
}

export type ContractTimer = 'payment' | 'auto-accept' | 'auto-cancel' | 'dispute' | 'pay-by'

export const paymentMethods = ['card', 'bank-transfer', 'declined'] as const
/** How the sandbox's payment provider behaves: pays at once, pays when it is told to, or refuses at once. */
export type PaymentMethod = (typeof paymentMethods)[number]

/** The last payment that the client began. */
export interface Payment {
  readonly transfer: string
  readonly method: PaymentMethod
  readonly state: 'pending' | 'succeeded' | 'failed'
}

/** An agreement between a client and a worker, as it stands after its last event. */
export interface Contract {
  readonly id: string
  readonly job: string | null
  /** What the job was called when the contract was proposed: its client may call it something else later. */
  readonly jobTitle: string | null
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
  readonly payment: Payment | null
  /** Who asked to end it by mutual agreement; the other one has only to agree. A delivery makes it void. */
  readonly cancelProposedBy: 'client' | 'worker' | null
  readonly createdAt: Instant
  readonly fundedAt: Instant | null
  /** When the worker took it on: by applying for the job before, else by beginning. Anybody can propose and pay without being asked to. */
  readonly takenOnAt: Instant | null
  readonly firstDeliveredAt: Instant | null
  readonly lastDeliveredAt: Instant | null
  readonly disputedAt: Instant | null
  /** When money first left escrow, to either side. */
  readonly moneyMovedAt: Instant | null
  /** When nothing was held any more and nothing could follow. */
  readonly settledAt: Instant | null
  /** What happens by itself next, and when. */
  readonly timer: ContractTimer | null
  readonly timerAt: Instant | null
}

/** Yen in escrow: paid in and gone nowhere yet. */
export const heldOf = (contract: Pick<Contract, 'funded' | 'released' | 'fee' | 'refunded'>): number =>
  contract.funded - contract.released - contract.fee - contract.refunded

/** Yen of a milestone that are still to be released or refunded. */
export const restOf = (milestone: Milestone): number => milestone.amount - milestone.released - milestone.refunded

export const feeBasisPoints = 1_000

/** Least and most yen that a contract may be about. */
export const amountLimits = { least: 100, most: 10_000_000 } as const

export const MOST_MILESTONES = 20

/**
 * The name under which a client is known to an audience, a plugin by its origin or the marketplace's own figures: the same for
 * ever, of no use to find out who it is without `secret`, and another one for another audience, so that two of them cannot put
 * together what they know.
 */
export const clientAlias = async (
  secret: string,
  { client, audience }: { readonly client: string; readonly audience: string },
): Promise<string> => `clp_${await keyedName(secret, `client-alias/${audience}`, client)}`
