import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { malformed, type Outcome } from '../problem.ts'
import { amountLimits, type Contract, heldOf, type Milestone, MOST_MILESTONES, restOf } from './contract.ts'
import { type ContractEvent, type Share, shareOf } from './contract-event.ts'
import { providerAnswer } from './ledger.ts'
import { autoAcceptOf, payByOf } from './next-timer.ts'
import { type Act, type Command, steps } from './steps.ts'

type Events = Outcome<ContractEvent[]>
type ActOf<Type extends Act['type']> = Extract<Act, { type: Type }>
type Party = 'client' | 'worker' | 'operator'

const wrongState = (contract: Contract, detail: string) =>
  fail({ code: 'wrong-state', state: contract.status, detail } as const)
const issue = (path: string, message: string) => malformed([{ path, message }])

function create(act: ActOf<'create'>): Events {
  const amount = act.milestones.reduce((sum, milestone) => sum + milestone.amount, 0)
  if (amount < amountLimits.least || amount > amountLimits.most)
    return issue('amount', `Must be ${amountLimits.least} to ${amountLimits.most} yen`)
  if (act.milestones.length < 1 || act.milestones.length > MOST_MILESTONES)
    return issue('milestones', `Must be 1 to ${MOST_MILESTONES}`)
  if (act.milestones.some((milestone) => !Number.isInteger(milestone.amount) || milestone.amount < 1))
    return issue('milestones', 'Each must be of whole yen, 1 or more')
  if (act.client === act.worker) return fail({ code: 'same-person', detail: 'Nobody makes a contract with themselves' })
  const { id, job, jobTitle, applied, client, worker, category, title, feeBasisPoints, milestones } = act
  return ok([
    { type: 'created', id, job, jobTitle, applied, client, worker, category, title, feeBasisPoints, milestones },
  ])
}

function fund(contract: Contract, act: ActOf<'fund'>): Events {
  if (contract.payment?.state === 'pending') return wrongState(contract, 'A payment is on its way')
  const { transfer, method } = act
  const started: ContractEvent = { type: 'payment-started', transfer, method, amount: contract.amount }
  switch (providerAnswer(method)) {
    case 'succeeded':
      return ok([started, { type: 'funded', transfer, amount: contract.amount }])
    case 'failed':
      return ok([started, { type: 'payment-failed', transfer }])
    default:
      return ok([started])
  }
}

function settlePayment(contract: Contract, { transfer, outcome }: ActOf<'settle-payment'>): Events {
  if (contract.payment?.state !== 'pending' || contract.payment.transfer !== transfer)
    return fail({ code: 'already-done', detail: 'This payment has been settled' })
  if (outcome === 'failed') return ok([{ type: 'payment-failed', transfer }])
  return ok([
    { type: contract.status === 'proposed' ? 'funded' : 'late-payment-returned', transfer, amount: contract.amount },
  ])
}

/** The milestone that is meant: the one named, or the only one in one of these states. */
function meant(contract: Contract, id: string | undefined, states: readonly Milestone['status'][]): Outcome<Milestone> {
  const possible = contract.milestones.filter((milestone) => states.includes(milestone.status))
  if (id === undefined) {
    const [only, ...others] = possible
    if (!only) return wrongState(contract, 'No milestone is in a state for this')
    return others.length > 0 ? issue('milestone', 'Several could be meant: name one') : ok(only)
  }
  const named = contract.milestones.find((milestone) => milestone.id === id)
  if (!named) return issue('milestone', 'This contract has no such milestone')
  return states.includes(named.status)
    ? ok(named)
    : fail({ code: 'wrong-state', state: named.status, detail: 'This milestone is in no state for this' })
}

const unpaid = ['open', 'delivered', 'changes-requested', 'accepted'] as const

function deliver(contract: Contract, act: ActOf<'deliver'>): Events {
  const milestone = meant(contract, act.milestone, ['open', 'delivered', 'changes-requested'])
  if (!milestone.ok) return milestone
  const delivered: ContractEvent = { type: 'delivered', milestone: milestone.value.id, note: act.note }
  return ok(contract.status === 'funded' ? [{ type: 'started' }, delivered] : [delivered])
}

function requestChanges(contract: Contract, act: ActOf<'request-changes'>): Events {
  const milestone = meant(contract, act.milestone, ['delivered'])
  return milestone.ok ? ok([{ type: 'changes-requested', milestone: milestone.value.id, note: act.note }]) : milestone
}

function accept(contract: Contract, act: ActOf<'accept'>): Events {
  const milestone = meant(contract, act.milestone, ['delivered', 'changes-requested'])
  return milestone.ok ? ok(acceptAll(contract, [milestone.value])) : milestone
}

function release(contract: Contract, act: ActOf<'release'>): Events {
  const milestone = meant(contract, act.milestone, unpaid)
  if (!milestone.ok) return milestone
  const rest = restOf(milestone.value)
  const gross = act.amount ?? rest
  if (!Number.isInteger(gross) || gross < 1 || gross > rest)
    return issue('amount', `Must be 1 to ${rest} yen, what is held of this milestone`)
  return ok([{ type: 'released', milestone: milestone.value.id, ...shareAfter(contract, gross) }])
}

/** Whether a side may end the contract without the other: the worker before anything unpaid was delivered, the client before the work began. */
function mayCancelAlone(contract: Contract, by: Party): boolean {
  if (by === 'operator' || contract.status === 'proposed' || contract.status === 'funded') return true
  return by === 'worker' && contract.milestones.every((milestone) => payByOf(milestone) === undefined)
}

