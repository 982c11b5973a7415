import type { PaymentMethod } from './contract.ts'
import type { ContractEvent } from './contract-event.ts'

export const actorRoles = ['client', 'worker', 'operator', 'system'] as const
/** In what quality somebody acts on a contract; `system` is the clock or the payment provider. */
export type ActorRole = (typeof actorRoles)[number]

/** What can be asked of a contract. Yen amounts; a milestone may be left out where only one can be meant. */
export type Act =
  | ({ readonly type: 'create' } & Omit<Extract<ContractEvent, { type: 'created' }>, 'type'>)
  | { readonly type: 'fund'; readonly transfer: string; readonly method: PaymentMethod }
  | { readonly type: 'settle-payment'; readonly transfer: string; readonly outcome: 'succeeded' | 'failed' }
  | { readonly type: 'start' }
  | { readonly type: 'deliver'; readonly milestone?: string | undefined; readonly note: string }
  | { readonly type: 'request-changes'; readonly milestone?: string | undefined; readonly note: string }
  | { readonly type: 'accept'; readonly milestone?: string | undefined }
  /** Releases `amount` of what is left of a milestone; all of it when none is given. */
  | { readonly type: 'release'; readonly milestone?: string | undefined; readonly amount?: number | undefined }
  | { readonly type: 'cancel' }
  | { readonly type: 'dispute'; readonly note: string }
  | { readonly type: 'decide'; readonly releaseToWorker: number; readonly refundToClient: number }
  | { readonly type: 'correct'; readonly to: 'worker' | 'client'; readonly amount: number }
  | { readonly type: 'run-timer' }

export type Command = Act & {
  readonly by: ActorRole
  /** Why; an operator has to say. */
  readonly reason?: string | undefined
}

export type CommandType = Act['type']
