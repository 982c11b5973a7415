import type { Contract } from '../../escrow/contract.ts'
import { listContracts } from '../../escrow/store.ts'
import { listApplications, type OwnApplication } from '../../flows/apply-to-job.ts'
import { listInvitations, type ShownInvitation } from '../../flows/invite-worker.ts'
import { listOwnJobs } from '../../flows/post-job.ts'
import { showContractReviews } from '../../flows/show-reviews.ts'
import { applicationsFor, findApplication } from '../../job/application/store.ts'
import { isOpen, isWithheld, type Job } from '../../job/job.ts'
import { findJob } from '../../job/store.ts'
import type { Notice } from '../../notification/notice.ts'
import { notificationsOf } from '../../notification/store.ts'
import type { Person } from '../../people/person.ts'
import { findClient, findWorker } from '../../people/store.ts'
import { reviewWindow } from '../../review/review.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { calledIn, waitsFor } from '../contracts/contract-details.ts'
import { mayReview } from '../contracts/reviews.tsx'
import type { Locale } from '../texts.ts'
import type { OwnContract, ToldNotice } from './account-parts.tsx'

const MOST_CONTRACTS = 200
const JOBS_PER_PAGE = 20
const APPLICATIONS_PER_PAGE = 20
const MOST_APPLICANTS = 100
const MOST_INVITATIONS = 20
const NOTICES = 5

/** What somebody finds on their desk. */
export interface Desk {
  readonly contracts: readonly OwnContract[]
  /** Those that wait for this side. */
  readonly waiting: readonly OwnContract[]
  /** Those of which this side can write a review. */
  readonly unreviewed: readonly OwnContract[]
  readonly notices: readonly ToldNotice[]
}

async function called(
  world: SandboxWorld,
  locale: Locale,
  contracts: readonly Contract[],
  side: 'client' | 'worker',
): Promise<OwnContract[]> {
  const find = side === 'client' ? findWorker : findClient
  const others = [...new Set(contracts.map((contract) => contract[side === 'client' ? 'worker' : 'client']))]
  const names = new Map(
    await Promise.all(others.map(async (id) => [id, calledIn(locale, await find(world.db, id))] as const)),
  )
  return contracts.map((contract) => ({
    contract,
    other: names.get(contract[side === 'client' ? 'worker' : 'client']) ?? '',
  }))
}

async function reviewable(
  world: SandboxWorld,
  person: Person,
  contracts: readonly OwnContract[],
): Promise<OwnContract[]> {
  const now = world.now()
  const open = contracts.filter(({ contract }) => {
    const window = reviewWindow(contract)
    return window !== undefined && now < window.closesAt
  })
  const reviews = await Promise.all(open.map(({ contract }) => showContractReviews(world, contract.id, person)))
  return open.filter((_, at) => {
    const found = reviews[at]
    return found?.ok === true && mayReview(found.value, now)
  })
}

/** The jobs that a notice is about; of those that others than their poster are told of, only what they may read. */
async function jobsIn(world: SandboxWorld, notice: Notice): Promise<ToldNotice['about']> {
  const ids = 'jobs' in notice ? notice.jobs : 'job' in notice ? [notice.job] : []
  const jobs = await Promise.all(ids.map((id) => findJob(world.db, id)))
  const isOfPoster = notice.kind === 'post-held' || notice.kind === 'post-cleared'
  return jobs.flatMap((job) => (job && (isOfPoster || !isWithheld(job)) ? [{ id: job.id, title: job.title }] : []))
}

/** What somebody was told, the newest first, each with the titles of the jobs that it is about. */
export async function loadNotices(
  world: SandboxWorld,
  person: Person,
  page: { readonly before: string | undefined; readonly limit: number },
): Promise<ToldNotice[]> {
  const notices = await notificationsOf(world.db, person.id, { ...page, unread: false })
  return Promise.all(
    notices.map(async (notification) => ({ ...notification, about: await jobsIn(world, notification.notice) })),
  )
}

/** Contracts and notices of a worker or a client, with what waits for them. */
export async function loadDesk(world: SandboxWorld, person: Person, locale: Locale): Promise<Desk> {
  const side = person.role === 'client' ? 'client' : 'worker'
  const [found, notices] = await Promise.all([
    listContracts(world.db, { person: person.id, limit: MOST_CONTRACTS }),
    loadNotices(world, person, { before: undefined, limit: NOTICES }),
  ])
  const contracts = await called(world, locale, found, side)
  return {
    contracts,
    notices,
    waiting: contracts.filter(({ contract }) => waitsFor(contract, side)),
    unreviewed: await reviewable(world, person, contracts),
  }
}

/** A page of a list, and where its older part begins. */
export interface Paged<Entry> {
  readonly entries: readonly Entry[]
  readonly older: string | undefined
}

/** A worker's applications, the newest first, from behind the given one on. */
export async function loadApplications(
  world: SandboxWorld,
  worker: string,
  after: string | undefined,
): Promise<Paged<OwnApplication>> {
  const from = after === undefined ? undefined : (await findApplication(world.db, after))?.application
  const read = await listApplications(world, {
    worker,
    after: from?.worker === worker ? from : undefined,
    limit: APPLICATIONS_PER_PAGE + 1,
  })
  const entries = read.slice(0, APPLICATIONS_PER_PAGE)
  return { entries, older: read.length > entries.length ? entries.at(-1)?.application.id : undefined }
}

export const loadInvitations = (world: SandboxWorld, worker: string): Promise<readonly ShownInvitation[]> =>
  listInvitations(world, { person: worker, side: 'worker', after: undefined, limit: MOST_INVITATIONS })

/** A job of one's own, with how many wait for an answer. */
export interface OwnJob {
  readonly job: Job
  readonly open: boolean
  readonly waiting: number
}

/** A client's jobs, the newest first, from before the given number on. */
export async function loadJobs(
  world: SandboxWorld,
  client: string,
  before: number | undefined,
): Promise<Paged<OwnJob>> {
  const now = world.now()
  const { jobs, next } = await listOwnJobs(world, { client, before, limit: JOBS_PER_PAGE })
  const entries = await Promise.all(
    jobs.map(async (job) => {
      const applications = await applicationsFor(world.db, job.id, MOST_APPLICANTS)
      return { job, open: isOpen(job, now), waiting: applications.filter(({ state }) => state === 'open').length }
    }),
  )
  return { entries, older: next === undefined ? undefined : String(next) }
}
