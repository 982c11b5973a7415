import { days, type Instant, milliseconds, minus, plus } from '../../kernel/instant.ts'
import { stableHash } from '../../kernel/random.ts'
import { findRequestedJob, indexMissingJobs } from '../job/store.ts'
import { insertIntroductions } from '../people/introduction/store.ts'
import { hasNoAccount, insertAccounts, type PayoutAccount } from '../people/payout/store.ts'
import { insertShownSamples } from '../people/sample/store.ts'
import { insertCast, insertWorkers, presentWorkers } from '../people/store.ts'
import type { Worker } from '../people/worker.ts'
import { insertPastReviews, type PastReviews, readNorms } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { indexWorkers, unindexedWorkers } from '../search/store.ts'
import { inventedClients, specialWorkers } from '../seed/clients.data.ts'
import { inventIntroduction } from '../seed/invent-introductions.ts'
import { HISTORY_ENDS, type InventedPeople, inventPeople, movedBy } from '../seed/invent-people.ts'
import { inventedJobs } from '../seed/jobs.data.ts'
import { inventedSamples } from '../seed/samples.data.ts'
import { postJob } from './post-job.ts'
import { turnBeliefs } from './turn-beliefs.ts'

/** Chosen so that the invented reviews keep to ICC₁ = 0.25. */
export const SANDBOX_SEED = '6b656e7465692d73616e64626f782d32'

const OPEN_FOR = days(360)

/** Accounts of invented people: each their own, of no bank, and nobody else can register it. */
const inventedAccounts = (workers: readonly Pick<Worker, 'id' | 'joinedAt'>[]): PayoutAccount[] =>
  workers.map(({ id, joinedAt }) => ({
    worker: id,
    account: `invented/${id}`,
    ending: String(stableHash(`${id}/account`) % 1_000).padStart(3, '0'),
    registeredAt: joinedAt,
  }))

/** Gives an account to whoever has none: nobody signs up here, and a database may be older than accounts are. */
async function payTheRest({ db }: SandboxWorld): Promise<void> {
  const [first, ...rest] = insertAccounts(db, inventedAccounts(await presentWorkers(db, hasNoAccount)))
  if (first) await db.batch([first, ...rest])
}

/** Puts workers and jobs into the full-text index that it lacks. */
async function indexTheRest({ db }: SandboxWorld): Promise<void> {
  const [first, ...rest] = [...indexWorkers(db, await unindexedWorkers(db)), ...(await indexMissingJobs(db))]
  if (first) await db.batch([first, ...rest])
}

/** By which an invented job is known, from 0. */
export const seededJobKey = (nth: number): string => `seed/job-${nth + 1}`

/** Posts the invented jobs as their clients would; the last one tells that all are there. */
async function postJobs(world: SandboxWorld): Promise<void> {
  if (await findRequestedJob(world.db, seededJobKey(inventedJobs.length - 1))) return
  for (const [nth, { client, ...draft }] of inventedJobs.entries()) {
    const posted = await postJob(world, {
      client,
      draft: { ...draft, closesAt: plus(world.now(), OPEN_FOR) },
      requestKey: seededJobKey(nth),
      anyway: true,
    })
    if (!posted.ok && posted.problem.code !== 'standing')
      throw new Error(`job ${nth + 1} of the seed was refused: ${posted.problem.code}`)
  }
}

/** Writes workers with the reviews they had, in one transaction; what is there already stays as it is. */
export async function insertPeople(
  { db }: Pick<SandboxWorld, 'db'>,
  { workers, ...past }: PastReviews & { readonly workers: readonly Worker[] },
): Promise<void> {
  const [first, ...rest] = [
    // before the workers, whose own change tells of their accounts too
    ...insertAccounts(db, inventedAccounts(workers)),
    ...insertWorkers(db, workers),
    ...indexWorkers(db, workers),
    ...insertPastReviews(db, past),
  ]
  if (first) await db.batch([first, ...rest])
}

/** Lets the invented people tell of themselves. */
async function introducePeople({ db }: SandboxWorld, { workers }: InventedPeople, opened: Instant): Promise<void> {
  const told = workers.map((worker) => inventIntroduction(worker, opened))
  const [first, ...rest] = insertIntroductions(db, told)
  if (first) await db.batch([first, ...rest])
}

/** Shows samples that newcomers wrote of their own work. */
async function showSamples(world: SandboxWorld): Promise<void> {
  const [first, ...rest] = insertShownSamples(
    world.db,
    inventedSamples.map((sample) => ({
      ...sample,
      id: `smp_seed_${sample.worker.slice(4)}_${sample.category}`,
      operator: 'opr_demo',
      now: world.now(),
    })),
  )
  if (first) await world.db.batch([first, ...rest])
}

/** Most of the invented people look in now and then: each was seen last within so many days before the market opened. */
const SEEN_WITHIN_DAYS = 40

const seenLately = (people: InventedPeople, opened: Instant): InventedPeople => ({
  ...people,
  workers: people.workers.map((worker) => ({
    ...worker,
    lastSeenAt: minus(opened, days(stableHash(`${worker.id}/seen`) % SEEN_WITHIN_DAYS)),
  })),
})

async function bringIn(world: SandboxWorld, invented: InventedPeople, opened: Instant): Promise<void> {
  const people = seenLately(invented, opened)
  await insertPeople(world, people)
  await introducePeople(world, people, opened)
  await showSamples(world)
}

/** Fills an empty sandbox with its people. They were here before it `opened`. */
export async function seedPeople(world: SandboxWorld, opened: Instant): Promise<void> {
  const later = milliseconds(opened - HISTORY_ENDS)
  await insertCast(world.db, {
    clients: inventedClients.map((client) => ({ ...client, joinedAt: plus(client.joinedAt, later) })),
    workers: specialWorkers,
  })
  await bringIn(world, movedBy(later, inventPeople(SANDBOX_SEED)), opened)
  await payTheRest(world)
}

/** Fills an empty sandbox with its people and their jobs. Leaves all data of one that has them as they are. */
export async function seedSandbox(world: SandboxWorld): Promise<void> {
  await insertCast(world.db, { clients: inventedClients, workers: specialWorkers })
  if (!(await readNorms(world.db))) await bringIn(world, inventPeople(SANDBOX_SEED), world.now())
  await payTheRest(world)
  await indexTheRest(world)
  await postJobs(world)
  await turnBeliefs(world)
}
