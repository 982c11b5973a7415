import { findCredential } from '../credential/store.ts'
import type { ConcernKind } from '../integrity/concern.ts'
import { insertConcern } from '../integrity/store.ts'
import type { Problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { World } from '../world/world.ts'

/**
 * Somebody who was shown a certificate finds something odd about it. Nothing follows by itself, so that nobody can harm a
 * holder with it: operators read it. `conflict`: as many wait already as are kept.
 */
export async function raiseConcern(
  world: World,
  { credential: id, kind, note }: { readonly credential: string; readonly kind: ConcernKind; readonly note: string },
): Promise<Result<{ readonly credential: string }, Extract<Problem, { code: 'not-found' | 'gone' | 'conflict' }>>> {
  const credential = await findCredential(world.db, id)
  if (!credential) return fail({ code: 'not-found' })
  if (credential.worker === '') return fail({ code: 'gone' })
  const isKept = await insertConcern(world.db, {
    id: world.newId('cnc'),
    credential: credential.id,
    kind,
    note,
    raisedAt: world.now(),
  })
  return isKept
    ? ok({ credential: credential.id })
    : fail({ code: 'conflict', detail: 'as many concerns about this certificate wait as are kept' })
}
