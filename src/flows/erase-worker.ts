import { eraseAttemptsStatements } from '../attempt/store.ts'
import { destroyStreamStatement } from '../callback/store.ts'
import { eraseHolderStatement, revokeAllStatement } from '../credential/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { eraseWorkerStatement, findWorker } from '../marketplace/store.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { streamOf } from './notify-marketplace.ts'

/**
 * The statements that erase a person: a tombstone for the id, the credentials revoked and emptied, responses and browser
 * reports deleted, attempts kept without their owner (they carry the statistics of the items), letters destroyed.
 */
export function eraseStatements(world: World, worker: string): [Statement, ...Statement[]] {
  const now = world.now()
  return [
    eraseWorkerStatement(world.db, worker, now),
    revokeAllStatement(world.db, worker, now),
    eraseHolderStatement(world.db, worker),
    ...eraseAttemptsStatements(world.db, worker, now),
    destroyStreamStatement(world.db, streamOf(worker)),
  ]
}

/** Erases a worker on the marketplace's word. Doing it again changes nothing. */
export async function eraseWorker(world: World, worker: string): Promise<Result<{ readonly worker: string; readonly erased: true }>> {
  if (!(await findWorker(world.db, worker))) return fail({ code: 'not-found' })
  await world.db.batch(eraseStatements(world, worker))
  return ok({ worker, erased: true })
}
