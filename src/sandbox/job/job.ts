import type { Instant } from '../../kernel/instant.ts'
import { indexedText } from '../../platform/words/full-text.ts'
import type { Band } from '../detector/judge/calibration.ts'
import type { Assessment } from '../detector/judge/detector.ts'
import type { Category, StandingStatus } from '../people/worker.ts'
import { clarityFactor, clarityOf, log2Factor, trustFactor } from './quality.ts'

/**
 * `queued` is published while a person looks at it, `held` is not shown until a person has. `filled` has found all its
 * people. What was taken down returns to what it was when the time is over or an appeal succeeds.
 */
export const jobStates = ['published', 'queued', 'held', 'taken-down', 'closed', 'filled'] as const
export type JobState = (typeof jobStates)[number]

export const payTypes = ['fixed', 'hourly', 'per-item'] as const
export type PayType = (typeof payTypes)[number]

/** What is paid for the whole, per hour or per item, in yen. */
export interface Pay {
  readonly type: PayType
  readonly amount: number
}

/** Work that a client offers. */
export interface Job {
  readonly id: string
  readonly client: string
  readonly title: string
  readonly body: string
  readonly category: Category
  readonly payType: PayType
  /** Yen, 1 or more. */
  readonly payAmount: number
  /** How many people are looked for. */
  readonly headcount: number
  /** Whether it says that who is new here is welcome. */
  readonly welcomesNewcomers: boolean
  readonly hired: number
  readonly state: JobState
  /** What a job that is taken down returns to; `held` of one that was closed while it waited for a person. */
  readonly restoredTo: JobState
  /** When it returns by itself; null when a person has to decide, or nothing was taken down. */
  readonly takenDownUntil: Instant | null
  readonly createdAt: Instant
  /** When it was first shown, or would have been. */
  readonly publishedAt: Instant
  readonly closesAt: Instant | null
  /** Standing of the client, kept in step by the database. */
  readonly clientStanding: StandingStatus
  readonly assessment: Assessment
  /** Whether nothing that the detector suspects lowers its place, such as after a person has looked. */
  readonly cleared: boolean
  /** Grows by one with every change. */
  readonly version: number
}

/** A job's state now: one whose time is over is closed, whether or not it was written down yet. */
export const stateAt = (job: Pick<Job, 'state' | 'closesAt'>, now: Instant): JobState =>
  (job.state === 'published' || job.state === 'queued') && job.closesAt !== null && job.closesAt <= now
    ? 'closed'
    : job.state

/** Whether it waits for a person before anybody else reads it. Closing it does not show it. */
export const isUnseen = ({ state, restoredTo }: Pick<Job, 'state' | 'restoredTo'>): boolean =>
  state === 'held' || (state === 'closed' && restoredTo === 'held')

/** Whether others than its poster and operators may not read it now. The store says the same of its rows. */
export const isWithheld = (job: Pick<Job, 'state' | 'restoredTo' | 'clientStanding'>): boolean =>
  isUnseen(job) || job.state === 'taken-down' || job.clientStanding === 'suspended'

/** A job without its words, for who may not read them. */
export const unread = <J extends Pick<Job, 'title' | 'body'>>(job: J): J => ({ ...job, title: '—', body: '—' })

/** Whether people can apply. */
export function isOpen(job: Pick<Job, 'state' | 'closesAt' | 'clientStanding'>, now: Instant): boolean {
  const state = stateAt(job, now)
  return (state === 'published' || state === 'queued') && job.clientStanding !== 'suspended'
}

export const applicationStates = ['open', 'withdrawn', 'hired'] as const
export type ApplicationState = (typeof applicationStates)[number]

/** A worker's answer to a job. */
export interface Application {
  readonly id: string
  readonly job: string
  readonly worker: string
  readonly message: string
  /** Yen asked for, in the unit of the job's pay; null for what the job offers. */
  readonly amount: number | null
  readonly state: ApplicationState
  readonly createdAt: Instant
}

/** A job as its client writes it. */
export interface Draft {
  readonly title: string
  readonly body: string
  readonly category: Category
  readonly pay: Pay
  readonly closesAt: Instant | null
  readonly headcount: number
  readonly welcomesNewcomers: boolean
}

/** A stored job as its client wrote it. */
export const draftOf = ({ payType, payAmount, ...job }: Job): Draft => ({
  title: job.title,
  body: job.body,
  category: job.category,
  pay: { type: payType, amount: payAmount },
  closesAt: job.closesAt,
  headcount: job.headcount,
  welcomesNewcomers: job.welcomesNewcomers,
})

/** All that a job says, as spans in it are counted: the title, a newline, the body. */
export const wholeText = ({ title, body }: Pick<Draft, 'title' | 'body'>): string => `${title}\n${body}`

/** What is found of a job. */
export const jobText = ({ title, body }: Pick<Draft, 'title' | 'body'>): string => indexedText([title, body])

/** A job as it is stored in a state, with what follows from its words. */
export function written(
  { title, body, category, pay, closesAt, headcount, welcomesNewcomers }: Draft,
  assessment: Assessment,
  state: JobState,
) {
  return {
    title,
    body,
    category,
    payType: pay.type,
    payAmount: pay.amount,
    closesAt,
    headcount,
    welcomesNewcomers,
    assessment,
    state,
    searchText: jobText({ title, body }),
    clarityScore: log2Factor(clarityFactor(clarityOf({ title, body, hasDeadline: closesAt !== null }))),
    suspicionScore: log2Factor(trustFactor(assessment.any, state !== 'published')),
  }
}

const states: Readonly<Record<Band, JobState>> = { publish: 'published', queue: 'queued', hold: 'held' }

/** What becomes of a new post. */
export const stateFor = (band: Band): JobState => states[band]

/** What becomes of a post that is edited. One that waits for a person goes on waiting, however harmless it has become. */
export function stateAfterEdit(state: JobState, band: Band): JobState {
  const caution: readonly JobState[] = ['published', 'queued', 'held']
  return caution.indexOf(stateFor(band)) > caution.indexOf(state) ? stateFor(band) : state
}

/** Fixed pay, in yen, up to which a job is one to start with. */
export const STARTER_YEN = 30_000
/** Applicants from which a newcomer has little hope. */
export const MANY_APPLICANTS = 3
/** Workers whom a client has paid before newcomers are sent to them. */
export const WORKERS_PAID = 3
