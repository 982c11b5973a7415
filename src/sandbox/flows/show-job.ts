import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { countApplicants } from '../job/application/store.ts'
import { readHistories } from '../job/client-history/store.ts'
import { isUnseen, type Job } from '../job/job.ts'
import { type ClientFigures, placeScore, unknownClient } from '../job/quality.ts'
import { explainJob, type JobReason } from '../job/reasons.ts'
import { findJob, placeOfJob } from '../job/store.ts'
import type { Person } from '../people/person.ts'
import { findClient } from '../people/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** A job as somebody sees it who looks for work, with why it is where it is. */
export interface ShownJob {
  readonly job: Job
  readonly clientName: string
  readonly history: ClientFigures
  /** 0..1, falling with time; undefined for a job that the search does not list. */
  readonly score: number | undefined
  readonly reasons: readonly JobReason[]
}

export interface JobDetails extends ShownJob {
  readonly applicants: number
  /** Whether the one who looks posted it, or is an operator: they see it in every state. */
  readonly insider: boolean
}

function mayRead(job: Job, insider: boolean): Outcome<undefined> {
  if (insider) return ok(undefined)
  if (isUnseen(job) || job.clientStanding === 'suspended') return fail({ code: 'not-found' })
  if (job.state === 'taken-down')
    return fail({ code: 'taken-down', until: job.takenDownUntil === null ? null : toRfc3339(job.takenDownUntil) })
  return ok(undefined)
}

/** One job. What is held is there for its poster and operators only; of what was taken down, others learn that it was. */
export async function showJob(
  world: SandboxWorld,
  id: string,
  viewer: Person | undefined,
): Promise<Outcome<JobDetails>> {
  const job = await findJob(world.db, id)
  if (!job) return fail({ code: 'not-found' })
  const insider = viewer?.role === 'operator' || viewer?.id === job.client
  const allowed = mayRead(job, insider)
  if (!allowed.ok) return allowed
  const [client, histories, place, applicants] = await Promise.all([
    findClient(world.db, job.client),
    readHistories(world.db, [job.client]),
    placeOfJob(world.db, id),
    countApplicants(world.db, id),
  ])
  const history = histories.get(job.client) ?? unknownClient
  const now = world.now()
  return ok({
    job,
    clientName: client?.name ?? '',
    history,
    score: place && placeScore(place.rank, now),
    reasons: explainJob(job, history, now),
    applicants,
    insider,
  })
}
