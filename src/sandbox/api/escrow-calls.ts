import * as z from 'zod'
import { workerId } from '../../contract/tokens.ts'
import { isShownTitle } from '../../platform/words/shown-name.ts'
import { amountLimits, contractStatuses, MOST_MILESTONES, paymentMethods } from '../escrow/contract.ts'
import type { CommandType } from '../escrow/steps.ts'
import { categories } from '../people/worker.ts'
import type { SandboxProblem } from '../problem.ts'
import { call, once, sendAnyway, signedIn } from './serve.ts'

const party = { tag: 'Escrow', security: 'session' } as const

/** An id as somebody writes it who asks for something. */
export const askedId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9._:~-]+$/)
const askedTitle = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine(isShownTitle, 'Must have something to see, and no signs that turn the direction of text')
const askedYen = z.int().min(1).max(amountLimits.most)
const askedYenOrNone = z.int().min(0).max(amountLimits.most)
const note = z.string().trim().min(1).max(2_000)
const milestoneOrOnly = askedId.optional()

/** Why; an operator has to say. */
const reason = z.string().trim().min(1).max(500)
const mayReason = reason.optional()

/** One page of a list. */
export const page = {
  after: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}

const id = z.string()
const time = z.iso.datetime()
const timeOrNone = time.nullable()
const yen = z.int().min(0)
const version = z.int().min(1)
const next = z.string().nullable()

const sums = { funded: yen, released: yen, fee: yen, refunded: yen, held: yen }
const deliveries = { firstDeliveredAt: timeOrNone, lastDeliveredAt: timeOrNone }

const commands = [
  'fund',
  'settle-payment',
  'start',
  'deliver',
  'request-changes',
  'accept',
  'release',
  'cancel',
  'dispute',
  'decide',
  'correct',
  'run-timer',
] as const satisfies CommandType[]

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

const contract = z.object({
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
  payment: z
    .object({ transfer: id, method: z.enum(paymentMethods), state: z.enum(['pending', 'succeeded', 'failed']) })
    .nullable(),
  cancelProposedBy: z.enum(['client', 'worker']).nullable(),
  createdAt: time,
  fundedAt: timeOrNone,
  ...deliveries,
  disputedAt: timeOrNone,
  moneyMovedAt: timeOrNone,
  settledAt: timeOrNone,
  timer: z
    .object({ kind: z.enum(['payment', 'auto-accept', 'auto-cancel', 'dispute', 'pay-by']), at: timeOrNone })
    .nullable(),
  steps: z.array(z.enum(commands)),
})

const event = z.object({
  seq: version,
  type: z.string(),
  actor: z.string(),
  at: time,
  data: z.record(z.string(), z.unknown()),
  reason: z.string().optional(),
})

