import { findConcern, markSettled } from '../integrity/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'
import { noteActIfDone, ownCase, staffOf } from './note-act.ts'

/** An operator has looked into a concern. Doing it again changes nothing. */
export async function settleConcern(
  world: World,
  {
    session,
    credential,
    concern,
  }: { readonly session: Session; readonly credential: string; readonly concern: string },
): Promise<Result<{ readonly concern: string }>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const found = await findConcern(world.db, { id: concern, credential })
  if (!found) return fail({ code: 'not-found' })
  const refused = ownCase(session, found.worker)
  if (refused) return fail(refused)
  const noted = await noteActIfDone(world, {
    act: 'concern.settled',
    actor: staffOf(session),
    subject: { person: found.worker },
    object: concern,
    facts: { credential },
  })
  await markSettled(world.db, { id: concern, credential, settledBy: session.worker, settledAt: world.now() }, noted)
  return ok({ concern })
}
