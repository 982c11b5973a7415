import { eraseSightingsStatement } from '../attempt/seen-keys/store.ts'
import { eraseAttemptsStatements } from '../attempt/store.ts'
import { destroyPersonKeyStatement } from '../audit/store.ts'
import { destroyEventsStatements, destroyStreamStatement } from '../callback/store.ts'
import { eraseHistoryStatements } from '../credential/history/store.ts'
import { eraseHolderStatement, revokeAllStatement } from '../credential/store.ts'
import { eraseCasesStatement, eraseConcernsStatement } from '../integrity/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { eraseSessionsStatement } from '../marketplace/sessions/store.ts'
import { eraseWorkerStatement, findWorker } from '../marketplace/store.ts'
import { eraseEvidenceStatements } from '../ranking/store.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { readsOf, streamOf } from './address-letters.ts'
import { noteActIfDone } from './note-act.ts'

/**
 * The statements that erase a person: a tombstone for the id, the credentials revoked and emptied, responses and browser
 * reports deleted, attempts kept without their owner (they carry the statistics of the items), evidence, concerns, letters
 * and events destroyed, and the key without which the log of acts tells nobody whom it speaks of.
 */
export async function eraseStatements(world: World, worker: string): Promise<[Statement, ...Statement[]]> {
  const now = world.now()
  return [
    eraseWorkerStatement(world.db, worker, now),
    ...(await noteActIfDone(world, { act: 'worker.erased', actor: 'marketplace', subject: { person: worker } })),
    destroyPersonKeyStatement(world.db, worker),
    eraseSessionsStatement(world.db, worker),
    eraseSightingsStatement(world.db, worker),
    ...eraseHistoryStatements(world.db, worker, now),
    revokeAllStatement(world.db, worker, now),
    eraseHolderStatement(world.db, worker),
    ...eraseAttemptsStatements(world.db, worker, now),
    ...eraseEvidenceStatements(world.db, worker),
    eraseCasesStatement(world.db, worker),
    eraseConcernsStatement(world.db, worker),
    destroyStreamStatement(world.db, streamOf(worker)),
    destroyStreamStatement(world.db, readsOf(worker)),
    ...destroyEventsStatements(world.db, worker),
  ]
}

/** Erases a worker on the marketplace's word. Doing it again changes nothing. */
export async function eraseWorker(world: World, worker: string): Promise<Result<{ readonly worker: string; readonly erased: true }>> {
  if (!(await findWorker(world.db, worker))) return fail({ code: 'not-found' })
  await world.db.batch(await eraseStatements(world, worker))
  return ok({ worker, erased: true })
}
