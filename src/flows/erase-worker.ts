import { eraseAttemptsStatements } from '../attempt/store.ts'
import { dropStreamStatement } from '../callback/store.ts'
import { credentialsOfWorker, changeStatusStatement, eraseHolderStatement } from '../credential/store.ts'
import { mayBecome } from '../credential/credential-status.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { eraseWorkerStatement, findWorker } from '../marketplace/store.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { streamOf } from './notify-marketplace.ts'

/**
 * The statements that erase a person: a tombstone for the id, the credentials revoked and emptied, responses and browser
 * reports deleted, attempts kept without their owner (they carry the statistics of the items), waiting letters dropped.
 */
export async function eraseStatements(world: World, worker: string): Promise<[Statement, ...Statement[]]> {
  const now = world.now()
  const standing = (await credentialsOfWorker(world.db, worker)).filter((credential) => mayBecome(credential.status, 'revoked'))
  return [
    eraseWorkerStatement(world.db, worker, now),
    ...standing.map((credential) => changeStatusStatement(world.db, { id: credential.id, to: 'revoked', cause: 'operator', at: now })),
    eraseHolderStatement(world.db, worker),
    ...eraseAttemptsStatements(world.db, worker, now),
    dropStreamStatement(world.db, streamOf(worker), now),
  ]
}

/** Erases a worker on the marketplace's word. Doing it again changes nothing. */
export async function eraseWorker(world: World, worker: string): Promise<Result<{ readonly worker: string; readonly erased: true }>> {
  if (!(await findWorker(world.db, worker))) return fail({ code: 'not-found' })
  await world.db.batch(await eraseStatements(world, worker))
  return ok({ worker, erased: true })
}
