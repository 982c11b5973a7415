import type { Instant } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Outcome } from '../problem.ts'
import { type Contract, heldOf, restOf } from './contract.ts'
import type { ContractEvent } from './contract-event.ts'
import { autoAcceptOf, payByOf } from './next-timer.ts'
import { acceptAll, shareAfter } from './release.ts'

/** Delivered work is paid, the rest goes back: what nobody decided in time is decided so. */
function decideByRule(contract: Contract): ContractEvent[] {
  const delivered = contract.milestones.filter((milestone) => milestone.firstDeliveredAt !== null)
  const gross = delivered.reduce((sum, milestone) => sum + restOf(milestone), 0)
  return [{ type: 'decided', share: shareAfter(contract, gross), refund: heldOf(contract) - gross, byRule: true }]
}

/** What the next timer does if it is due by `now`: as of its own time. Refuses `window-closed` when nothing is due. */
export function runTimer(contract: Contract, now: Instant): Outcome<ContractEvent[]> {
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
