import { type Contract, type Milestone, restOf } from './contract.ts'
import type { ContractEvent } from './contract-event.ts'
import { type Share, shareOf } from './fee.ts'

/** Yen that went to the worker so far, the fee included: on these the fee was reckoned. */
const grossOf = (contract: Contract): number =>
  contract.milestones.reduce((sum, milestone) => sum + milestone.released, 0)

/** The share of a release that comes next. */
export const shareAfter = (contract: Contract, gross: number, before = grossOf(contract)): Share =>
  shareOf(gross, { before, basisPoints: contract.feeBasisPoints })

/** Accepts milestones and releases what is left of each. */
export function acceptAll(contract: Contract, milestones: readonly Milestone[]): ContractEvent[] {
  let before = grossOf(contract)
  return milestones.flatMap((milestone) => {
    const share = shareAfter(contract, restOf(milestone), before)
    before += share.gross
    const released: ContractEvent = { type: 'released', milestone: milestone.id, ...share }
    return milestone.status === 'accepted' ? [released] : [{ type: 'accepted', milestone: milestone.id }, released]
  })
}
