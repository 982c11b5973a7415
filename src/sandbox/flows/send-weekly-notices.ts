import { days, type Instant, minus, plus } from '../../kernel/instant.ts'
import { stableHash } from '../../kernel/random.ts'
import type { Statement } from '../../world/database.ts'
import { readHolding } from '../evidence/belief/store.ts'
import { statusAt } from '../evidence/evidence.ts'
import { applicationsAmong } from '../job/application/store.ts'
import { findStarterJobs } from '../job/store.ts'
import {
  dueWeeklyNotices,
  endOldWeeklyNotices,
  endWeeklyNotices,
  isStillDue,
  moveWeeklyNotice,
  notifyOnce,
  type WeeklyNotice,
} from '../notification/store.ts'
import { type Category, categories } from '../people/worker.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { groupByWorker } from '../search/market.ts'
import { dayNumber, type NewcomerClaims, newcomerOf } from '../search/newcomers/newcomer.ts'
import { readFactsOf } from '../search/store.ts'
import { marketNorms } from './consult-book.ts'

/** Newcomers who are told in one sweep; the next one goes on. */
const AT_ONCE = 500
/** Weeks that are over of which one sweep forgets. */
const ENDED_AT_ONCE = 5_000
const WEEK = days(7)
/** For so long from the pass, others from joining, somebody is told. */
const WEEKS = days(28)
/** When somebody is looked at again of whom there was nothing to tell. */
const AGAIN_AFTER = days(1)
const MOST_JOBS = 3

/** A newcomer of whom a notice is due, and all that decides whether and of what they are told. */
interface DueNewcomer {
  readonly due: WeeklyNotice
  readonly claims: NewcomerClaims
  readonly fields: readonly Category[]
}

async function readNewcomers(world: SandboxWorld, due: readonly WeeklyNotice[]): Promise<DueNewcomer[]> {
  const now = world.now()
  const facts = await readFactsOf(
    world.db,
    await marketNorms(world),
    due.map(({ worker }) => worker),
  )
  const badges = groupByWorker(facts.badges)
  const reviews = new Map(facts.totals.map(({ worker, count }) => [worker, count]))
  const workers = new Map(facts.workers.map((worker) => [worker.id, worker]))
  return due.flatMap((one): DueNewcomer[] => {
    const worker = workers.get(one.worker)
    if (!worker) return []
    const held = badges.get(worker.id) ?? []
    const fields = categories.filter(
      (category) =>
        worker.categories.includes(category) ||
        held.some((badge) => badge.exam === category && statusAt(badge, now) === 'active'),
    )
    const reviewCount = reviews.get(worker.id) ?? 0
    const claims = {
      worker,
      reviewCount,
      underContract: facts.underContract.has(worker.id),
      payeeSince: facts.payees.get(worker.id),
      badges: held,
    }
    return [{ due: one, claims, fields }]
  })
}

/** Jobs to start with, by category: none of one in the cautious setting, in which nobody is told. */
async function readStarters(world: SandboxWorld): Promise<ReadonlyMap<Category, readonly string[]>> {
  const now = world.now()
  const { settings } = await readHolding(world.db)
  const told = categories.filter((category) => settings.get(category) !== 'cautious')
  return new Map(
    await Promise.all(
      told.map(async (category) => [category, await findStarterJobs(world.db, { category, now })] as const),
    ),
  )
}

/** Who is told of the same jobs is left to a hash of the week, so that not everybody applies for the same three. */
const chooseJobs = (jobs: readonly string[], seed: string): string[] =>
  jobs
    .map((job) => ({ job, key: stableHash(`${seed}/${job}`) }))
    .sort((a, b) => a.key - b.key || (a.job < b.job ? -1 : 1))
    .slice(0, MOST_JOBS)
    .map(({ job }) => job)

/** Statements that tell a newcomer of these jobs, once in a week whatever the clock does, and put off the next notice. */
function telling(world: SandboxWorld, due: WeeklyNotice, jobs: readonly string[], now: Instant): Statement[] {
  const { db } = world
  const week = Math.floor(dayNumber(now) / 7)
  const once = `starter-jobs/${due.worker}/${week}`
  const next = plus(now, WEEK)
  const told = {
    id: world.newId('ntf'),
    person: due.worker,
    notice: { kind: 'starter-jobs', jobs: chooseJobs(jobs, once) },
    once,
  } as const
  return [
    notifyOnce(db, told, { at: now, provided: isStillDue(due) }),
    next < plus(due.since, WEEKS) ? moveWeeklyNotice(db, due, { dueAt: next, sentAt: now }) : endWeeklyNotices(db, due),
  ]
}

/**
 * Tells newcomers once a week of up to three jobs to start with, for four weeks from the pass, others from joining. Where
 * there is none, or they have work or may not be offered, nothing is told and it is looked at again a day later; whoever
 * has a counted review is told no more.
 */
export async function sendWeeklyNotices(world: SandboxWorld): Promise<number> {
  const { db } = world
  const now = world.now()
  await endOldWeeklyNotices(db, minus(now, WEEKS), ENDED_AT_ONCE)
  const due = await dueWeeklyNotices(db, now, AT_ONCE)
  if (due.length === 0) return 0
  const [newcomers, starters] = await Promise.all([readNewcomers(world, due), readStarters(world)])
  const applied = await applicationsAmong(db, {
    workers: due.map(({ worker }) => worker),
    jobs: [...starters.values()].flat(),
  })
  const jobsApplied = groupByWorker(applied)
  let told = 0
  const statements = newcomers.flatMap(({ due: one, claims, fields }): Statement[] => {
    if (claims.reviewCount > 0 || claims.worker.erasedAt !== null || plus(one.since, WEEKS) <= now)
      return [endWeeklyNotices(db, one)]
    const known = new Set(jobsApplied.get(one.worker)?.map(({ job }) => job))
    const isNewcomer = newcomerOf(claims, { category: undefined, now, predicts: true }) !== undefined
    const jobs = fields.flatMap((category) => starters.get(category) ?? []).filter((job) => !known.has(job))
    if (!isNewcomer || jobs.length === 0)
      return [moveWeeklyNotice(db, one, { dueAt: plus(now, AGAIN_AFTER), sentAt: one.sentAt })]
    told += 1
    return telling(world, one, jobs, now)
  })
  const [first, ...rest] = statements
  if (first) await db.batch([first, ...rest])
  return told
}
