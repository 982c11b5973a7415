import type { Instant } from '../../kernel/instant.ts'
import type { Category } from '../people/worker.ts'
import type { PaymentMethod } from './contract.ts'

const WHOLE = 10_000

/** The fee on `gross` yen released over a contract's life, rounded down to the yen: what does not fill a yen is the worker's. */
export const feeOn = (gross: number, basisPoints: number): number => Math.floor((gross * basisPoints) / WHOLE)

/** How a release is shared. */
export interface Share {
  /** Yen that leave escrow. */
  readonly gross: number
  readonly fee: number
  /** What the worker gets: `gross` less `fee`. */
  readonly net: number
}

/**
 * Shares a release of `gross` yen after `before` yen of the same contract. The fee is the growth of the fee on the sum, so
 * that the parts of any partition are charged what the whole would be.
 */
export function shareOf(gross: number, terms: { readonly before: number; readonly basisPoints: number }): Share {
  const fee = feeOn(terms.before + gross, terms.basisPoints) - feeOn(terms.before, terms.basisPoints)
  return { gross, fee, net: gross - fee }
}

/** What can happen to a contract. Amounts are yen. */
export type ContractEvent =
  | {
      readonly type: 'created'
      readonly id: string
      readonly job: string | null
      readonly jobTitle: string | null
      /** Whether the worker had applied for the job. */
      readonly applied: boolean
      readonly client: string
      readonly worker: string
      readonly category: Category
      readonly title: string
      readonly feeBasisPoints: number
      readonly milestones: readonly { readonly id: string; readonly title: string; readonly amount: number }[]
    }
  | {
      readonly type: 'payment-started'
      readonly transfer: string
      readonly method: PaymentMethod
      readonly amount: number
    }
  | { readonly type: 'payment-failed'; readonly transfer: string }
  /** The money is in: from here on the contract is formed. */
  | { readonly type: 'funded'; readonly transfer: string; readonly amount: number }
  /** Money that came after the contract had ended is on its way back. */
  | { readonly type: 'late-payment-returned'; readonly transfer: string; readonly amount: number }
  | { readonly type: 'started' }
  | { readonly type: 'delivered'; readonly milestone: string; readonly note: string }
  | { readonly type: 'changes-requested'; readonly milestone: string; readonly note: string }
  | { readonly type: 'accepted'; readonly milestone: string }
  | ({ readonly type: 'released'; readonly milestone: string } & Share)
  | { readonly type: 'cancel-proposed'; readonly by: 'client' | 'worker' }
  | { readonly type: 'cancelled'; readonly refund: number }
  | { readonly type: 'expired' }
  | { readonly type: 'disputed'; readonly note: string }
  /** `byRule`: nobody decided in time. */
  | { readonly type: 'decided'; readonly share: Share; readonly refund: number; readonly byRule: boolean }
  /** A part of the fee was given to one of the parties. */
  | { readonly type: 'corrected'; readonly to: 'worker' | 'client'; readonly amount: number }

/** Where and when an event took place. */
export interface Occurrence {
  /** From 1, without gaps: the contract's version after it. */
  readonly seq: number
  readonly at: Instant
}
