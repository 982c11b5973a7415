import * as z from 'zod'
import { workerId } from '../../contract/tokens.ts'
import { type Instant, parseRfc3339 } from '../../kernel/instant.ts'
import { isShownTitle } from '../../platform/words/shown-name.ts'
import { payTypes } from '../job/job.ts'
import { categories } from '../people/worker.ts'
import type { JobPlace } from '../search/listing/store.ts'
import {
  applicant,
  foundJob,
  job,
  listedInvitation,
  oneApplication,
  oneInvitation,
  ownApplication,
  ownJob,
} from './job-answers.ts'
import { call, once, sendAnyway, signedIn } from './serve.ts'
import { next } from './shapes.ts'
import { suggestedWorker } from './worker-answers.ts'

const anybody = { tag: 'Jobs', security: 'none' } as const
const client = { tag: 'Jobs', security: 'session', roles: ['client'] } as const
const worker = { tag: 'Jobs', security: 'session', roles: ['worker'] } as const

const yen = z.int().min(1).max(10_000_000)

const time = z
  .string()
  .max(40)
  .transform((text, ctx): Instant => {
    const at = parseRfc3339(text)
    if (at !== undefined) return at
    ctx.addIssue({ code: 'custom', message: 'Must be an RFC 3339 time' })
    return z.NEVER
  })

