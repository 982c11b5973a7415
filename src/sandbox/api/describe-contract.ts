import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { heldOf, type Milestone, restOf } from '../escrow/contract.ts'
import { remarkOf, type StoredEvent } from '../escrow/evolve.ts'
import type { Entry, Transfer } from '../escrow/ledger.ts'
import { payByOf } from '../escrow/next-timer.ts'
import { amountBucket } from '../escrow/paid-work.ts'
import type { SkillContext } from '../escrow/skill-context.ts'
import { stepsOpenTo } from '../escrow/steps.ts'
import type { PaidWork } from '../flows/list-paid-work.ts'
import type { Books, ContractInFull, ContractView } from '../flows/read-contracts.ts'

const time = (at: Instant | null | undefined): string | null => (at === null || at === undefined ? null : toRfc3339(at))

const describeMilestone = (milestone: Milestone) => ({
  id: milestone.id,
  title: milestone.title,
  amount: milestone.amount,
  status: milestone.status,
  released: milestone.released,
  refunded: milestone.refunded,
  rest: restOf(milestone),
  firstDeliveredAt: time(milestone.firstDeliveredAt),
  lastDeliveredAt: time(milestone.lastDeliveredAt),
  payBy: time(payByOf(milestone)),
})

/** A contract as its parties and operators see it; `steps` are those that the reader may take. */
export const describeContract = ({ contract, role }: ContractView) => ({
  id: contract.id,
  job: contract.job,
  client: contract.client,
  worker: contract.worker,
  category: contract.category,
  title: contract.title,
  status: contract.status,
  version: contract.version,
  amount: contract.amount,
  feeBasisPoints: contract.feeBasisPoints,
  funded: contract.funded,
  released: contract.released,
  fee: contract.fee,
  refunded: contract.refunded,
  held: heldOf(contract),
  milestones: contract.milestones.map(describeMilestone),
  payment: contract.payment,
  cancelProposedBy: contract.cancelProposedBy,
  createdAt: toRfc3339(contract.createdAt),
  fundedAt: time(contract.fundedAt),
  firstDeliveredAt: time(contract.firstDeliveredAt),
  lastDeliveredAt: time(contract.lastDeliveredAt),
  disputedAt: time(contract.disputedAt),
  moneyMovedAt: time(contract.moneyMovedAt),
  settledAt: time(contract.settledAt),
  timer: contract.timer === null ? null : { kind: contract.timer, at: time(contract.timerAt) },
  steps: stepsOpenTo(contract, role),
})

/** One contract, and the certificate that stood when it was formed. */
export const describeContractInFull = (view: ContractInFull) => ({
  ...describeContract(view),
  skillContext: view.context && { credential: view.context.credential, frozenAt: toRfc3339(view.context.frozenAt) },
})

/** An event, without the key of the request behind it. An operator's name is for operators. */
export const describeEvent = (stored: StoredEvent, { contract, role }: ContractView) => {
  const { remark: _, ...data } = stored.data
  const { reason } = remarkOf(stored)
  const isParty = [contract.client, contract.worker, 'system'].includes(stored.actor)
  return {
    seq: stored.seq,
    type: stored.type,
    actor: isParty || role === 'operator' ? stored.actor : 'operator',
    at: toRfc3339(stored.at),
    data,
    ...(reason === undefined ? {} : { reason }),
  }
}

const describeEntry = ({ id, transaction, kind, account, debit, credit, at, transfer }: Entry) => ({
  id,
  transaction,
  kind,
  account,
  debit,
  credit,
  at: toRfc3339(at),
  transfer,
})

export const describeTransfer = ({
  id,
  contract,
  kind,
  party,
  amount,
  method,
  state,
  attempt,
  retryOf,
  createdAt,
  resolvedAt,
}: Transfer) => ({
  id,
  contract,
  kind,
  party,
  amount,
  method,
  state,
  attempt,
  retryOf,
  createdAt: toRfc3339(createdAt),
  resolvedAt: time(resolvedAt),
})

const sum = (entries: readonly Entry[], side: 'debit' | 'credit'): number =>
  entries.reduce((total, entry) => total + entry[side], 0)

/** The books of one contract. */
export const describeBooks = ({ contract, entries, transfers }: Books) => ({
  contract: contract.id,
  version: contract.version,
  funded: contract.funded,
  released: contract.released,
  fee: contract.fee,
  refunded: contract.refunded,
  held: heldOf(contract),
  debits: sum(entries, 'debit'),
  credits: sum(entries, 'credit'),
  entries: entries.map(describeEntry),
  transfers: transfers.map(describeTransfer),
})

/** Paid work as the plugin sees it: no names, no exact amounts. */
export const describePaidWork = ({ contract, client, context, reviewed }: PaidWork) => ({
  contract: contract.id,
  client,
  worker: contract.worker,
  exam: contract.category,
  formedAt: time(contract.fundedAt),
  releasedAt: time(contract.settledAt),
  amountBucket: amountBucket(contract.released + contract.fee),
  status: contract.status,
  refunded: contract.refunded > 0,
  reviewed,
  version: contract.version,
  ...(context ? { skillContext: context.credential } : {}),
})

export const describeContext = ({
  contract,
  credential,
  frozenAt,
  applied,
}: SkillContext & { readonly applied: boolean }) => ({ contract, credential, frozenAt: toRfc3339(frozenAt), applied })
