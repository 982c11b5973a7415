import type { Instant } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import { decide } from '../escrow/decide.ts'
import { settlementOf, type Transfer } from '../escrow/ledger.ts'
import { findTransfer, insertEntries, insertTransfer, isLostRace, resolveTransfers } from '../escrow/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { commitContract, entriesFor } from './commit-contract.ts'
import { catchUp } from './fire-contract-timers.ts'

/** How often an answer is tried to be taken while its contract changes. */
const TRIES = 5

export type TransferOutcome = 'succeeded' | 'failed'

/** A payment came in, or did not: an event of its contract. */
async function settlePayment(world: SandboxWorld, transfer: Transfer, outcome: TransferOutcome): Promise<void> {
  const contract = (await catchUp(world, transfer.contract))?.contract
  const at = world.now()
  const events = decide(contract, { type: 'settle-payment', transfer: transfer.id, outcome, by: 'system' }, at)
  // a refusal means that it was settled meanwhile, which the caller reads from the transfer
  if (events.ok)
    await commitContract(world, { before: contract, events: events.value, actor: 'system', at, remark: {} })
}

/** What follows from the answer about a payout or refund: it is booked, or begins anew. */
function consequenceOf(
  world: SandboxWorld,
  transfer: Transfer,
  { outcome, at }: { readonly outcome: TransferOutcome; readonly at: Instant },
): Statement[] {
  if (outcome === 'succeeded')
    return insertEntries(world.db, entriesFor(world, settlementOf(transfer), { contract: transfer.contract, at }))
  return [
    insertTransfer(world.db, {
      ...transfer,
      id: world.newId('trf'),
      attempt: transfer.attempt + 1,
      retryOf: transfer.id,
      createdAt: at,
    }),
  ]
}

async function settlePayout(world: SandboxWorld, transfer: Transfer, outcome: TransferOutcome): Promise<void> {
  const at = world.now()
  try {
    await world.db.batch([
      resolveTransfers(world.db, [transfer.id], { state: outcome, at }),
      ...consequenceOf(world, transfer, { outcome, at }),
    ])
  } catch (error) {
    if (!isLostRace(error)) throw error
  }
}

/**
 * Takes the payment provider's answer about a transfer. The first answer stands: the same again changes nothing, another
 * one is refused `already-done`. A payout or refund that failed is tried again as a new transfer.
 */
export async function resolveTransfer(
  world: SandboxWorld,
  id: string,
  outcome: TransferOutcome,
): Promise<Outcome<Transfer>> {
  let transfer = await findTransfer(world.db, id)
  if (!transfer) return fail({ code: 'not-found' })
  for (let tries = 0; transfer?.state === 'pending' && tries < TRIES; tries++) {
    await (transfer.kind === 'payment'
      ? settlePayment(world, transfer, outcome)
      : settlePayout(world, transfer, outcome))
    transfer = await findTransfer(world.db, id)
  }
  if (transfer?.state === outcome) return ok(transfer)
  if (transfer?.state === 'failed' || transfer?.state === 'succeeded')
    return fail({ code: 'already-done', detail: `This transfer has ${transfer.state}` })
  return fail({ code: 'conflict', detail: 'The contract changed at the same time: try again' })
}
