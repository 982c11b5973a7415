import { fail, ok } from '../../kernel/result.ts'
import type { KindReason } from '../detector/judge/detector.ts'
import { notifyOnce } from '../notification/store.ts'
import type { Person } from '../people/person.ts'
import type { Sample } from '../people/sample/sample.ts'
import { approval, findSample, refusal, sampleIs, waitingSamples, withdrawal } from '../people/sample/store.ts'
import { readWorkers } from '../people/store.ts'
import type { Worker } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** A sample as an operator reads it. */
export interface ReadSample extends Sample {
  readonly who: Worker | undefined
  /** What the detector thinks of the words, read as a post is; it decides nothing. */
  readonly suspected: readonly KindReason[]
}

async function withWriters(world: SandboxWorld, samples: readonly Sample[]): Promise<ReadSample[]> {
  const ids = samples.map(({ worker }) => worker)
  const people = new Map((await readWorkers(world.db, ids)).map((worker) => [worker.id, worker]))
  return samples.map((sample) => ({
    ...sample,
    who: people.get(sample.worker),
    suspected: world.detect({ title: sample.title, body: sample.text, category: sample.category }).reasons,
  }))
}

/** Samples that wait for an operator, those that have waited longest first. */
export const showWaitingSamples = async (
  world: SandboxWorld,
  page: Parameters<typeof waitingSamples>[1],
): Promise<ReadSample[]> => withWriters(world, await waitingSamples(world.db, page))

/** One sample, whether it waits or not. */
export async function showSample(world: SandboxWorld, id: string): Promise<ReadSample | undefined> {
  const sample = await findSample(world.db, id)
  return sample && (await withWriters(world, [sample]))[0]
}

export const sampleVerdicts = ['shown', 'refused'] as const

export interface Judged {
  readonly id: string
  readonly verdict: (typeof sampleVerdicts)[number]
  /** Read by whoever wrote the sample; empty where it is shown. */
  readonly reason: string
}

interface Written {
  readonly id: string
}

/** Writes a verdict on a sample that waits or is shown, and tells its writer; false where it was changed meanwhile. */
async function takeEffect(
  world: SandboxWorld,
  verdict: Judged & { readonly operator: string; readonly sample: Sample; readonly from: 'waiting' | 'shown' },
): Promise<boolean> {
  const { db } = world
  const { id, sample, from } = verdict
  const now = world.now()
  const told = notifyOnce(
    db,
    {
      id: world.newId('ntf'),
      person: sample.worker,
      notice: { kind: 'sample-judged', category: sample.category, outcome: verdict.verdict },
      once: `${id}/${verdict.verdict}`,
    },
    { at: now, provided: sampleIs(id, from) },
  )
  const written = { ...verdict, now }
  const refusing = from === 'shown' ? withdrawal(db, written) : ([refusal(db, written)] as const)
  const done = await db.batch([told, ...(verdict.verdict === 'shown' ? approval(db, written) : refusing)])
  return (done as Written[][]).some((rows) => Array.isArray(rows) && rows.some((row) => row.id === id))
}

/**
 * An operator shows a sample to everybody or refuses it with a reason; one that is shown can be refused later. A sample that
 * its writer has changed meanwhile is another one, which nobody has read yet.
 */
export async function judgeSample(world: SandboxWorld, operator: Person, judged: Judged): Promise<Outcome<Sample>> {
  const sample = await findSample(world.db, judged.id)
  if (!sample) return fail({ code: 'not-found' })
  if (sample.state.name === judged.verdict) return ok(sample)
  const from = sample.state.name
  const isDone = from !== 'refused' && (await takeEffect(world, { ...judged, operator: operator.id, sample, from }))
  if (!isDone) return fail({ code: 'wrong-state', state: from, detail: 'Its writer sends another one, or removes it' })
  const after = await findSample(world.db, judged.id)
  return after ? ok(after) : fail({ code: 'not-found' })
}
