import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { endSessionStatement, endSessionsOf, type SessionOwners, sessionLives } from '../marketplace/sessions/store.ts'
import type { World } from '../world/world.ts'
import { noteActIfDone, oldLaunch, type Writer } from './note-act.ts'

/** Signs out: nothing is accepted under this session any more. Answers that were acknowledged stay. */
export async function signOut(world: World, session: Session): Promise<void> {
  const noted = await noteActIfDone(world, {
    act: 'session.ended',
    actor: { person: session.worker },
    facts: { role: session.role },
  })
  await world.db.batch([
    endSessionStatement(world.db, { id: session.id, why: 'signed-out', now: world.now() }),
    ...noted,
  ])
}

export interface EndSessions {
  readonly session: Session
  /** Whose sessions end: one person's, or those of everybody in a role. An operator's own may be among them. */
  readonly owners: SessionOwners
  readonly why: string
}

const about = (owners: SessionOwners) =>
  'worker' in owners ? { subject: { person: owners.worker } } : { object: owners.role }

/** An operator ends sessions at once. Whoever still may comes over from the marketplace again. @returns how many lived until now. */
export async function endSessions(
  world: World,
  { session, owners, why }: EndSessions,
): Promise<Result<{ readonly ended: number }>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const now = world.now()
  const refused = oldLaunch(session, now)
  if (refused) return fail(refused)
  const noted = await noteActIfDone(world, {
    act: 'session.ended',
    actor: { person: session.worker },
    ...about(owners),
    why,
  })
  const ended = await endSessionsOf(world.db, { ...owners, under: session.id }, now, noted)
  // one's own may be among those that ended
  return ended > 0 || (await sessionLives(world.db, session.id, now))
    ? ok({ ended })
    : fail({ code: 'unauthenticated' })
}

/** Whoever has the machine's disk or its service key ends sessions at once. @returns how many lived until now. */
export async function endSessionsByMachine(
  world: Writer,
  { owners, why }: Pick<EndSessions, 'owners' | 'why'>,
): Promise<number> {
  const noted = await noteActIfDone(world, { act: 'session.ended', actor: 'machine', ...about(owners), why })
  return endSessionsOf(world.db, owners, world.now(), noted)
}
