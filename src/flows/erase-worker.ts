import { archivableOf } from '../attempt/archive/store.ts'
import { eraseSightingsStatement } from '../attempt/seen-keys/store.ts'
import { eraseAttemptsStatements } from '../attempt/store.ts'
import { destroyPersonKeyStatement, keysOfPeople } from '../audit/store.ts'
import { eraseHistoryStatements } from '../credential/history/store.ts'
import { eraseHolderStatement, revokeAllStatement } from '../credential/store.ts'
import { eraseIntegrityStatements } from '../integrity/store.ts'
import { erasePublisherStatements } from '../item/publishing/store.ts'
import { eraseDraftAuthorStatements } from '../item/source/store.ts'
import { eraseLeakMarkerStatement } from '../item/store.ts'
import { days, instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { destroyEventsStatement, forgetNotedStatement, hiredNotes } from '../marketplace/events/store.ts'
import { eraseSessionsStatement } from '../marketplace/sessions/store.ts'
import {
  findWorker,
  forgetWorkerStatements,
  namedTombstones,
  noteErasedWork,
  tombstoneStatement,
  wasErased,
} from '../marketplace/store.ts'
import { tombstonesOf } from '../marketplace/tombstone.ts'
import { destroyMessagesStatements } from '../platform/outbox/store.ts'
import { eraseEvidenceStatements } from '../ranking/store.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { standingNotes } from './apply-standing.ts'
import { noteActIfDone } from './note-act.ts'

const DAY = days(1)

/**
 * The statements that erase a person. What stays is a keyed hash of the id, so that it is not taken up again; the numbers of
 * the certificates, revoked and joined to nothing, so that a copy proves nothing; and entries in the log of acts whose key
 * is destroyed. How often items were shown stays, as it is nobody's. Run again, they change nothing.
 */
export async function eraseStatements(world: World, worker: string): Promise<[Statement, ...Statement[]]> {
  const { db, settings } = world
  // of the day, not of the moment, which would tell which certificates were one person's
  const day = instant(Math.floor(world.now() / DAY) * DAY)
  const [tombstone] = await tombstonesOf(worker, settings.tombstoneSecrets.slice(0, 1))
  if (tombstone === undefined) throw new Error('without a secret nobody can be erased')
  return [
    tombstoneStatement(db, tombstone),
    ...(await noteActIfDone(world, { act: 'worker.erased', actor: 'marketplace', subject: { person: worker } })),
    destroyPersonKeyStatement(db, worker),
    eraseSessionsStatement(db, worker),
    eraseSightingsStatement(db, worker),
    ...eraseHistoryStatements(db, worker, day),
    revokeAllStatement(db, worker, day),
    eraseHolderStatement(db, worker),
    ...eraseAttemptsStatements(db, worker),
    ...eraseEvidenceStatements(db, worker),
    ...eraseIntegrityStatements(db, worker),
    ...erasePublisherStatements(db, worker),
    eraseLeakMarkerStatement(db, worker),
    ...eraseDraftAuthorStatements(db, worker),
    ...destroyMessagesStatements(db, worker),
    destroyEventsStatement(db, worker),
    forgetNotedStatement(db, standingNotes(worker)),
    forgetNotedStatement(db, hiredNotes(worker)),
    ...forgetWorkerStatements(db, worker),
  ]
}

/** Whoever was launched once, as a candidate or as staff, and whoever was erased. */
async function isKnown({ db, settings }: World, person: string): Promise<boolean> {
  if ((await findWorker(db, person)) || (await keysOfPeople(db, [person])).has(person)) return true
  return wasErased(db, await tombstonesOf(person, settings.tombstoneSecrets))
}

/**
 * Erases with `erase`, and what the archive holds of a person before and after it: what is interrupted is asked for again, and
 * finds the attempts; and somebody may have archived one meanwhile.
 */
export async function emptyingArchive<T>(
  { db, archive, now }: World,
  worker: string,
  erase: () => Promise<T>,
): Promise<T> {
  if (!archive) return erase()
  const attempts = await archivableOf(db, worker)
  await noteErasedWork(
    db,
    attempts.map((id) => id.slice(-2)),
    now(),
  )
  for (const id of attempts) await archive.removeOf(id)
  const erased = await erase()
  for (const id of attempts) await archive.removeOf(id)
  return erased
}

/** Erases a worker on the marketplace's word. Doing it again changes nothing. */
export async function eraseWorker(
  world: World,
  worker: string,
): Promise<Result<{ readonly worker: string; readonly erased: true }>> {
  if (!(await isKnown(world, worker))) return fail({ code: 'not-found' })
  await emptyingArchive(world, worker, async () => world.db.batch(await eraseStatements(world, worker)))
  return ok({ worker, erased: true })
}

/** How many one sweep takes over. */
const PAGE = 20

/** Erases again who was erased when a tombstone still was the person's id. */
export async function closeNamedTombstones(world: World): Promise<void> {
  for (const worker of await namedTombstones(world.db, PAGE))
    await emptyingArchive(world, worker, async () => world.db.batch(await eraseStatements(world, worker)))
}
