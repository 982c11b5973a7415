import { type Instant, minus } from '../../../kernel/instant.ts'
import type { Contract } from '../../escrow/contract.ts'
import { readCursor, writeCursor } from '../../escrow/paid-work.ts'
import { listContracts, type MovedMoney, moneyOf } from '../../escrow/store.ts'
import { listApplications, type OwnApplication } from '../../flows/apply-to-job.ts'
import { listInvitations, type ShownInvitation } from '../../flows/invite-worker.ts'
import { listOwnJobs } from '../../flows/post-job.ts'
import { showContractReviews } from '../../flows/show-reviews.ts'
import { applicationsFor } from '../../job/application/store.ts'
import { isOpen, isWithheld, type Job } from '../../job/job.ts'
import { findJob } from '../../job/store.ts'
import type { Notice } from '../../notification/notice.ts'
import { notificationsOf } from '../../notification/store.ts'
import type { Person } from '../../people/person.ts'
import { findClient, findWorker } from '../../people/store.ts'
import { REVIEW_WINDOW, reviewWindow } from '../../review/review.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { calledIn, waitsFor } from '../contracts/contract-details.ts'
import { mayReview } from '../contracts/reviews.tsx'
import { type Paged, pageOf } from '../parts/pager.tsx'
import type { Locale } from '../texts.ts'
import type { OwnContract, ToldNotice } from './account-parts.tsx'

const CONTRACTS_PER_PAGE = 20
/** Contracts that are looked through for what waits. */
const MOST_UNDER_WAY = 200
const JOBS_PER_PAGE = 20
const APPLICATIONS_PER_PAGE = 20
const MOST_APPLICANTS = 100
const INVITATIONS_PER_PAGE = 20
const NOTICES = 5

/** What somebody finds on their desk. */
export interface Desk {
  readonly contracts: Paged<OwnContract>
  /** In all contracts. */
  readonly money: MovedMoney
  /** Contracts that wait for this side. */
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

/** The place behind something that is listed by when it was made. */
const placeBehind = ({ createdAt, id }: { readonly createdAt: Instant; readonly id: string }): string =>
  writeCursor({ at: createdAt, id })

/** Contracts of a worker or a client from behind the given place on, and notices, with what waits for them whatever page is shown. */
export async function loadDesk(
  world: SandboxWorld,
  person: Person,
  { locale, after }: { readonly locale: Locale; readonly after: string | undefined },
): Promise<Desk> {
  const side = person.role === 'client' ? 'client' : 'worker'
  const settledSince = minus(world.now(), REVIEW_WINDOW)
  const [found, underWay, money, notices] = await Promise.all([
    listContracts(world.db, {
      person: person.id,
      after: readCursor(after ?? ''),
      limit: CONTRACTS_PER_PAGE + 1,
    }),
    listContracts(world.db, { person: person.id, settledSince, limit: MOST_UNDER_WAY }),
    moneyOf(world.db, person.id),
    loadNotices(world, person, { before: undefined, limit: NOTICES }),
  ])
  const { entries, next } = pageOf(found, CONTRACTS_PER_PAGE, placeBehind)
  const [shown, own] = await Promise.all([called(world, locale, entries, side), called(world, locale, underWay, side)])
  return {
    contracts: { entries: shown, next },
    money,
    notices,
    waiting: own.filter(({ contract }) => waitsFor(contract, side)),
    unreviewed: await reviewable(world, person, own),
  }
}

const madeBefore = (after: string | undefined) => {
  const place = readCursor(after ?? '')
  return place && { createdAt: place.at, id: place.id }
}

/** A worker's applications, the newest first, from behind the given place on. */
export async function loadApplications(
  world: SandboxWorld,
  worker: string,
  after: string | undefined,
): Promise<Paged<OwnApplication>> {
  const read = await listApplications(world, {
    worker,
    after: madeBefore(after),
    limit: APPLICATIONS_PER_PAGE + 1,
  })
  return pageOf(read, APPLICATIONS_PER_PAGE, ({ application }) => placeBehind(application))
}

/** A worker's invitations, the newest first, from behind the given place on. */
export async function loadInvitations(
  world: SandboxWorld,
  worker: string,
  after: string | undefined,
): Promise<Paged<ShownInvitation>> {
  const read = await listInvitations(world, {
    person: worker,
    side: 'worker',
    after: madeBefore(after),
    limit: INVITATIONS_PER_PAGE + 1,
  })
  return pageOf(read, INVITATIONS_PER_PAGE, ({ invitation }) => placeBehind(invitation))
}

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
  return { entries, next: next === undefined ? undefined : String(next) }
}
