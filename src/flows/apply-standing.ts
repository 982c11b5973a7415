import type { Standing } from '../contract/marketplace.ts'
import { isHeldBy } from '../credential/credential-status.ts'
import { plus, seconds } from '../kernel/instant.ts'
import { noteOnceStatement, onlyWhileStatement } from '../marketplace/events/store.ts'
import { findWorker, hasStandingVersion, isKept, standingStatement } from '../marketplace/store.ts'
import { releaseStatement } from '../platform/outbox/store.ts'
import { isUniqueViolation, type Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { streamOf } from './address-messages.ts'
import { situationsOf, statusStatements } from './plan-status-change.ts'

/** What the notes of a worker's standings begin with. */
export const standingNotes = (worker: string): string => `standing:${worker}:`

/** How often an application is tried again when a credential changed under it. */
const MOST_TRIES = 5

/**
 * Applies what the marketplace says of a worker: a suspension holds the worker's credentials, anything else lets them and
 * held messages go. An older version than the one on record changes nothing; the very one on record still reaches a
 * credential that was issued after it.
 */
export async function applyStanding(world: World, worker: string, standing: Standing): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const known = await findWorker(world.db, worker)
    if (!known || known.standingVersion > standing.version) return
    const changes = await standingBatch(world, worker, standing, known.standingVersion < standing.version)
    if (changes.length === 0) return
    const isSame = hasStandingVersion(worker, known.standingVersion)
    try {
      // two answers may be applied at once: of the newer one, the older must not take anything back
      await world.db.batch([onlyWhileStatement(world.db, isSame), ...changes])
      return
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
    }
  }
  throw new Error(`the credentials of ${worker} changed ${MOST_TRIES} times while the standing was applied`)
}

async function standingBatch(world: World, worker: string, standing: Standing, isNews: boolean): Promise<Statement[]> {
  const now = world.now()
  const suspends = standing.status === 'suspended'
  const situations = await situationsOf(world, worker)
  const affected = situations.filter(
    ({ credential, holds }) => credential.validUntil > now && isHeldBy(holds, 'standing') !== suspends,
  )
  const act = suspends
    ? ({ act: 'hold', cause: 'standing', ref: '', since: now } as const)
    : ({ act: 'lift', cause: 'standing', ref: '', until: now } as const)
  const changes = await statusStatements(
    world,
    situations,
    affected
      .filter(({ credential }) => !suspends || credential.status === 'active' || credential.status === 'suspended')
      .map(({ credential }) => ({ id: credential.id, acts: [act] })),
    { cause: 'standing', why: standing.status },
  )
  if (!isNews) return changes
  return [
    // it names the worker, who may be erased by now
    noteOnceStatement(
      world.db,
      { id: `${standingNotes(worker)}${standing.version}`, type: 'standing' },
      now,
      isKept(worker),
    ),
    standingStatement(world.db, worker, standing),
    ...changes,
    ...(suspends ? [] : [releaseStatement(world.db, streamOf(worker), now)]),
  ]
}

/** How soon the standing is asked for again when the answer was older than the record. */
const ASK_AGAIN_AFTER = seconds(5)

/** Which standings let messages go on: new evidence is given on a good one only; what was given once, on any but a suspension. */
export const letsPass = (kind: 'standing' | 'recheck', status: Standing['status']): boolean =>
  status === 'good' || (kind === 'recheck' && status === 'restricted')

/** A better standing may have been recorded while messages were being held: then nobody else will let them go. */
export async function releaseIfPassed(world: World, worker: string, kind: 'standing' | 'recheck'): Promise<void> {
  const recorded = (await findWorker(world.db, worker))?.standing
  if (recorded !== undefined && letsPass(kind, recorded))
    await releaseStatement(world.db, streamOf(worker), plus(world.now(), ASK_AGAIN_AFTER))
}
