import * as z from 'zod'
import type { CommandType } from '../escrow/command.ts'
import { contractStatuses, paymentMethods } from '../escrow/contract.ts'
import { categories } from '../people/worker.ts'
import type { describeBooks, describeContext, describeContract, describeContractInFull, describeEvent, describePaidWork, describeTransfer } from './describe-contract.ts'

/** An answer that a description fills: what is written here is what it gives. */
type Filled<Describe extends (...of: never[]) => object> = z.ZodType<ReturnType<Describe>>

const id = z.string()
const time = z.iso.datetime()
const timeOrNone = time.nullable()
const yen = z.int().min(0)
const version = z.int().min(1)

const sums = { funded: yen, released: yen, fee: yen, refunded: yen, held: yen }
const deliveries = { firstDeliveredAt: timeOrNone, lastDeliveredAt: timeOrNone }

const commands = ['fund', 'settle-payment', 'start', 'deliver', 'request-changes', 'accept', 'release', 'cancel', 'dispute', 'decide', 'correct', 'run-timer'] as const satisfies CommandType[]

const milestone = z.object({
  id,
  title: z.string(),
  amount: yen,
  status: z.enum(['open', 'delivered', 'changes-requested', 'accepted', 'released', 'refunded']),
  released: yen,
  refunded: yen,
  rest: yen,
  ...deliveries,
  payBy: timeOrNone,
})

const contractMembers = {
  id,
  job: id.nullable(),
  client: id,
  worker: id,
  category: z.enum(categories),
  title: z.string(),
  status: z.enum(contractStatuses),
  version,
  amount: yen,
  feeBasisPoints: z.int(),
  ...sums,
  milestones: z.array(milestone),
  payment: z.object({ transfer: id, method: z.enum(paymentMethods), state: z.enum(['pending', 'succeeded', 'failed']) }).nullable(),
  cancelProposedBy: z.enum(['client', 'worker']).nullable(),
  createdAt: time,
  fundedAt: timeOrNone,
  ...deliveries,
  disputedAt: timeOrNone,
  moneyMovedAt: timeOrNone,
  settledAt: timeOrNone,
  timer: z.object({ kind: z.enum(['payment', 'auto-accept', 'auto-cancel', 'dispute', 'pay-by']), at: timeOrNone }).nullable(),
  steps: z.array(z.enum(commands)),
}

export const contractAnswer: Filled<typeof describeContract> = z.object(contractMembers)

const next = z.string().nullable()
/** One contract by itself tells as well which certificate is frozen for it. */
export const contractInFullAnswer: Filled<typeof describeContractInFull> = z.object({ ...contractMembers, skillContext: z.object({ credential: id, frozenAt: time }).nullable() })

export const contractsAnswer = z.object({ contracts: z.array(contractAnswer), next })

const event: Filled<typeof describeEvent> = z.object({ seq: version, type: z.string(), actor: z.string(), at: time, data: z.record(z.string(), z.unknown()), reason: z.string().optional() })
export const eventsAnswer = z.object({ events: z.array(event) })

export const transferAnswer: Filled<typeof describeTransfer> = z.object({
  id,
  contract: id,
  kind: z.enum(['payment', 'payout', 'refund']),
  party: id,
  amount: yen,
  method: z.enum(paymentMethods),
  state: z.enum(['pending', 'succeeded', 'failed']),
  attempt: z.int().min(1),
  retryOf: id.nullable(),
  createdAt: time,
  resolvedAt: timeOrNone,
})

const entry = z.object({
  id,
  transaction: id,
  kind: z.enum(['payment', 'hold', 'release', 'refund', 'correction', 'payout', 'refund-payment']),
  account: z.string(),
  debit: yen,
  credit: yen,
  at: time,
  transfer: id.nullable(),
})

export const ledgerAnswer: Filled<typeof describeBooks> = z.object({
  contract: id,
  version,
  ...sums,
  debits: yen,
  credits: yen,
  entries: z.array(entry),
  transfers: z.array(transferAnswer),
})

const account = z.object({ kind: z.string(), debit: yen, credit: yen, entries: z.int(), balance: z.int() })
export const balancesAnswer = z.object({ debits: yen, credits: yen, accounts: z.array(account) })

const paidWork: Filled<typeof describePaidWork> = z.object({
  contract: id,
  client: id,
  worker: id,
  exam: z.enum(categories),
  formedAt: timeOrNone,
  releasedAt: timeOrNone,
  amountBucket: z.string(),
  status: z.enum(contractStatuses),
  refunded: z.boolean(),
  reviewed: z.boolean(),
  version,
  skillContext: id.optional(),
})
export const paidWorkAnswer = z.object({ contracts: z.array(paidWork), next })

export const contextAnswer: Filled<typeof describeContext> = z.object({ contract: id, credential: id, frozenAt: time, applied: z.boolean() })
