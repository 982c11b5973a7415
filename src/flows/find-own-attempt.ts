import { findAttempt, type StoredAttempt } from '../attempt/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { SessionClaim } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'
import { settleAttempt } from './close-attempt.ts'

/** Names an attempt on behalf of a session. */
export interface AttemptCall {
  readonly session: SessionClaim
  readonly id: string
}

/** The session's own attempt, closed and graded if its time is over. Somebody else's is not found. */
export async function findOwnAttempt(world: World, { session, id }: AttemptCall): Promise<Result<StoredAttempt>> {
  const attempt = await findAttempt(world.db, id)
  if (!attempt || attempt.worker !== session.worker) return fail({ code: 'not-found' })
  const settled = await settleAttempt(world, attempt)
  return settled ? ok(settled) : fail({ code: 'not-found' })
}
