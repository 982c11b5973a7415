import { days, plus } from '../../kernel/instant.ts'
import { inventedJobs } from '../job/invented-jobs.ts'
import { findRequestedJob } from '../job/store.ts'
import { inventedClients, specialWorkers } from '../people/invent-clients.ts'
import { inventPeople } from '../people/invent-people.ts'
import { insertCast, insertSeed, readNorms } from '../people/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { indexMissingJobs, indexWorkers, unindexedWorkers } from '../search/store.ts'
import { postJob } from './post-job.ts'

/** Chosen so that the invented reviews keep to ICC₁ = 0.25. */
export const SANDBOX_SEED = '6b656e7465692d73616e64626f782d32'

const OPEN_FOR = days(360)

/** Puts workers and jobs into the full-text index that it lacks. */
async function indexTheRest({ db }: SandboxWorld): Promise<void> {
  const [first, ...rest] = [...indexWorkers(db, await unindexedWorkers(db)), ...(await indexMissingJobs(db))]
  if (first) await db.batch([first, ...rest])
}

/** Posts the invented jobs as their clients would; the last one tells that all are there. */
async function postJobs(world: SandboxWorld): Promise<void> {
  const keyOf = (nth: number) => `seed/job-${nth + 1}`
  if (await findRequestedJob(world.db, keyOf(inventedJobs.length - 1))) return
  for (const [nth, { client, ...draft }] of inventedJobs.entries()) {
    const posted = await postJob(world, { client, draft: { ...draft, closesAt: plus(world.now(), OPEN_FOR) }, requestKey: keyOf(nth) })
    if (!posted.ok && posted.problem.code !== 'standing') throw new Error(`job ${nth + 1} of the seed was refused: ${posted.problem.code}`)
  }
}

/** Fills an empty sandbox with its people and their jobs. Leaves all data of one that has them as they are. */
export async function seedSandbox(world: SandboxWorld): Promise<void> {
  await insertCast(world.db, { clients: inventedClients, workers: specialWorkers })
  if (!(await readNorms(world.db))) await insertSeed(world.db, inventPeople(SANDBOX_SEED))
  await indexTheRest(world)
  await postJobs(world)
}
