import { requestOf } from '../contract/call.ts'
import { type ExamJob, examJob, examJobs, MOST_JOBS, readExamJobs } from '../contract/marketplace.ts'
import { signingKey } from '../credential/keys.ts'
import { type Instant, milliseconds, minutes, parseRfc3339, plus } from '../kernel/instant.ts'
import { callMarketplace } from '../marketplace/call-marketplace.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'

/** The candidate's page waits for it, and is whole without it. */
const WITHIN = milliseconds(700)
/** How long an answer stands, and how long a marketplace that gave none is left alone, whoever reads. */
const ANSWER_STANDS = minutes(5)
const QUIET_FOR = minutes(1)

/** The open jobs that the marketplace names for an exam. */
export interface JobFeed {
  /** The best first. */
  readonly jobs: readonly ExamJob[]
  /** Of all, also of those that are not named; undefined where the marketplace does not say. */
  readonly total?: number | undefined
  readonly url?: string | undefined
}

interface Remembered {
  readonly feed: JobFeed | undefined
  readonly until: Instant
}

// by the settings of a service, as long as they live; as many entries as there are exams
const memories = new WeakMap<object, Map<string, Remembered>>()

/** An address of the marketplace itself: a feed sends nobody anywhere else. */
const isAt = (origin: string, url: string): boolean => new URL(url).origin === origin

async function ask(world: World, exam: string): Promise<JobFeed | undefined> {
  const key = signingKey(await keyRingOf(world), 'service')
  if (!key) return undefined
  const request = { ...requestOf(readExamJobs, { path: { exam } }), idempotencyKey: world.newUuid(), within: WITHIN }
  const reply = await callMarketplace(world, key, request, world.now()).catch(() => undefined)
  const told = reply?.status === 200 ? examJobs.safeParse(reply.body) : undefined
  if (!told?.success) return undefined
  const { origin } = world.settings.marketplace
  const { total, url } = told.data
  const jobs = told.data.jobs.slice(0, MOST_JOBS).flatMap((one) => {
    const { data } = examJob.safeParse(one)
    return data && isAt(origin, data.url) ? [data] : []
  })
  return {
    jobs,
    ...(total == null ? {} : { total }),
    ...(url != null && isAt(origin, url) ? { url } : {}),
  }
}

/** A feed is remembered for some minutes, in which a job may close. */
const openAt = (feed: JobFeed, now: Instant): JobFeed => ({
  ...feed,
  jobs: feed.jobs.filter(({ closesAt }) => closesAt == null || (parseRfc3339(closesAt) ?? now) > now),
})

/** Open jobs for which a certificate of an exam helps; undefined where the marketplace names none, or not at once. `exam` is one that there is. */
export async function readJobFeed(world: World, exam: string): Promise<JobFeed | undefined> {
  const now = world.now()
  const memory = memories.get(world.settings) ?? new Map<string, Remembered>()
  memories.set(world.settings, memory)
  const known = memory.get(exam)
  // a clock that was set back makes nothing last longer
  const stands = known && known.until > now && known.until <= plus(now, ANSWER_STANDS)
  const feed = stands ? known.feed : await ask(world, exam)
  if (!stands) memory.set(exam, { feed, until: plus(now, feed ? ANSWER_STANDS : QUIET_FOR) })
  const open = feed && openAt(feed, now)
  return open && open.jobs.length > 0 ? open : undefined
}
