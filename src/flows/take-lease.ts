import { refusalOf } from '../attempt/attempt.ts'
import { findAttempt, updateLease } from '../attempt/store.ts'
import type { LeaseId } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { sessionLives } from '../marketplace/sessions/store.ts'
import type { World } from '../world/world.ts'
import { type AttemptCall, findOwnAttempt } from './read-attempt.ts'

/** Makes the caller the one that writes; the earlier lease is dead. */
export async function takeLease(
  world: World,
  call: AttemptCall,
): Promise<Result<{ readonly lease: LeaseId; readonly now: Instant; readonly deadline: Instant }>> {
  const own = await findOwnAttempt(world, call)
  if (!own.ok) return own
  const lease = world.newId('lse')
  const now = world.now()
  const taken = await updateLease(world.db, {
    id: own.value.id,
    worker: own.value.worker,
    session: call.session.id,
    lease,
    now,
  })
  if (taken) return ok({ lease, now, deadline: own.value.deadline })
  if (!(await sessionLives(world.db, call.session.id, now))) return fail({ code: 'unauthenticated' })
  const current = (await findAttempt(world.db, own.value.id)) ?? own.value
  return fail(
    refusalOf(current, { type: 'take-lease', lease }, now) ?? {
      code: 'conflict',
      detail: 'the attempt changed meanwhile; try again',
    },
  )
}