export const transfer = z.object({
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

const account = z.object({ kind: z.string(), debit: yen, credit: yen, entries: z.int(), balance: z.int() })

export const proposeContract = call({
  ...party,
  method: 'post',
  path: '/v1/contracts',
  summary: 'Proposes a contract to a worker; it expires unless it is paid within 15 minutes. Clients only',
  roles: ['client'],
  body: z
    .object({
      job: askedId.optional(),
      worker: workerId,
      title: askedTitle,
      category: z.enum(categories),
      amount: z.int().min(amountLimits.least).max(amountLimits.most),
      milestones: z
        .array(z.object({ title: askedTitle, amount: askedYen }))
        .min(1)
        .max(MOST_MILESTONES)
        .optional(),
      sendAnyway,
    })
    .refine(
      ({ amount, milestones }) =>
        milestones === undefined || milestones.reduce((sum, part) => sum + part.amount, 0) === amount,
      {
        path: ['milestones'],
        message: 'Their amounts must add up to the amount of the contract',
      },
    ),
  success: [201, 'The contract'],
  answer: contract,
  refusals: [
    ...signedIn,
    'not-found',
    'worker-erased',
    'standing',
    'wrong-state',
    'text-warned',
    'rate-limited',
    'conflict',
    ...once,
  ],
})

export const listContracts = call({
  ...party,
  method: 'get',
  path: '/v1/contracts',
  summary: "The person's own contracts, the newest first; everybody's for an operator",
  query: z.object({ status: z.enum(contractStatuses).optional(), job: askedId.optional(), ...page }),
  success: [200, '{contracts, next}'],
  answer: z.object({ contracts: z.array(contract), next }),
  refusals: ['unauthenticated', 'malformed'],
})

export const readContract = call({
  ...party,
  method: 'get',
  path: '/v1/contracts/{id}',
  summary: 'A contract, for its parties and operators',
  success: [200, 'The contract, and as skillContext the certificate that is frozen for it'],
  answer: contract.extend({ skillContext: z.object({ credential: id, frozenAt: time }).nullable() }),
  refusals: ['unauthenticated', 'not-found'],
})

export const readContractEvents = call({
  ...party,
  method: 'get',
  path: '/v1/contracts/{id}/events',
  summary: 'What happened to a contract, in order',
  success: [200, '{events}'],
  answer: z.object({ events: z.array(event) }),
  refusals: ['unauthenticated', 'not-found'],
})

export const readLedger = call({
  ...party,
  method: 'get',
  path: '/v1/contracts/{id}/ledger',
  summary: "A contract's lines in the double-entry books, and its transfers",
  success: [200, '{funded, released, fee, refunded, held, debits, credits, entries, transfers}'],
  answer: z.object({
    contract: id,
    version,
    ...sums,
    debits: yen,
    credits: yen,
    entries: z.array(entry),
    transfers: z.array(transfer),
  }),
  refusals: ['unauthenticated', 'not-found'],
})

export const readBalances = call({
  ...party,
  method: 'get',
  path: '/v1/escrow/balances',
  summary: 'All books together, by kind of account. Operators only',
  roles: ['operator'],
  success: [200, '{debits, credits, accounts: [{kind, debit, credit, balance, entries}]}'],
  answer: z.object({ debits: yen, credits: yen, accounts: z.array(account) }),
  refusals: signedIn,
})

/** What a party says with a step, which the other one reads; it is answered with a warning unless it is to be sent anyway. */
const said = { reason: mayReason, sendAnyway }

interface Step<Name, Body> {
  readonly name: Name
  readonly summary: string
  readonly body: Body
  /** Besides those of any step. */
  readonly refusals?: readonly SandboxProblem['code'][]
}

/** Steps are for whoever may read the contract; which side may take one is judged on the contract. */
const step = <const Name extends string, Body extends z.ZodType>({
  name,
  summary,
  body,
  refusals = ['forbidden', 'text-warned'],
}: Step<Name, Body>) =>
  call({
    ...party,
    method: 'post',
    path: `/v1/contracts/{id}/${name}` as const,
    summary,
    body,
    success: [200, 'The contract after it'],
    answer: contract,
    refusals: ['unauthenticated', 'not-found', 'wrong-state', 'conflict', ...once, ...refusals],
  })

export const fund = step({
  name: 'fund',
  summary: 'Pays the whole amount into escrow. Client',
  body: z.object({ paymentMethod: z.enum(paymentMethods).default('card'), ...said }),
  refusals: ['forbidden', 'standing', 'worker-erased', 'text-warned'],
})

export const start = step({ name: 'start', summary: 'Begins the work. Worker', body: z.object({ ...said }) })

export const deliver = step({
  name: 'deliver',
  summary: 'Delivers a milestone, again as well; it counts as accepted 7 days after the last delivery. Worker',
  body: z.object({
    milestone: milestoneOrOnly,
    note: z.string().trim().max(2_000).default(''),
    ...said,
  }),
})

export const requestChanges = step({
  name: 'request-changes',
  summary: 'Asks for changes; the last day of payment, the 60th from the first delivery, stays. Client',
  body: z.object({ milestone: milestoneOrOnly, note, ...said }),
})

export const accept = step({
  name: 'accept',
  summary: 'Accepts a milestone and releases what is held of it. Client',
  body: z.object({ milestone: milestoneOrOnly, ...said }),
})

export const release = step({
  name: 'release',
  summary: 'Releases a part of what is held of a milestone, or all of it. Client',
  body: z.object({ milestone: milestoneOrOnly, amount: askedYen.optional(), ...said }),
})

export const cancel = step({
  name: 'cancel',
  summary: 'Ends the contract, or asks the other side to agree to it; what is held goes back. Either side',
  body: z.object({ ...said }),
  refusals: ['already-done', 'text-warned'],
})

export const dispute = step({
  name: 'dispute',
  summary: 'Stops all money until an operator, or the last day, decides. Either side',
  body: z.object({ note, ...said }),
  refusals: ['text-warned'],
})

export const decide = step({
  name: 'decide',
  summary: 'Decides a dispute: the two amounts add up to what is held. Operators only',
  body: z.object({ releaseToWorker: askedYenOrNone, refundToClient: askedYenOrNone, reason }),
  refusals: ['forbidden'],
})

export const correct = step({
  name: 'correct',
  summary: 'Gives a part of the fee to one of the parties, by new entries. Operators only',
  body: z.object({ to: z.enum(['worker', 'client']), amount: askedYen, reason }),
  refusals: ['forbidden'],
})

/** What parties and operators do with contracts. */
export const escrowCalls = [
  proposeContract,
  listContracts,
  readContract,
  readContractEvents,
  readLedger,
  readBalances,
  fund,
  start,
  deliver,
  requestChanges,
  accept,
  release,
  cancel,
  dispute,
  decide,
  correct,
] as const
