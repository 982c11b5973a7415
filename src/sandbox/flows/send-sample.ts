import { fail, ok } from '../../kernel/result.ts'
import type { Sample, SampleWords } from '../people/sample/sample.ts'
import { removeSamples, samplesOf, sendSample } from '../people/sample/store.ts'
import type { Category } from '../people/worker.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'

/** What a worker has written for one category. */
export interface OwnSample {
  readonly category: Category
  /** What everybody reads. */
  readonly shown: Sample | undefined
  /** What was sent later: it waits for an operator, or was refused. */
  readonly sent: Sample | undefined
}

/** A worker's own samples, one entry for each category they offer. */
export async function showOwnSamples(world: SandboxWorld, worker: string): Promise<Outcome<readonly OwnSample[]>> {
  const known = await requireWorker(world, worker)
  if (!known.ok) return known
  const samples = await samplesOf(world.db, worker)
  return ok(
    known.value.categories.map((category) => {
      const own = samples.filter((sample) => sample.category === category)
      return {
        category,
        shown: own.find(({ state }) => state.name === 'shown'),
        sent: own.find(({ state }) => state.name !== 'shown'),
      }
    }),
  )
}

const oneOf = async (world: SandboxWorld, worker: string, category: Category): Promise<Outcome<OwnSample>> => {
  const own = await showOwnSamples(world, worker)
  if (!own.ok) return own
  const one = own.value.find((sample) => sample.category === category)
  return one ? ok(one) : malformed([{ path: 'category', message: 'Must be one that the worker offers' }])
}

/**
 * A worker sends a sample of their own work. Nobody else reads it before an operator has shown it; the one that is shown
 * already stays until then.
 */
export async function sendOwnSample(
  world: SandboxWorld,
  worker: string,
  words: SampleWords,
): Promise<Outcome<OwnSample>> {
  const known = await requireWorker(world, worker)
  if (!known.ok) return known
  if (known.value.standing === 'suspended') return fail({ code: 'standing', standing: known.value.standing })
  const before = await oneOf(world, worker, words.category)
  if (!before.ok) return before
  await sendSample(world.db, { ...words, worker, id: world.newId('smp'), now: world.now() })
  return oneOf(world, worker, words.category)
}

/** A worker removes what they have written for a category. */
export async function removeOwnSample(
  world: SandboxWorld,
  worker: string,
  category: Category,
): Promise<Outcome<OwnSample>> {
  await removeSamples(world.db, worker, category)
  return oneOf(world, worker, category)
}
