import { noteOnceStatement, releaseStatement } from '../callback/store.ts'
import { credentialsOfWorker } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { plus, seconds } from '../kernel/instant.ts'
import type { Standing } from '../marketplace/contract.ts'
import { findWorker, standingStatement } from '../marketplace/store.ts'
import { isUniqueViolation, type Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { changeStatements } from './change-credential-status.ts'
import { streamOf } from './notify-marketplace.ts'

/** How often an application is tried again when a credential changed under it. */
const MOST_TRIES = 5

/**
 * Applies what the marketplace says of a worker: a suspension suspends the worker's credentials, a good standing reinstates
 * them and lets held letters go on. An older version than the one on record changes nothing; the very one on record still
 * reaches a credential that was issued after it.
 */
export async function applyStanding(world: World, worker: string, standing: Standing): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const known = await findWorker(world.db, worker)
    if (!known || known.standingVersion > standing.version) return
    const [first, ...rest] = await standingBatch(world, worker, standing, known.standingVersion < standing.version)
    if (!first) return
    try {
      await world.db.batch([first, ...rest])
      return
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
    }
  }
}

async function standingBatch(world: World, worker: string, standing: Standing, isNews: boolean): Promise<Statement[]> {
  const now = world.now()
  const credentials = await credentialsOfWorker(world.db, worker)
  const to = standing.status === 'good' ? 'active' : 'suspended'
  const affected = credentials.filter((credential) => credential.validUntil > now && follows(standing, credential))
  const changes = affected.flatMap((credential) => changeStatements(world, credential, to, { cause: 'standing', why: standing.status }))
  if (!isNews) return changes
  return [
    noteOnceStatement(world.db, { id: `standing:${worker}:${standing.version}`, type: 'standing', data: standing }, now),
    standingStatement(world.db, worker, standing),
    ...changes,
    ...(standing.status === 'good' ? [releaseStatement(world.db, streamOf(worker), now)] : []),
  ]
}

/** A suspended worker's credentials are suspended; a good standing gives back what the standing took, and nothing that an operator did. */
function follows({ status }: Standing, credential: CredentialRow): boolean {
  if (status === 'suspended') return credential.status === 'active'
  return status === 'good' && credential.status === 'suspended' && credential.statusCause === 'standing'
}

/** How soon the standing is asked for again when the answer was older than the record. */
const ASK_AGAIN_AFTER = seconds(5)

/** A good standing may have been recorded while letters were being held: then nobody else will let them go. */
export async function releaseIfGood(world: World, worker: string): Promise<void> {
  if ((await findWorker(world.db, worker))?.standing === 'good') await releaseStatement(world.db, streamOf(worker), plus(world.now(), ASK_AGAIN_AFTER))
}
