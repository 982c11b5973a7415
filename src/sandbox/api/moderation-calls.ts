import * as z from 'zod'
import * as contract from '../../contract/marketplace.ts'
import { workerId } from '../../contract/tokens.ts'
import { reportReasons } from '../moderation/report/priority.ts'
import { appealed, decision, notice, reported } from './moderation-answers.ts'
import { admitted, call, once, signedIn } from './serve.ts'
import { next } from './shapes.ts'

const person = { tag: 'Moderation', security: 'session' } as const
const party = { ...person, roles: ['worker', 'client'] } as const

const MOST_EVIDENCE_BYTES = 16_384

export const words = (most: number) => z.string().trim().min(1).max(most)
export const limit = z.coerce.number().int().min(1).max(100).default(50)

/** An id as somebody writes it. */
export const id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9._:~-]+$/)

const allegedKinds = ['credential', 'attempt', 'worker'] as const
const namedSubject = z.object({ type: z.enum(allegedKinds), id, worker: workerId.optional() })

/** `credential:crd_…` for short. */
const shortSubject = z
  .string()
  .max(240)
  .transform((text, context) => {
    const [, type, ref] = /^(credential|attempt|worker):([A-Za-z0-9._:~-]{1,200})$/.exec(text) ?? []
    if (type !== undefined && ref !== undefined) return { type: type as (typeof allegedKinds)[number], id: ref }
    context.addIssue({ code: 'custom', message: 'Must be credential:…, attempt:… or worker:…' })
    return z.NEVER
  })

export const reportJob = call({
  ...party,
  method: 'post',
  path: '/v1/jobs/{id}/reports',
  summary:
    'Reports a job. One report of each person counts: a further one answers 200 with the first. At most 20 in 24 hours',
  body: z.object({ reason: z.enum(reportReasons), detail: z.string().trim().max(2_000).default('') }),
  success: [201, '{report, job, reason, receivedAt}'],
  already: [200, 'The first report of this person'],
  answer: reported,
  refusals: [...signedIn, 'not-found', 'rate-limited', 'conflict', ...once],
})

export const listDecisions = call({
  ...person,
  method: 'get',
  path: '/v1/decisions',
  summary: 'Decisions that concern the person, with their statements of reasons',
  query: z.object({ after: z.string().max(128).optional(), limit }),
  success: [200, '{decisions, next}'],
  answer: z.object({ decisions: z.array(decision), next }),
  refusals: ['unauthenticated', 'malformed'],
})

export const readDecision = call({
  ...person,
  method: 'get',
  path: '/v1/decisions/{id}',
  summary: 'A decision, for the person concerned and for operators',
  success: [200, '{decision, case, action, decidedAt, statement}'],
  answer: decision,
  refusals: ['unauthenticated', 'not-found'],
})

export const appealDecision = call({
  ...party,
  method: 'post',
  path: '/v1/decisions/{id}/appeal',
  summary: 'Appeals against a decision: the person concerned, within six months, once, free',
  body: z.object({ text: words(5_000) }),
  success: [201, '{appeal, decision, receivedAt, status}'],
  answer: appealed,
  refusals: [...signedIn, 'not-found', 'wrong-state', 'already-done', 'window-closed', 'conflict', ...once],
})

export const listNotifications = call({
  ...person,
  method: 'get',
  path: '/v1/notifications',
  summary: 'What the person was told, the newest first',
  query: z.object({ after: z.string().max(128).optional(), unread: z.enum(['true', 'false']).optional(), limit }),
  success: [200, '{notifications, next}'],
  answer: z.object({ notifications: z.array(notice), next }),
  refusals: ['unauthenticated', 'malformed'],
})

export const markNotification = call({
  ...person,
  method: 'post',
  path: '/v1/notifications/{id}/read',
  summary: 'Marks one as read',
  success: [200, 'The notification'],
  answer: notice,
  refusals: ['unauthenticated', 'not-found'],
})

export const reportCase = call({
  ...contract.reportCase,
  tag: 'Moderation',
  body: z.object({
    subject: z.union([namedSubject, shortSubject]),
    policy: words(500),
    automated: z.boolean(),
    evidence: z
      .union([z.record(z.string(), z.unknown()), z.array(z.unknown())])
      .refine(
        (evidence) => new TextEncoder().encode(JSON.stringify(evidence)).length <= MOST_EVIDENCE_BYTES,
        `Must be at most ${MOST_EVIDENCE_BYTES} bytes as JSON`,
      ),
  }),
  refusals: [...admitted, 'worker-erased', 'conflict', ...once],
})

export const readCase = call({ ...contract.readCase, tag: 'Moderation' })

/** What people and the plugin do about what breaks the rules. */
export const moderationCalls = [
  reportJob,
  listDecisions,
  readDecision,
  appealDecision,
  listNotifications,
  markNotification,
  reportCase,
  readCase,
] as const
