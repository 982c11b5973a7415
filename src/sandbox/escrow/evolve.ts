import type { Instant } from '../../kernel/instant.ts'
import { type Contract, type ContractStatus, heldOf, type Milestone, restOf } from './contract.ts'
import type { ContractEvent, Occurrence } from './contract-event.ts'
import { nextTimer } from './next-timer.ts'

type Created = Extract<ContractEvent, { type: 'created' }>
type Later = Exclude<ContractEvent, Created>
type Change = Partial<Contract>

function begin(event: Created, at: Instant): Contract {
  const { type: _, milestones, applied, ...terms } = event
  return {
    ...terms,
    status: 'proposed',
    version: 1,
    amount: milestones.reduce((sum, { amount }) => sum + amount, 0),
    ...{ funded: 0, released: 0, fee: 0, refunded: 0 },
    milestones: milestones.map((milestone) => ({
      ...milestone,
      status: 'open',
      released: 0,
      refunded: 0,
      firstDeliveredAt: null,
      lastDeliveredAt: null,
    })),
    payment: null,
    cancelProposedBy: null,
    createdAt: at,
    takenOnAt: applied ? at : null,
    ...{
      fundedAt: null,
      firstDeliveredAt: null,
      lastDeliveredAt: null,
      disputedAt: null,
      moneyMovedAt: null,
      settledAt: null,
      timer: null,
      timerAt: null,
    },
  }
}

/** The state of the whole work: what the client has to look at comes first. */
function statusOf(milestones: readonly Milestone[]): ContractStatus {
  for (const status of ['delivered', 'changes-requested', 'accepted'] as const)
    if (milestones.some((milestone) => milestone.status === status)) return status
  return milestones.every((milestone) => milestone.status === 'released') ? 'released' : 'in-progress'
}

const change = (contract: Contract, id: string, with_: (milestone: Milestone) => Partial<Milestone>): Milestone[] =>
  contract.milestones.map((milestone) => (milestone.id === id ? { ...milestone, ...with_(milestone) } : milestone))

function deliver(contract: Contract, id: string, at: Instant): Change {
  const milestones = change(contract, id, ({ firstDeliveredAt }) => ({
    status: 'delivered',
    firstDeliveredAt: firstDeliveredAt ?? at,
    lastDeliveredAt: at,
  }))
  return {
    status: statusOf(milestones),
    milestones,
    cancelProposedBy: null,
    firstDeliveredAt: contract.firstDeliveredAt ?? at,
    lastDeliveredAt: at,
  }
}

function mark(contract: Contract, id: string, status: 'changes-requested' | 'accepted'): Change {
  const milestones = change(contract, id, () => ({ status }))
  return { status: statusOf(milestones), milestones }
}

function release(contract: Contract, event: Extract<ContractEvent, { type: 'released' }>, at: Instant): Change {
  const milestones = change(contract, event.milestone, (milestone) => ({
    released: milestone.released + event.gross,
    status: restOf(milestone) === event.gross ? 'released' : milestone.status,
  }))
  const status = statusOf(milestones)
  return {
    status,
    milestones,
    released: contract.released + event.net,
    fee: contract.fee + event.fee,
    moneyMovedAt: contract.moneyMovedAt ?? at,
    settledAt: status === 'released' ? at : null,
  }
}

/** Sends what is left of every milestone back, but for `gross` yen that go to the worker, delivered work first. */
function close(contract: Contract, gross: number): Milestone[] {
  let left = gross
  const given = new Map<string, number>()
  for (const milestone of [...contract.milestones].sort(
    (a, b) => Number(b.firstDeliveredAt !== null) - Number(a.firstDeliveredAt !== null),
  )) {
    const part = Math.min(left, restOf(milestone))
    given.set(milestone.id, part)
    left -= part
  }
  return contract.milestones.map((milestone) => {
    const rest = restOf(milestone)
    if (rest === 0) return milestone
    const part = given.get(milestone.id) ?? 0
    return {
      ...milestone,
      released: milestone.released + part,
      refunded: milestone.refunded + rest - part,
      status: part === rest ? 'released' : 'refunded',
    }
  })
}

function end(
  contract: Contract,
  event: Extract<ContractEvent, { type: 'cancelled' | 'decided' }>,
  at: Instant,
): Change {
  const share = event.type === 'decided' ? event.share : { gross: 0, net: 0, fee: 0 }
  const moved = heldOf(contract) > 0
  return {
    status: event.type,
    milestones: moved ? close(contract, share.gross) : contract.milestones,
    released: contract.released + share.net,
    fee: contract.fee + share.fee,
    refunded: contract.refunded + event.refund,
    moneyMovedAt: contract.moneyMovedAt ?? (moved ? at : null),
    settledAt: at,
  }
}

