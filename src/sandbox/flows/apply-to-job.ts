import { fail, ok } from '../../kernel/result.ts'
import { applicationOf, applicationsBy, applicationsFor, findApplication, insertApplication, withdrawal } from '../job/application/store.ts'
import { type Application, isOpen, type Job, stateAt } from '../job/job.ts'
import { findJob } from '../job/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem-response.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'
import { showJob } from './show-job.ts'

const MOST_APPLICATIONS = 500

export interface ApplicationRequest {
  readonly worker: Person
  readonly job: string
  readonly message: string
  readonly amount: number | null
}

/** Applies for a job, once: an application that was withdrawn is not made again. */
export async function applyToJob(world: SandboxWorld, { worker, job, message, amount }: ApplicationRequest): Promise<Outcome<Application>> {
  const known = await requireWorker(world, worker.id)
  if (!known.ok) return known
  if (known.value.standing === 'suspended') return fail({ code: 'standing', standing: 'suspended' })
  const shown = await showJob(world, job, worker)
  if (!shown.ok) return shown
  if (await applicationOf(world.db, job, worker.id)) return fail({ code: 'already-done', detail: 'One application for a job' })
  const now = world.now()
  const application = { id: world.newId('apl'), job, worker: worker.id, message, amount, state: 'open', createdAt: now } as const
  if (await insertApplication(world.db, application)) return ok(application)
  if (await applicationOf(world.db, job, worker.id)) return fail({ code: 'already-done', detail: 'One application for a job' })
  const after = await findJob(world.db, job)
  return fail({ code: 'wrong-state', state: after ? stateAt(after, now) : 'closed', detail: 'The job is not open' })
}

/** Whose applications a client reads: those for a job of their own. Operators read all. */
export async function showApplicants(world: SandboxWorld, person: Person, job: string): Promise<Outcome<readonly Application[]>> {
  const known = await findJob(world.db, job)
  if (!known || (person.role !== 'operator' && known.client !== person.id)) return fail({ code: 'not-found' })
  return ok(await applicationsFor(world.db, job, MOST_APPLICATIONS))
}

export interface OwnApplication {
  readonly application: Application
  readonly job: Job
  readonly jobIsOpen: boolean
}

/** A worker's own applications, with what they need of the jobs. */
export async function listApplications(world: SandboxWorld, of: Parameters<typeof applicationsBy>[1]): Promise<readonly OwnApplication[]> {
  const now = world.now()
  return (await applicationsBy(world.db, of)).map(({ application, job }) => ({ application, job, jobIsOpen: isOpen(job, now) }))
}

/** Withdraws one's own application, before anybody was hired for it. Doing it again changes nothing. */
export async function withdrawApplication(world: SandboxWorld, worker: string, id: string): Promise<Outcome<Application>> {
  const [withdrawn] = (await findApplication(world.db, id))?.application.worker === worker ? await withdrawal(world.db, id) : []
  if (withdrawn) return ok(withdrawn)
  const known = await findApplication(world.db, id)
  if (known?.application.worker !== worker) return fail({ code: 'not-found' })
  return known.application.state === 'withdrawn' ? ok(known.application) : fail({ code: 'wrong-state', state: known.application.state, detail: 'Somebody was hired for it' })
}