function cancel(contract: Contract, by: Party): Events {
  const agreed = contract.cancelProposedBy !== null && contract.cancelProposedBy !== by
  if (agreed || mayCancelAlone(contract, by)) return ok([{ type: 'cancelled', refund: heldOf(contract) }])
  if (contract.cancelProposedBy === by) return fail({ code: 'already-done', detail: 'The other side has been asked' })
  return ok([{ type: 'cancel-proposed', by: by === 'worker' ? 'worker' : 'client' }])
}

function decideDispute(contract: Contract, act: ActOf<'decide'>): Events {
  const held = heldOf(contract)
  const { releaseToWorker, refundToClient } = act
  if (![releaseToWorker, refundToClient].every((yen) => Number.isInteger(yen) && yen >= 0))
    return issue('releaseToWorker', 'Must be whole yen')
  if (releaseToWorker + refundToClient !== held)
    return issue('refundToClient', `Together with releaseToWorker it must be ${held} yen, what is held`)
  return ok([{ type: 'decided', share: shareAfter(contract, releaseToWorker), refund: refundToClient, byRule: false }])
}

function correct(contract: Contract, { to, amount }: ActOf<'correct'>): Events {
  if (!Number.isInteger(amount) || amount < 1 || amount > contract.fee)
    return issue('amount', `Must be 1 to ${contract.fee} yen, the fee that was kept`)
  return ok([{ type: 'corrected', to, amount }])
}

function act(contract: Contract, command: Command, now: Instant): Events {
  switch (command.type) {
    case 'create':
      return fail({ code: 'already-done', detail: 'This contract exists' })
    case 'fund':
      return fund(contract, command)
    case 'settle-payment':
      return settlePayment(contract, command)
    case 'start':
      return ok([{ type: 'started' }])
    case 'deliver':
      return deliver(contract, command)
    case 'request-changes':
      return requestChanges(contract, command)
    case 'accept':
      return accept(contract, command)
    case 'release':
      return release(contract, command)
    case 'cancel':
      return cancel(contract, command.by === 'system' ? 'operator' : command.by)
    case 'dispute':
      return ok([{ type: 'disputed', note: command.note }])
    case 'decide':
      return decideDispute(contract, command)
    case 'correct':
      return correct(contract, command)
    case 'run-timer':
      return runTimer(contract, now)
    default:
      return command satisfies never
  }
}

/**
 * Judges a command at a time. Refuses `wrong-state` where the table of steps has none, `forbidden` where it is somebody
 * else's, `window-closed` where a timer was due before (its time itself belongs to the timer), and what the step itself refuses.
 */
export function decide(contract: Contract | undefined, command: Command, now: Instant): Events {
  if (contract === undefined) return command.type === 'create' ? create(command) : fail({ code: 'not-found' })
  if (command.type === 'create') return act(contract, command, now)
  const step = steps[contract.status][command.type]
  if (!step) return wrongState(contract, `There is no ${command.type} in this state`)
  if (!step.by.includes(command.by)) return fail({ code: 'forbidden' })
  if (command.by === 'operator' && !command.reason) return issue('reason', 'An operator has to say why')
  const overdue = command.type !== 'run-timer' && contract.timerAt !== null && contract.timerAt <= now
  if (overdue)
    return fail({
      code: 'window-closed',
      detail: 'Its time was over',
      closedAt: toRfc3339(contract.timerAt as Instant),
    })
  return act(contract, command, now)
}

/** Yen that went to the worker so far, the fee included: on these the fee was reckoned. */
const grossOf = (contract: Contract): number =>
  contract.milestones.reduce((sum, milestone) => sum + milestone.released, 0)

/** The share of a release that comes next. */
const shareAfter = (contract: Contract, gross: number, before = grossOf(contract)): Share =>
  shareOf(gross, { before, basisPoints: contract.feeBasisPoints })

/** Accepts milestones and releases what is left of each. */
function acceptAll(contract: Contract, milestones: readonly Milestone[]): ContractEvent[] {
  let before = grossOf(contract)
  return milestones.flatMap((milestone) => {
    const share = shareAfter(contract, restOf(milestone), before)
    before += share.gross
    const released: ContractEvent = { type: 'released', milestone: milestone.id, ...share }
    return milestone.status === 'accepted' ? [released] : [{ type: 'accepted', milestone: milestone.id }, released]
  })
}

/** Delivered work is paid, the rest goes back: what nobody decided in time is decided so. */
function decideByRule(contract: Contract): ContractEvent[] {
  const delivered = contract.milestones.filter((milestone) => milestone.firstDeliveredAt !== null)
  const gross = delivered.reduce((sum, milestone) => sum + restOf(milestone), 0)
  return [{ type: 'decided', share: shareAfter(contract, gross), refund: heldOf(contract) - gross, byRule: true }]
}

/** What the next timer does if it is due by `now`: as of its own time. Refuses `window-closed` when nothing is due. */
function runTimer(contract: Contract, now: Instant): Outcome<ContractEvent[]> {
  const { timer, timerAt: at } = contract
  if (timer === null || at === null || at > now) return fail({ code: 'window-closed', detail: 'Nothing is due' })
  if (contract.status === 'disputed') return ok(decideByRule(contract))
  switch (timer) {
    case 'payment':
      return ok([{ type: 'expired' }])
    case 'auto-cancel':
      return ok([{ type: 'cancelled', refund: heldOf(contract) }])
    case 'auto-accept':
      return ok(
        acceptAll(
          contract,
          contract.milestones.filter((milestone) => autoAcceptOf(milestone) === at),
        ),
      )
    case 'pay-by':
    case 'dispute':
      return ok(
        acceptAll(
          contract,
          contract.milestones.filter((milestone) => payByOf(milestone) === at),
        ),
      )
    default:
      return timer satisfies never
  }
}
