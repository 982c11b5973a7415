import type { Instant } from '../../../kernel/instant.ts'
import { isOpen, type Job } from '../job.ts'

/** `closed`: the job was closed, filled, taken down or ran out before the worker answered. */
export const invitationStates = ['open', 'accepted', 'declined', 'closed'] as const
export type InvitationState = (typeof invitationStates)[number]

/** Invitations that a job can make. */
export const MOST_A_JOB = 10
/** Invitations that a worker can have to answer at a time. */
export const MOST_OPEN = 3

/** A client's invitation to a worker to apply for a job. It says nothing but what the job says. */
export interface Invitation {
  readonly id: string
  readonly job: string
  readonly client: string
  readonly worker: string
  readonly state: InvitationState
  readonly createdAt: Instant
  readonly answeredAt: Instant | null
}

/** An invitation's state now: one of a job that nobody can apply for is closed, whether or not it was written down yet. */
export const invitationStateAt = (
  { state }: Pick<Invitation, 'state'>,
  job: Pick<Job, 'state' | 'closesAt' | 'clientStanding'>,
  now: Instant,
): InvitationState => (state === 'open' && !isOpen(job, now) ? 'closed' : state)
