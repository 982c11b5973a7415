import { ok } from '../../../kernel/result.ts'
import { type JobDetails, showJob } from '../../flows/show-job.ts'
import { applicationOf } from '../../job/application/store.ts'
import type { Application } from '../../job/job.ts'
import { type Decision, decisionsOf } from '../../moderation/decision/store.ts'
import { findReport, type Report } from '../../moderation/report/store.ts'
import { casesAbout } from '../../moderation/store.ts'
import type { Client, Person } from '../../people/person.ts'
import { findClient, findWorker } from '../../people/store.ts'
import type { StandingStatus } from '../../people/worker.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'

/** All that the page of a job shows. */
export interface JobView extends JobDetails {
  readonly client: Client | undefined
  /** The reader's own application and report. */
  readonly application: Application | undefined
  readonly report: Report | undefined
  /** The reader's standing, if they are a worker. */
  readonly standing: StandingStatus | undefined
  /** What took the job down. */
  readonly decision: Decision | undefined
}

/** The last decision about a job that took it down. */
export async function takeDownOf(world: SandboxWorld, job: string): Promise<Decision | undefined> {
  const cases = await casesAbout(world.db, 'job', job)
  const decisions = (await Promise.all(cases.map(({ id }) => decisionsOf(world.db, id)))).flat()
  return decisions
    .toSorted((one, other) => one.decidedAt - other.decidedAt)
    .findLast(({ statement }) => statement.scope.some(({ effect }) => effect === 'take-down'))
}

/** Reads a job for somebody, signed in or not. */
export async function loadJob(world: SandboxWorld, id: string, person: Person | undefined): Promise<Outcome<JobView>> {
  const shown = await showJob(world, id, person)
  if (!shown.ok) return shown
  const { job } = shown.value
  const worker = person?.role === 'worker' ? person.id : undefined
  const [client, application, report, reader, decision] = await Promise.all([
    findClient(world.db, job.client),
    worker === undefined ? undefined : applicationOf(world.db, id, worker),
    person === undefined ? undefined : findReport(world.db, `job:${id}`, person.id),
    worker === undefined ? undefined : findWorker(world.db, worker),
    job.state === 'taken-down' ? takeDownOf(world, id) : undefined,
  ])
  return ok({ ...shown.value, client, application, report, standing: reader?.standing, decision })
}
