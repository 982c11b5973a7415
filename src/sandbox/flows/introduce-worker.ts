import { fail, ok } from '../../kernel/result.ts'
import { emptyIntroduction, type Introduction } from '../people/introduction/introduction.ts'
import { introduce, type Offer, readIntroductions } from '../people/introduction/store.ts'
import type { Worker } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { indexWorkers } from '../search/store.ts'
import { requireWorker } from './change-standing.ts'

/** What somebody tells of themselves, as they may change it. */
export interface OwnIntroduction {
  readonly worker: Worker
  readonly introduction: Introduction
}

export async function showOwnIntroduction(world: SandboxWorld, id: string): Promise<Outcome<OwnIntroduction>> {
  const worker = await requireWorker(world, id)
  if (!worker.ok) return worker
  const [introduction] = await readIntroductions(world.db, [id])
  return ok({ worker: worker.value, introduction: introduction ?? emptyIntroduction(id) })
}

/** Writes what a worker tells of themselves and offers; a search finds the new words at once. */
export async function introduceWorker(
  world: SandboxWorld,
  told: Introduction,
  offer: Offer,
): Promise<Outcome<OwnIntroduction>> {
  const worker = await requireWorker(world, told.worker)
  if (!worker.ok) return worker
  if (worker.value.standing === 'suspended') return fail({ code: 'standing', standing: worker.value.standing })
  await world.db.batch([
    ...introduce(world.db, told, offer),
    ...indexWorkers(world.db, [{ ...worker.value, ...offer }]),
  ])
  return showOwnIntroduction(world, told.worker)
}
