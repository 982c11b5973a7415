import { findCredential, givenStatement } from '../credential/store.ts'
import { isOvertaken } from '../platform/outbox/store.ts'
import type { World } from '../world/world.ts'
import { addressTo, enqueue, type OwnMessage } from './address-messages.ts'
import { signalContent } from './notify-marketplace.ts'
import { signalCredential, situationsOf } from './plan-status-change.ts'

/**
 * The marketplace has taken a badge as active. A change of another certificate of the exam may have been told meanwhile
 * without counting on this one, which was not given yet: then the signal is sent once more, as it is now.
 */
export async function applyGiven(world: World, message: OwnMessage, id: string): Promise<void> {
  const credential = await findCredential(world.db, id)
  if (!credential || credential.givenAt !== null) return
  const now = world.now()
  const given = givenStatement(world.db, credential.id, now)
  const situations = (await situationsOf(world, credential.worker)).map((situation) =>
    situation.credential.id === id ? { ...situation, credential: { ...credential, givenAt: now } } : situation,
  )
  const signal = signalContent(credential, signalCredential(situations, credential))
  const overtaken = await isOvertaken(world.db, message, signal)
  await world.db.batch(
    overtaken ? [given, enqueue(world, addressTo(world, credential.worker, [signal]), now)] : [given],
  )
}