/** Text without what a reader cannot see: it is not empty for looking so. */
const words = (least: number, most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(
      (text) => [...text.replace(/[\s\p{C}]/gu, '')].length >= least,
      `Must have at least ${least} visible characters`,
    )

const parts = {
  title: words(3, 100).refine(isShownTitle, 'Must hold no signs that turn the direction of text'),
  body: words(10, 5_000),
  category: z.enum(categories),
  pay: z.strictObject({ type: z.enum(payTypes), amount: yen }),
  /** When nobody can apply any more; null for no such time. */
  closesAt: time.nullable(),
  headcount: z.int().min(1).max(100),
  /** Says that who is new here is welcome. */
  welcomesNewcomers: z.boolean(),
}

const nothing = z.strictObject({})

const blank = (value: unknown) => (value === '' ? undefined : value)
const yenQuery = z.preprocess(blank, z.coerce.number().int().min(0).max(10_000_000).optional())
const limit = z.coerce.number().int().min(1).max(100)

/** An opaque text from which `readPlace` reads the place again. */
export const writePlace = ({ rank, doc }: JobPlace): string =>
  btoa(`${rank}/${doc}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** Undefined when the text is no place. */
export function readPlace(text: string): JobPlace | undefined {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(text)) return undefined
  try {
    const [, rank, doc] =
      /^(-?\d+(?:\.\d+)?)\/(\d{1,15})$/.exec(atob(text.replaceAll('-', '+').replaceAll('_', '/'))) ?? []
    return rank === undefined || doc === undefined ? undefined : { rank: Number(rank), doc: Number(doc) }
  } catch {
    return undefined
  }
}

const place = z.string().transform((text, ctx): JobPlace => {
  const at = readPlace(text)
  if (at) return at
  ctx.addIssue({ code: 'custom', message: 'Must be the `next` of an earlier answer' })
  return z.NEVER
})

export const postJob = call({
  ...client,
  method: 'post',
  path: '/v1/jobs',
  summary:
    'Posts a job; how many in an hour and a day follows from the account’s record. `state` tells what became of it: published, queued (shown while a person looks at it) or held (shown when a person has)',
  body: z.strictObject({
    ...parts,
    closesAt: parts.closesAt.default(null),
    headcount: parts.headcount.default(1),
    welcomesNewcomers: parts.welcomesNewcomers.default(false),
    sendAnyway,
  }),
  success: [201, 'The job'],
  answer: ownJob,
  refusals: [...signedIn, 'standing', 'rate-limited', 'conflict', 'text-warned', ...once],
})

export const searchJobs = call({
  ...anybody,
  method: 'get',
  path: '/v1/jobs',
  summary:
    'Open jobs, good ones first, each with the reasons of its place. All words of `q` have to be found; `found.count` counts to 1,000',
  query: z.object({
    q: z.string().max(100).default(''),
    category: z.preprocess(blank, z.enum(categories).optional()),
    payType: z.preprocess(blank, z.enum(payTypes).optional()),
    payMin: yenQuery,
    payMax: yenQuery,
    /** Only jobs that say that who is new here is welcome. */
    welcomes: z.preprocess(blank, z.enum(['newcomers']).optional()),
    after: z.preprocess(blank, place.optional()),
    limit: limit.default(20),
  }),
  success: [200, '{jobs, found: {count, more}, next}'],
  answer: z.object({ jobs: z.array(foundJob), found: z.object({ count: z.int(), more: z.boolean() }), next }),
  refusals: ['malformed'],
})

export const listOwnJobs = call({
  ...client,
  method: 'get',
  path: '/v1/jobs/mine',
  summary: "The client's own jobs, in every state",
  query: z.object({ after: z.coerce.number().int().min(1).optional(), limit: limit.default(50) }),
  success: [200, '{jobs, next}'],
  answer: z.object({ jobs: z.array(ownJob), next }),
  refusals: [...signedIn, 'malformed'],
})

export const readJob = call({
  ...anybody,
  method: 'get',
  path: '/v1/jobs/{id}',
  summary:
    'One job. Held ones are there for their poster and operators only; of one that was taken down others learn that it was',
  success: [200, 'The job'],
  answer: job,
  refusals: ['not-found', 'taken-down'],
})

export const editJob = call({
  ...client,
  method: 'post',
  path: '/v1/jobs/{id}/edit',
  summary:
    'Rewrites parts of a job; it is looked at anew, and one that waits for a person goes on waiting. While a case about it is open, four rewritings an hour and twelve a day',
  body: z.strictObject(parts).partial().extend({ sendAnyway }),
  success: [200, 'The job'],
  answer: ownJob,
  refusals: [...signedIn, 'not-found', 'standing', 'wrong-state', 'rate-limited', 'conflict', 'text-warned', ...once],
})

export const closeJob = call({
  ...client,
  method: 'post',
  path: '/v1/jobs/{id}/close',
  summary: 'Closes a job',
  body: nothing,
  success: [200, 'The job'],
  answer: ownJob,
  refusals: [...signedIn, 'not-found', 'wrong-state', ...once],
})

export const applyToJob = call({
  ...worker,
  method: 'post',
  path: '/v1/jobs/{id}/applications',
  summary:
    'Applies for a job, once, and for as many in an hour and a day as the account’s record allows; `amount` in yen, in the unit of the job’s pay',
  body: z.strictObject({ message: words(1, 2_000), amount: yen.nullable().default(null), sendAnyway }),
  success: [201, 'The application'],
  answer: oneApplication,
  refusals: [
    ...signedIn,
    'not-found',
    'worker-erased',
    'standing',
    'taken-down',
    'wrong-state',
    'already-done',
    'text-warned',
    'rate-limited',
    ...once,
  ],
})

export const listApplicants = call({
  tag: 'Jobs',
  security: 'session',
  roles: ['client', 'operator'],
  method: 'get',
  path: '/v1/jobs/{id}/applications',
  summary:
    'Applications for a job, for its poster and operators, in the order of the job’s category: each with whether the client invited the worker, and the reasons of the place',
  success: [200, '{applications}'],
  answer: z.object({ applications: z.array(applicant) }),
  refusals: [...signedIn, 'not-found'],
})

export const listOwnApplications = call({
  ...worker,
  method: 'get',
  path: '/v1/applications',
  summary: "The worker's own applications; `title` is null while the job may not be read",
  query: z.object({ after: z.string().max(200).optional(), limit: limit.default(50) }),
  success: [200, '{applications, next}'],
  answer: z.object({ applications: z.array(ownApplication), next }),
  refusals: [...signedIn, 'malformed'],
})

export const withdrawApplication = call({
  ...worker,
  method: 'post',
  path: '/v1/applications/{id}/withdraw',
  summary: 'Withdraws an application; doing it again changes nothing',
  body: nothing,
  success: [200, 'The application'],
  answer: oneApplication,
  refusals: [...signedIn, 'not-found', 'wrong-state', ...once],
})

export const suggestWorkers = call({
  ...client,
  method: 'get',
  path: '/v1/jobs/{id}/suggestions',
  summary:
    'Whom the client might invite to apply for their published job: the first two in the order of its category who are free, and two newcomers by a lot of this client, job and day',
  success: [
    200,
    '{suggestions, drawId, left}: entries of the search, those of the lot with `draw`, each with `invitation`: its state, or null; `left` invitations can still be made',
  ],
  answer: z.object({ suggestions: z.array(suggestedWorker), drawId: z.string().nullable(), left: z.int() }),
  refusals: [...signedIn, 'not-found', 'standing', 'wrong-state'],
})

export const inviteWorker = call({
  ...client,
  method: 'post',
  path: '/v1/jobs/{id}/invitations',
  summary:
    'Invites a worker to apply for a published job, once. At most ten for a job, and three that a worker has to answer. It says nothing but what the job says',
  body: z.strictObject({ worker: workerId }),
  success: [201, 'The invitation'],
  answer: oneInvitation,
  refusals: [
    ...signedIn,
    'not-found',
    'worker-erased',
    'standing',
    'wrong-state',
    'already-done',
    'rate-limited',
    ...once,
  ],
})

export const listInvitations = call({
  tag: 'Jobs',
  security: 'session',
  roles: ['client', 'worker'],
  method: 'get',
  path: '/v1/invitations',
  summary:
    "A worker's invitations, or those that a client made, the newest first. `state`: open, accepted (by applying), declined, or closed with the job; `title` is null while the job may not be read",
  query: z.object({ after: z.string().max(200).optional(), limit: limit.default(50) }),
  success: [200, '{invitations, next}'],
  answer: z.object({ invitations: z.array(listedInvitation), next }),
  refusals: [...signedIn, 'malformed'],
})

export const declineInvitation = call({
  ...worker,
  method: 'post',
  path: '/v1/invitations/{id}/decline',
  summary: 'Declines an invitation; doing it again changes nothing. It is accepted by applying for the job',
  body: nothing,
  success: [200, 'The invitation'],
  answer: oneInvitation,
  refusals: [...signedIn, 'not-found', 'wrong-state', ...once],
})

/** Jobs: posting, search, applications, invitations. */
export const jobCalls = [
  postJob,
  searchJobs,
  listOwnJobs,
  readJob,
  editJob,
  closeJob,
  applyToJob,
  listApplicants,
  listOwnApplications,
  withdrawApplication,
  suggestWorkers,
  inviteWorker,
  listInvitations,
  declineInvitation,
] as const
