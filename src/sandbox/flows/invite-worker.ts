import { days, type Instant, minus } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { isFreeOfContracts } from '../escrow/work/store.ts'
import { applicationOf } from '../job/application/store.ts'
import { type Invitation, invitationStateAt, MOST_A_JOB, MOST_OPEN } from '../job/invitation/invitation.ts'
import {
  countInvitations,
  countOpenInvitations,
  declineNow,
  findInvitation,
  type InvitationWithJob,
  insertInvitation,
  invitationOf,
  invitationsOf,
  isInvited,
} from '../job/invitation/store.ts'
import { isWithheld, type Job, stateAt, unread } from '../job/job.ts'
import { findJob, jobsOfClient } from '../job/store.ts'
import { notifyOnce } from '../notification/store.ts'
import { findClient } from '../people/store.ts'
import type { Worker } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { dayOf } from '../search/market.ts'
import { invitedOutcomes } from '../search/newcomers/store.ts'
import { requireWorker } from './change-standing.ts'
import { nameInFigures } from './commit-contract.ts'
import { MOST_JOINED, OUTCOME_DAYS } from './note-hire.ts'

/** When it is worth to try again where there are too many invitations: somebody may have answered, or another job is open. */
const AGAIN_AFTER = days(1)

/** A client's own job that is published: only for such a one people are invited. */
export async function requireInvitingJob(
  world: SandboxWorld,
  { client, job }: { readonly client: string; readonly job: string },
): Promise<Outcome<Job>> {
  const known = await findJob(world.db, job)
  if (known?.client !== client) return fail({ code: 'not-found' })
  const state = stateAt(known, world.now())
  if (known.clientStanding === 'suspended') return fail({ code: 'standing', standing: 'suspended' })
  if (state === 'published') return ok(known)
  const detail = state === 'queued' || state === 'held' ? 'A person looks at the job first' : 'The job is not open'
  return fail({ code: 'wrong-state', state, detail })
}

/** Why nobody was invited. */
async function refusal(world: SandboxWorld, of: InvitationRequest): Promise<Outcome<never>> {
  const job = await requireInvitingJob(world, of)
  if (!job.ok) return job
  const known = await requireWorker(world, of.worker)
  if (!known.ok) return known
  if (await invitationOf(world.db, of.job, of.worker))
    return fail({ code: 'already-done', detail: 'One invitation for a job and worker' })
  if (await applicationOf(world.db, of.job, of.worker))
    return fail({ code: 'already-done', detail: 'The worker has applied' })
  const { standing } = known.value
  if (standing === 'suspended')
    return fail({ code: 'wrong-state', state: standing, detail: 'The worker takes on no work now' })
  const [ofJob, ofWorker] = await Promise.all([
    countInvitations(world.db, of.job),
    countOpenInvitations(world.db, of.worker, world.now()),
  ])
  if (ofJob >= MOST_A_JOB || ofWorker >= MOST_OPEN)
    return fail({ code: 'rate-limited', retryAfterSeconds: AGAIN_AFTER / 1_000 })
  return fail({ code: 'wrong-state', state: 'under-contract', detail: 'The worker has a contract under way' })
}

export interface InvitationRequest {
  readonly client: string
  readonly job: string
  readonly worker: string
}

/**
 * Invites a worker to apply for a job, and tells them; where a search of the client showed them, that is noted too. One
 * invitation for a job and worker, ten of a job, and three that a worker has still to answer: whoever is quick.
 */
export async function inviteWorker(world: SandboxWorld, request: InvitationRequest): Promise<Outcome<Invitation>> {
  const { db } = world
  const { client, job, worker } = request
  const known = await requireInvitingJob(world, request)
  if (!known.ok) return known
  const now = world.now()
  const id = world.newId('inv')
  const told = {
    id: world.newId('ntf'),
    person: worker,
    notice: { kind: 'invited', invitation: id, job },
    once: id,
  } as const
  const shown = {
    reader: await nameInFigures(world, client),
    worker,
    category: known.value.category,
    after: minus(now, days(OUTCOME_DAYS)),
    limit: MOST_JOINED,
    day: dayOf(now),
    at: now,
  }
  await db.batch([
    insertInvitation(db, { id, job, client, worker, createdAt: now }, { isFree: isFreeOfContracts(worker) }),
    notifyOnce(db, told, { at: now, provided: isInvited(id) }),
    invitedOutcomes(db, shown, isInvited(id)),
  ])
  const made = await findInvitation(db, id)
  return made ? ok(made.invitation) : refusal(world, request)
}

