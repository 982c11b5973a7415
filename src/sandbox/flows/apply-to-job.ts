import { days, type Instant, minus, plus } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import {
  applicationOf,
  applicationsBy,
  applicationsFor,
  applicationsSince,
  findApplication,
  insertApplication,
  withdrawal,
} from '../job/application/store.ts'
import { type Application, isOpen, isWithheld, type Job, stateAt } from '../job/job.ts'
import { findJob } from '../job/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'
import { showJob } from './show-job.ts'

const MOST_APPLICATIONS = 500
/** Applications of one worker in any 24 hours. */
export const MOST_A_DAY = 50
const DAY = days(1)

export interface ApplicationRequest {
  readonly worker: Person
  readonly job: string
  readonly message: string
  readonly amount: number | null
}

async function tooMany(world: SandboxWorld, worker: string, now: Instant) {
  const { recent, first } = await applicationsSince(world.db, worker, minus(now, DAY))
  if (recent < MOST_A_DAY) return undefined
  return fail({
    code: 'rate-limited',
    retryAfterSeconds: Math.max(1, Math.ceil((plus(first ?? now, DAY) - now) / 1_000)),
  } as const)
}

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
  const refused = await tooMany(world, worker.id, now)
  if (refused) return refused
  const application = {
    id: world.newId('apl'),
    job,
    worker: worker.id,
    message,
    amount,
    state: 'open',
    createdAt: now,
  } as const
  if (await insertApplication(world.db, application, { most: MOST_A_DAY, since: minus(now, DAY) }))
    return ok(application)
  if (await applicationOf(world.db, job, worker.id))
    return fail({ code: 'already-done', detail: 'One application for a job' })
  const overtaken = await tooMany(world, worker.id, now)
  if (overtaken) return overtaken
  const after = await findJob(world.db, job)
  return fail({ code: 'wrong-state', state: after ? stateAt(after, now) : 'closed', detail: 'The job is not open' })
}

/** Whose applications a client reads: those for a job of their own. Operators read all. */
export async function showApplicants(
  world: SandboxWorld,
  person: Person,
  job: string,
): Promise<Outcome<readonly Application[]>> {
  const known = await findJob(world.db, job)
  if (!known || (person.role !== 'operator' && known.client !== person.id)) return fail({ code: 'not-found' })
  return ok(await applicationsFor(world.db, job, MOST_APPLICATIONS))
}

export interface OwnApplication {
  readonly application: Application
  /** Without its words while others than its poster may not read them. */
  readonly job: Job
  readonly jobIsOpen: boolean
  readonly jobIsWithheld: boolean
}

/** Stands for words that may not be read. */
const UNREAD = '—'

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
      job: jobIsWithheld ? { ...job, title: UNREAD, body: UNREAD } : job,
      jobIsOpen: isOpen(job, now),
      jobIsWithheld,
    }
  })
}

/** Withdraws one's own application, before anybody was hired for it. Doing it again changes nothing. */
export async function withdrawApplication(
  world: SandboxWorld,
  worker: string,
  id: string,
): Promise<Outcome<Application>> {
  const [withdrawn] =
    (await findApplication(world.db, id))?.application.worker === worker ? await withdrawal(world.db, id) : []
  if (withdrawn) return ok(withdrawn)
  const known = await findApplication(world.db, id)
  if (known?.application.worker !== worker) return fail({ code: 'not-found' })
  return known.application.state === 'withdrawn'
    ? ok(known.application)
    : fail({ code: 'wrong-state', state: known.application.state, detail: 'Somebody was hired for it' })
}
