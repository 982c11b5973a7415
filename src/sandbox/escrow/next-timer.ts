import { days, hours, type Instant, instant, minutes, plus } from '../../kernel/instant.ts'
import { type Contract, type ContractTimer, type Milestone, restOf } from './contract.ts'

/** In which time what is waited for has to happen. */
export const limits = {
  /** From the proposal to the money. */
  payment: minutes(15),
  /** From the last delivery of a milestone to its acceptance. */
  autoAccept: days(7),
  /** From the payment, or a later delivery, to the next delivery. */
  autoCancel: days(75),
  /** From a dispute to its decision. */
  dispute: days(60),
} as const

const DAY = days(1)
/** Japan's time is ahead of UTC by this, all year round. */
const JAPAN = hours(9)
const PAYMENT_DAYS = 60

/**
 * The last moment of the 60th day in Japan, the day of the first delivery being the first: until then it has to be paid,
 * whatever is asked for in between. Act on Ensuring Proper Transactions Involving Specified Entrusted Business Operators
 * (Act No. 25 of 2023), art. 4(1): within 60 days "reckoned from the day" of receipt, whether or not it was inspected.
 */
export function lastPaymentAt(firstDeliveredAt: Instant): Instant {
  const dayBegan = Math.floor((firstDeliveredAt + JAPAN) / DAY) * DAY - JAPAN
  return instant(dayBegan + PAYMENT_DAYS * DAY - 1)
}

export interface Due {
  readonly timer: ContractTimer
  readonly at: Instant
}

/** When a milestone has to be paid at the latest; undefined while nothing of it was delivered, or when it is paid. */
export const payByOf = (milestone: Milestone): Instant | undefined =>
  milestone.firstDeliveredAt === null || restOf(milestone) === 0 ? undefined : lastPaymentAt(milestone.firstDeliveredAt)

/** When a delivery counts as accepted; undefined while none waits to be. */
export const autoAcceptOf = (milestone: Milestone): Instant | undefined =>
  milestone.status === 'delivered' && milestone.lastDeliveredAt !== null
    ? plus(milestone.lastDeliveredAt, limits.autoAccept)
    : undefined

/** The earliest; of two at the same time the first in the list. */
const earliest = (dues: readonly Due[]): Due | undefined =>
  dues.reduce<Due | undefined>((first, due) => (first === undefined || due.at < first.at ? due : first), undefined)

const dueAt = (timer: ContractTimer, at: Instant | undefined): Due[] => (at === undefined ? [] : [{ timer, at }])

function working(contract: Contract): Due[] {
  const since = contract.lastDeliveredAt ?? contract.fundedAt
  return [
    ...contract.milestones.flatMap((milestone) => dueAt('pay-by', payByOf(milestone))),
    ...contract.milestones.flatMap((milestone) => dueAt('auto-accept', autoAcceptOf(milestone))),
    ...(since === null ? [] : dueAt('auto-cancel', plus(since, limits.autoCancel))),
  ]
}

function disputed(contract: Contract): Due[] {
  return [
    // nothing is released while disputed, so the day of payment ends the dispute as well
    ...contract.milestones.flatMap((milestone) => dueAt('pay-by', payByOf(milestone))),
    ...(contract.disputedAt === null ? [] : dueAt('dispute', plus(contract.disputedAt, limits.dispute))),
  ]
}

/** What happens by itself next, computed from what is stored and never from when somebody looks. */
export function nextTimer(contract: Contract): Due | undefined {
  switch (contract.status) {
    case 'proposed':
      return { timer: 'payment', at: plus(contract.createdAt, limits.payment) }
    case 'funded':
    case 'in-progress':
    case 'delivered':
    case 'changes-requested':
    case 'accepted':
      return earliest(working(contract))
    case 'disputed':
      return earliest(disputed(contract))
    case 'released':
    case 'cancelled':
    case 'expired':
    case 'decided':
      return undefined
    default:
      return contract.status satisfies never
  }
}
