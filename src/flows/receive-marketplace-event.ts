import { expedite, noteOnceStatement, postStatement, wasReceived } from '../callback/store.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { MarketplaceEvent } from '../marketplace/contract.ts'
import { isUniqueViolation, type Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { eraseStatements } from './erase-worker.ts'
import { MARKETPLACE, postTo, standingLetter } from './notify-marketplace.ts'

/**
 * Takes an event whose signature has been verified. Each id is applied once, in the batch that notes it. Events are thin:
 * a change of standing posts the question for the standing itself, so that lost or reordered events do no harm.
 */
export async function receiveMarketplaceEvent(world: World, event: MarketplaceEvent): Promise<Result<{ readonly applied: boolean }>> {
  const now = world.now()
  if (await wasReceived(world.db, event.id)) return ok({ applied: false })
  const worker = typeof event.data.worker === 'string' ? event.data.worker : undefined
  try {
    await world.db.batch([noteOnceStatement(world.db, event, now), ...(worker === undefined ? [] : consequences(world, event.type, worker))])
  } catch (error) {
    if (isUniqueViolation(error)) return ok({ applied: false })
    throw error
  }
  await expedite(world.db, MARKETPLACE, now)
  return ok({ applied: true })
}

function consequences(world: World, type: MarketplaceEvent['type'], worker: string): Statement[] {
  switch (type) {
    case 'worker.standing_changed':
      return [postStatement(world.db, postTo(world, worker, [standingLetter(worker)]), world.now())]
    case 'worker.deleted':
      return eraseStatements(world, worker)
    case 'contract.formed':
    case 'escrow.released':
    case 'escrow.refunded':
    case 'review.revealed':
    case 'moderation.case_decided':
    case 'moderation.appeal_decided':
      // noted in the inbox, where evidence of predictiveness is gathered from
      return []
    default:
      return type satisfies never
  }
}
