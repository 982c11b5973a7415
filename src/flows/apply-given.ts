import { findCredential, givenStatement } from '../credential/store.ts'
import type { Message } from '../platform/outbox/message.ts'
import { isOvertaken, postStatement } from '../platform/outbox/store.ts'
import type { World } from '../world/world.ts'
import { postTo } from './address-messages.ts'
import { signalLetter } from './notify-marketplace.ts'
import { signalBearer, situationsOf } from './plan-status-change.ts'

/**
 * The marketplace has taken a badge as active. A change of another certificate of the exam may have been told meanwhile
 * without counting on this one, which was not given yet: then the signal is sent once more, as it is now.
 */
export async function applyGiven(world: World, message: Message, id: string): Promise<void> {
  const credential = await findCredential(world.db, id)
  if (!credential || credential.givenAt !== null) return
  const now = world.now()
  const given = givenStatement(world.db, credential.id, now)
  const situations = (await situationsOf(world, credential.worker)).map((situation) => (situation.credential.id === id ? { ...situation, credential: { ...credential, givenAt: now } } : situation))
  const letter = signalLetter(credential, signalBearer(situations, credential))
  const overtaken = await isOvertaken(world.db, message, letter)
  await world.db.batch(overtaken ? [given, postStatement(world.db, postTo(world, credential.worker, [letter]), now)] : [given])
}
