import type { Instant } from '../../kernel/instant.ts'
import type { Contract, PaymentMethod } from './contract.ts'
import type { ContractEvent, Share } from './contract-event.ts'

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

export type PostingKind = 'payment' | 'hold' | 'release' | 'refund' | 'correction' | 'payout' | 'refund-payment'

/** One side of a transaction, in yen; either `debit` or `credit` is 0. */
export interface Line {
  readonly account: string
  readonly debit: number
  readonly credit: number
}

/** A transaction of the books: its debits equal its credits. */
export interface Posting {
  readonly kind: PostingKind
  readonly lines: readonly Line[]
  /** The transfer that moved the money, where one did. */
  readonly transfer: string | null
}

/** A line as it stands in the books. */
export interface Entry extends Line {
  readonly id: string
  readonly transaction: string
  readonly contract: string
  readonly kind: PostingKind
  readonly at: Contract['createdAt']
  readonly transfer: string | null
}

/** Money that lies with the payment provider: the one asset, so its balance is a debit. All other accounts say whose it is. */
export const PROVIDER = 'payment-provider'
/** What the marketplace has earned. */
export const FEE = 'fee'
export const escrowAccount = (contract: string): string => `escrow:${contract}`
/** What is owed to a worker and was not paid out yet. */
export const workerAccount = (worker: string): string => `worker:${worker}`
/** What is owed to a client: money on its way into escrow, or out of it. */
export const clientAccount = (client: string): string => `client:${client}`

const move = (from: string, to: readonly (readonly [account: string, amount: number])[]): Line[] => {
  const credits = to.filter(([, amount]) => amount > 0).map(([account, credit]) => ({ account, debit: 0, credit }))
  const sum = credits.reduce((total, line) => total + line.credit, 0)
  return sum === 0 ? [] : [{ account: from, debit: sum, credit: 0 }, ...credits]
}

/** A transaction from one account to others; nothing where no yen moves. */
function post(
  kind: PostingKind,
  from: string,
  to: readonly (readonly [account: string, amount: number])[],
  transfer: string | null = null,
): Posting[] {
  const lines = move(from, to)
  return lines.length === 0 ? [] : [{ kind, lines, transfer }]
}

type Parties = Pick<Contract, 'id' | 'client' | 'worker'>

const release = ({ id, worker }: Parties, { net, fee }: Share): Posting[] =>
  post('release', escrowAccount(id), [
    [workerAccount(worker), net],
    [FEE, fee],
  ])

const refund = ({ id, client }: Parties, amount: number): Posting[] =>
  post('refund', escrowAccount(id), [[clientAccount(client), amount]])

const payIn = ({ id, client }: Parties, amount: number, transfer: string): Posting[] => [
  ...post('payment', PROVIDER, [[clientAccount(client), amount]], transfer),
  ...post('hold', clientAccount(client), [[escrowAccount(id), amount]]),
]

/** What an event of a contract means in the books. Paying out and paying back are transfers, and booked when they succeed. */
export function postingsOf(parties: Parties, event: ContractEvent): Posting[] {
  switch (event.type) {
    case 'funded':
      return payIn(parties, event.amount, event.transfer)
    case 'late-payment-returned':
      return [...payIn(parties, event.amount, event.transfer), ...refund(parties, event.amount)]
    case 'released':
      return release(parties, event)
    case 'cancelled':
      return refund(parties, event.refund)
    case 'decided':
      return [...release(parties, event.share), ...refund(parties, event.refund)]
    case 'corrected':
      return post('correction', FEE, [
        [event.to === 'worker' ? workerAccount(parties.worker) : clientAccount(parties.client), event.amount],
      ])
    default:
      return []
  }
}

/** What a payout or refund that went through means in the books. A payment is booked with the event that it brings about. */
export function settlementOf(transfer: Pick<Transfer, 'id' | 'kind' | 'party' | 'amount'>): Posting[] {
  switch (transfer.kind) {
    case 'payout':
      return post('payout', workerAccount(transfer.party), [[PROVIDER, transfer.amount]], transfer.id)
    case 'refund':
      return post('refund-payment', clientAccount(transfer.party), [[PROVIDER, transfer.amount]], transfer.id)
    case 'payment':
      return []
    default:
      return transfer.kind satisfies never
  }
}

/** What has to be paid out and paid back because of an event. */
export function owedBy(
  { client, worker }: Parties,
  event: ContractEvent,
): Pick<Transfer, 'kind' | 'party' | 'amount'>[] {
  const payout = (amount: number) => ({ kind: 'payout' as const, party: worker, amount })
  const back = (amount: number) => ({ kind: 'refund' as const, party: client, amount })
  const owed = () => {
    if (event.type === 'released') return [payout(event.net)]
    if (event.type === 'decided') return [payout(event.share.net), back(event.refund)]
    if (event.type === 'cancelled') return [back(event.refund)]
    if (event.type === 'late-payment-returned') return [back(event.amount)]
    if (event.type === 'corrected') return [event.to === 'worker' ? payout(event.amount) : back(event.amount)]
    return []
  }
  return owed().filter(({ amount }) => amount > 0)
}