function settlePayment(
  contract: Contract,
  event: Extract<ContractEvent, { type: 'funded' | 'payment-failed' | 'late-payment-returned' }>,
  at: Instant,
): Change {
  const payment = contract.payment && {
    ...contract.payment,
    state: event.type === 'payment-failed' ? ('failed' as const) : ('succeeded' as const),
  }
  if (event.type === 'payment-failed') return { payment }
  if (event.type === 'funded')
    return { payment, status: 'funded', funded: contract.funded + event.amount, fundedAt: at }
  return { payment, funded: contract.funded + event.amount, refunded: contract.refunded + event.amount }
}

function correct(contract: Contract, event: Extract<ContractEvent, { type: 'corrected' }>): Change {
  const side = event.to === 'worker' ? 'released' : 'refunded'
  return { fee: contract.fee - event.amount, [side]: contract[side] + event.amount }
}

function changeBy(contract: Contract, event: Later, at: Instant): Change {
  switch (event.type) {
    case 'payment-started':
      return { payment: { transfer: event.transfer, method: event.method, state: 'pending' } }
    case 'payment-failed':
    case 'funded':
    case 'late-payment-returned':
      return settlePayment(contract, event, at)
    case 'started':
      return { status: 'in-progress', takenOnAt: contract.takenOnAt ?? at }
    case 'delivered':
      return deliver(contract, event.milestone, at)
    case 'changes-requested':
    case 'accepted':
      return mark(contract, event.milestone, event.type)
    case 'released':
      return release(contract, event, at)
    case 'cancel-proposed':
      return { cancelProposedBy: event.by }
    case 'cancelled':
    case 'decided':
      return end(contract, event, at)
    case 'expired':
      return { status: 'expired', settledAt: at }
    case 'disputed':
      return { status: 'disputed', disputedAt: at }
    case 'corrected':
      return correct(contract, event)
    default:
      return event satisfies never
  }
}

/** Applies an event; the first of a contract is `created`. */
export function evolve(contract: Contract | undefined, event: ContractEvent, on: Occurrence): Contract {
  if (contract === undefined && event.type !== 'created') throw new Error(`a contract cannot begin with ${event.type}`)
  if (contract !== undefined && event.type === 'created') throw new Error('a contract is created once')
  const after =
    contract && event.type !== 'created'
      ? { ...contract, ...changeBy(contract, event, on.at), version: on.seq }
      : begin(event as Created, on.at)
  const due = nextTimer(after)
  return { ...after, timer: due?.timer ?? null, timerAt: due?.at ?? null }
}

/** What is written beside an event: why an operator acted, and which request it answers. */
export interface Remark {
  readonly reason?: string | undefined
  /** Person and Idempotency-Key; on the last event that a request brought about. */
  readonly request?: string | undefined
  /** Digest of that request's method, path and body. */
  readonly fingerprint?: string | undefined
}

/** An event as it is kept. */
export interface StoredEvent {
  readonly contract: string
  readonly seq: number
  readonly type: string
  /** A person's id, or `system`. */
  readonly actor: string
  readonly at: Instant
  readonly data: Readonly<Record<string, unknown>>
}

/** How an event is kept: what it says of itself, and the remark beside it. */
export function toStored(event: ContractEvent, on: Omit<StoredEvent, 'type' | 'data'>, remark: Remark): StoredEvent {
  const { type, ...data } = event
  return { ...on, type, data: { ...data, ...(Object.keys(remark).length > 0 ? { remark } : {}) } }
}

/** What was written beside an event. */
export const remarkOf = ({ data }: Pick<StoredEvent, 'data'>): Remark => (data.remark ?? {}) as Remark

/** Reads an event that `toStored` wrote. */
function fromStored({ type, data: { remark: _, ...data } }: StoredEvent): ContractEvent {
  return { type, ...data } as unknown as ContractEvent
}

/** The contract after some of its events, in order from the first; undefined after none. */
export const rebuild = (events: readonly StoredEvent[]): Contract | undefined =>
  events.reduce<Contract | undefined>(
    (contract, stored) => evolve(contract, fromStored(stored), { seq: stored.seq, at: stored.at }),
    undefined,
  )