/** Posts of a client among which is looked for those that a worker can be invited to. */
const POSTS_LOOKED_AT = 50
const POSTS_OFFERED = 3

/** A client's open job of a worker's kind of work, and how the worker was asked about it. */
export interface OwnPost {
  readonly job: Job
  /** Undefined for who was not invited yet. */
  readonly invitation: Invitation | undefined
}

/** The newest open jobs of a client to which they can invite a worker, or have. */
export async function postsToInviteTo(
  world: SandboxWorld,
  client: string,
  worker: Worker,
): Promise<readonly OwnPost[]> {
  const now = world.now()
  const posts = await jobsOfClient(world.db, { client, before: undefined, limit: POSTS_LOOKED_AT })
  const open = posts
    .map(({ job }) => job)
    .filter((job) => stateAt(job, now) === 'published' && worker.categories.includes(job.category))
    .slice(0, POSTS_OFFERED)
  const asked = await Promise.all(
    open.map(async (job) => ({
      job,
      invitation: await invitationOf(world.db, job.id, worker.id),
      applied: await applicationOf(world.db, job.id, worker.id),
    })),
  )
  return asked.flatMap(({ applied, ...post }) => (applied && !post.invitation ? [] : [post]))
}

/** An invitation with its job, as somebody of the two sides sees it. */
export interface ShownInvitation extends InvitationWithJob {
  readonly clientName: string
}

const asOf = ({ invitation, job }: InvitationWithJob, now: Instant): InvitationWithJob => ({
  invitation: { ...invitation, state: invitationStateAt(invitation, job, now) },
  job,
})

/** The invitation of a worker to a job, as it stands now. */
export async function findOwnInvitation(
  world: SandboxWorld,
  { job, worker }: { readonly job: Job; readonly worker: string },
): Promise<Invitation | undefined> {
  const invitation = await invitationOf(world.db, job.id, worker)
  return invitation && asOf({ invitation, job }, world.now()).invitation
}

/** A worker's invitations, or those that a client made, without the words of jobs that the worker may not read. */
export async function listInvitations(
  world: SandboxWorld,
  of: Parameters<typeof invitationsOf>[1],
): Promise<readonly ShownInvitation[]> {
  const found = (await invitationsOf(world.db, of)).map((one) => {
    const { invitation, job } = asOf(one, world.now())
    return { invitation, job: of.side === 'worker' && isWithheld(job) ? unread(job) : job }
  })
  const clients = [...new Set(found.map(({ invitation }) => invitation.client))]
  const names = new Map(
    await Promise.all(clients.map(async (id) => [id, (await findClient(world.db, id))?.name ?? ''] as const)),
  )
  return found.map((one) => ({ ...one, clientName: names.get(one.invitation.client) ?? '' }))
}

/** Declines an invitation that is open; doing it again changes nothing. */
export async function declineInvitation(
  world: SandboxWorld,
  { worker, id }: { readonly worker: string; readonly id: string },
): Promise<Outcome<Invitation>> {
  const now = world.now()
  const known = await findInvitation(world.db, id)
  if (known?.invitation.worker !== worker) return fail({ code: 'not-found' })
  if (asOf(known, now).invitation.state === 'open') await declineNow(world.db, { id, worker, now })
  const after = await findInvitation(world.db, id)
  if (!after) return fail({ code: 'not-found' })
  const { invitation } = asOf(after, now)
  if (invitation.state === 'declined') return ok(invitation)
  return fail({
    code: 'wrong-state',
    state: invitation.state,
    detail: 'Only an invitation that is open can be declined',
  })
}
