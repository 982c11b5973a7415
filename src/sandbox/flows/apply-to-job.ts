import type { Instant } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { listContracts } from '../escrow/store.ts'
import { countPaid } from '../escrow/work/store.ts'
import {
  applicationOf,
  applicationsBy,
  applicationsFor,
  applicationTimes,
  findApplication,
  insertApplication,
  withdrawal,
} from '../job/application/store.ts'
import { invitationsFor } from '../job/invitation/store.ts'
import { type Application, isOpen, isWithheld, type Job, stateAt, unread } from '../job/job.ts'
import { findJob } from '../job/store.ts'
import { type Allowance, allowances, footingOf, spansOf } from '../people/allowance.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { type Listing, reasonsOf } from '../search/market.ts'
import { rankWorkers } from '../search/quality.ts'
import { invitedReason, type Reason } from '../search/reasons.ts'
import { requireWorker } from './change-standing.ts'
import { consultBook } from './consult-book.ts'
import { isInDoubt, refuseBeyond } from './limit-acts.ts'
import { showJob } from './show-job.ts'
import { readListings } from './show-market.ts'
import { readerOf } from './show-row.ts'
import { takeContractStep } from './take-contract-step.ts'

const MOST_APPLICATIONS = 500

export interface ApplicationRequest {
  readonly worker: Person
  readonly job: string
  readonly message: string
  readonly amount: number | null
}

const mayApply = async (world: SandboxWorld, worker: string, allowance: Allowance, now: Instant) =>
  refuseBeyond(await applicationTimes(world.db, worker, allowance.day), allowance, now)

/** Applies for a job, once: an application that was withdrawn is not made again. */
export async function applyToJob(
  world: SandboxWorld,
  { worker, job, message, amount }: ApplicationRequest,
): Promise<Outcome<Application>> {
  const known = await requireWorker(world, worker.id)
  if (!known.ok) return known
  if (known.value.standing === 'suspended') return fail({ code: 'standing', standing: 'suspended' })
  const shown = await showJob(world, job, worker)
  if (!shown.ok) return shown
  if (await applicationOf(world.db, job, worker.id))
    return fail({ code: 'already-done', detail: 'One application for a job' })
  const now = world.now()
  const [paid, inDoubt] = await Promise.all([countPaid(world.db, worker.id), isInDoubt(world, 'worker', worker.id)])
  const allowance = allowances.apply[footingOf({ ...known.value, paid, inDoubt }, now)]
  const allowed = await mayApply(world, worker.id, allowance, now)
  if (!allowed.ok) return allowed
  const application = {
    id: world.newId('apl'),
    job,
    worker: worker.id,
    message,
    amount,
    state: 'open',
    createdAt: now,
  } as const
  if (await insertApplication(world.db, application, spansOf(allowance, now))) return ok(application)
  if (await applicationOf(world.db, job, worker.id))
    return fail({ code: 'already-done', detail: 'One application for a job' })
  const overtaken = await mayApply(world, worker.id, allowance, now)
  if (!overtaken.ok) return overtaken
  const after = await findJob(world.db, job)
  return fail({ code: 'wrong-state', state: after ? stateAt(after, now) : 'closed', detail: 'The job is not open' })
}

/** Somebody who applied. */
export interface Applicant {
  readonly application: Application
  /** Undefined for somebody who left. */
  readonly listing: Listing | undefined
  /** Whether the client invited them. */
  readonly invited: boolean
  /** Why they stand where they do. */
  readonly reasons: readonly Reason[]
}

/**
 * Whose applications a client reads: those for a job of their own. Operators read all. They stand in the order of the
 * job's category, whoever came first; who left stands at the end.
 */
export async function showApplicants(
  world: SandboxWorld,
  person: Person,
  id: string,
): Promise<Outcome<{ readonly job: Job; readonly applicants: readonly Applicant[] }>> {
  const job = await findJob(world.db, id)
  if (!job || (person.role !== 'operator' && job.client !== person.id)) return fail({ code: 'not-found' })
  const [applications, invitations, { arm }, book] = await Promise.all([
    applicationsFor(world.db, id, MOST_APPLICATIONS),
    invitationsFor(world.db, id),
    readerOf(world, { person: job.client, draw: undefined }),
    consultBook(world),
  ])
  const at = { category: job.category, now: world.now(), terms: book.termsOf(arm) }
  const listings = await readListings(
    world,
    applications.map(({ worker }) => worker),
    at,
  )
  const places = new Map(rankWorkers([...listings.values()]).map(({ id: worker }, place) => [worker, place]))
  const placeOf = ({ worker }: Application): number => places.get(worker) ?? applications.length
  const asked = new Set(invitations.map(({ worker }) => worker))
  const applicants = applications
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .map((application): Applicant => {
      const listing = listings.get(application.worker)
      const invited = asked.has(application.worker)
      const reasons = listing ? reasonsOf(listing, { ...at, drawn: undefined }) : []
      return { application, listing, invited, reasons: invited ? [invitedReason, ...reasons] : reasons }
    })
  return ok({ job, applicants })
}

export interface OwnApplication {
  readonly application: Application
  /** Without its words while others than its poster may not read them. */
  readonly job: Job
  readonly jobIsOpen: boolean
  readonly jobIsWithheld: boolean
}

/** A worker's own applications, with what they need of the jobs. */
export async function listApplications(
  world: SandboxWorld,
  of: Parameters<typeof applicationsBy>[1],
): Promise<readonly OwnApplication[]> {
  const now = world.now()
  return (await applicationsBy(world.db, of)).map(({ application, job }) => {
    const jobIsWithheld = isWithheld(job)
    return {
      application,
      job: jobIsWithheld ? unread(job) : job,
      jobIsOpen: isOpen(job, now),
      jobIsWithheld,
    }
  })
}

/** Proposals of one job to one worker that wait for money: a client may make few, and each waits for minutes. */
const MOST_PROPOSED = 50

/** What was proposed to a worker for a job that they want no more ends. */
async function endProposals(world: SandboxWorld, worker: Person, job: string): Promise<void> {
  const proposed = await listContracts(world.db, { person: worker.id, job, status: 'proposed', limit: MOST_PROPOSED })
  // what has ended meanwhile refuses, and that is well
  for (const { id } of proposed)
    await takeContractStep(world, { contract: id, person: worker, act: { type: 'cancel' } })
}

/** Withdraws one's own application, before anybody was hired for it, and what was proposed for it. Doing it again changes nothing. */
export async function withdrawApplication(
  world: SandboxWorld,
  worker: Person,
  id: string,
): Promise<Outcome<Application>> {
  const own = async () => {
    const known = await findApplication(world.db, id)
    return known?.application.worker === worker.id ? known.application : undefined
  }
  const [withdrawn] = (await own()) ? await withdrawal(world.db, id) : []
  const application = withdrawn ?? (await own())
  if (!application) return fail({ code: 'not-found' })
  if (application.state !== 'withdrawn')
    return fail({ code: 'wrong-state', state: application.state, detail: 'Somebody was hired for it' })
  await endProposals(world, worker, application.job)
  return ok(application)
}
