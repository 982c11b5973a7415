import type { Instant } from '../../kernel/instant.ts'
import type { PaymentMethod } from './contract.ts'

export type TransferKind = 'payment' | 'payout' | 'refund'
export type TransferState = 'pending' | 'succeeded' | 'failed'

/** Money on its way between the payment provider and a person. */
export interface Transfer {
  readonly id: string
  readonly contract: string
  readonly kind: TransferKind
  /** Whose bank account or card it leaves or reaches. */
  readonly party: string
  /** Yen, 1 or more. */
  readonly amount: number
  readonly method: PaymentMethod
  readonly state: TransferState
  /** From 1. */
  readonly attempt: number
  /** The failed transfer that this one tries again. */
  readonly retryOf: string | null
  readonly createdAt: Instant
  readonly resolvedAt: Instant | null
}

/** What the provider says at once; undefined when the answer takes its time. */
export function providerAnswer(method: PaymentMethod): Exclude<TransferState, 'pending'> | undefined {
  if (method === 'bank-transfer') return undefined
  return method === 'declined' ? 'failed' : 'succeeded'
}
