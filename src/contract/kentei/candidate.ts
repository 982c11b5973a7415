import * as z from 'zod'
import { partId as part } from '../tokens.ts'
import { attempt, examCard, presentedResponse, result, wholeExam } from './answers/candidate.ts'
import { call, locale, time } from './shapes.ts'

const candidate = { tag: 'Candidate', security: 'session' } as const

export const listExams = call({
  ...candidate,
  method: 'get',
  path: '/api/exams',
  summary: 'Published exams',
  success: [200, '{exams: […]}'],
  answer: z.lazy(() => z.object({ exams: z.array(examCard()) })),
  refusals: ['unauthenticated'],
})

export const readExam = call({
  ...candidate,
  method: 'get',
  path: '/api/exams/{exam}',
  summary: 'One exam, its rules and whether the worker may start',
  success: [200, 'The exam with rulesHtml and eligibility'],
  answer: z.lazy(() => wholeExam()),
  refusals: ['unauthenticated', 'not-found'],
})

export const startAttempt = call({
  ...candidate,
  method: 'post',
  path: '/api/exams/{exam}/attempts',
  summary:
    'Starts an attempt, or gives the open one back with 200. Takes Idempotency-Key; a repeated key gives the paper only while the attempt is open',
  // without a locale, the session's
  body: z.lazy(() => z.object({ locale: locale.optional(), part: part.optional() })),
  success: [201, 'The attempt with its paper and lease'],
  already: [200, 'The attempt that is open already'],
  answer: z.lazy(() => attempt()),
  refusals: [
    'unauthenticated',
    'malformed',
    'not-found',
    'not-eligible',
    'forbidden',
    'attempt-closed',
    'conflict',
    'idempotency-mismatch',
    'idempotency-in-flight',
  ],
})

export const readAttempt = call({
  ...candidate,
  method: 'get',
  path: '/api/attempts/{id}',
  summary: 'An attempt; while it is open, with its paper and the stored responses',
  success: [200, 'The attempt'],
  answer: z.lazy(() => attempt()),
  refusals: ['unauthenticated', 'not-found'],
})

export const takeLease = call({
  ...candidate,
  method: 'post',
  path: '/api/attempts/{id}/lease',
  summary: 'Takes the lease: the earlier one is dead',
  success: [200, '{lease, now, deadline}'],
  answer: z.lazy(() => z.object({ lease: z.string(), now: time, deadline: time })),
  refusals: ['unauthenticated', 'not-found', 'attempt-closed'],
})

export const saveResponses = call({
  ...candidate,
  method: 'put',
  path: '/api/attempts/{id}/responses',
  summary: 'Saves 1 to 100 responses',
  body: z.lazy(() =>
    z.object({
      lease: z.string().max(64),
      saves: z
        .array(
          z.object({
            item: z.string().max(16),
            revision: z.int().min(1).max(2_147_483_647),
            response: z.unknown(),
            observed: z
              .unknown()
              .optional()
              .describe(
                'Of a task, what a page saw since the save before: {longest: characters that came in at once, hidden: whether it was out of sight}. It changes no grade; anything else is left out.',
              ),
          }),
        )
        .min(1)
        .max(100),
    }),
  ),
  keepsAsTyped: true,
  success: [200, '{now, deadline, results: [{item, status: saved | stale-revision, revision, response?}]}'],
  answer: z.lazy(() =>
    z.object({
      now: time,
      deadline: time,
      results: z.array(
        z.object({
          item: z.string(),
          status: z.enum(['saved', 'stale-revision']),
          revision: z.int(),
          response: presentedResponse().optional(),
        }),
      ),
    }),
  ),
  refusals: ['unauthenticated', 'malformed', 'not-found', 'attempt-closed', 'lease-lost', 'conflict'],
})

export const submitAttempt = call({
  ...candidate,
  method: 'post',
  path: '/api/attempts/{id}/submit',
  summary: 'Submits the paper; the same reply for ever after',
  body: z.lazy(() => z.object({ lease: z.string().max(64) })),
  success: [200, 'The result'],
  answer: z.lazy(() => result()),
  refusals: [
    'unauthenticated',
    'malformed',
    'not-found',
    'lease-lost',
    'conflict',
    'idempotency-mismatch',
    'idempotency-in-flight',
  ],
})

export const withdrawAttempt = call({
  ...candidate,
  method: 'post',
  path: '/api/attempts/{id}/withdraw',
  summary: 'Ends the attempt without a pass; it counts all the same',
  success: [200, 'The result'],
  answer: z.lazy(() => result()),
  refusals: ['unauthenticated', 'not-found', 'conflict', 'idempotency-mismatch', 'idempotency-in-flight'],
})

export const readResult = call({
  ...candidate,
  method: 'get',
  path: '/api/attempts/{id}/result',
  summary: 'The result',
  success: [
    200,
    '{status, passed, score?, passScore, scoreBand?, sections?: [{id, title, standing?}], credential?, retryAt?}',
  ],
  answer: z.lazy(() => result()),
  refusals: ['unauthenticated', 'not-found', 'attempt-open'],
})

export const tellSignals = call({
  ...candidate,
  method: 'post',
  path: '/api/attempts/{id}/events',
  summary: 'What the browser saw: hidden, visible, paste, offline, online',
  // `at` is the browser's own clock and decides nothing
  body: z.lazy(() =>
    z.object({
      events: z
        .array(
          z.object({
            kind: z.enum(['hidden', 'visible', 'paste', 'offline', 'online']),
            at: z.iso.datetime({ offset: true }),
            item: z.string().max(16).optional(),
          }),
        )
        .min(1)
        .max(100),
    }),
  ),
  success: [202, '{accepted, now, deadline}'],
  answer: z.lazy(() => z.object({ accepted: z.int(), now: time, deadline: time })),
  refusals: ['unauthenticated', 'malformed', 'not-found'],
})

const identity = () => z.object({ identity: z.enum(['hashed', 'none']) })

export const hashAddress = call({
  ...candidate,
  method: 'put',
  path: '/api/identity',
  summary:
    'Asks for a salted hash of an e-mail address in the certificates that follow, corrections too; the address itself is not kept',
  body: z.lazy(() => z.object({ email: z.email().max(254) })),
  success: [200, '{identity: hashed}'],
  answer: z.lazy(() => identity()),
  refusals: ['unauthenticated', 'malformed', 'forbidden', 'gone'],
})

export const forgetAddress = call({
  ...candidate,
  method: 'delete',
  path: '/api/identity',
  summary: 'Certificates that follow carry no hashed address',
  success: [200, '{identity: none}'],
  answer: z.lazy(() => identity()),
  refusals: ['unauthenticated'],
})

const shownName = () => z.object({ name: z.enum(['shown', 'none']) })

export const showName = call({
  ...candidate,
  method: 'put',
  path: '/api/name',
  summary: 'Certificates that follow, corrections too, carry the display name; so they do unless it was taken back',
  success: [200, '{name: shown}'],
  answer: z.lazy(() => shownName()),
  refusals: ['unauthenticated', 'forbidden', 'gone'],
})

export const hideName = call({
  ...candidate,
  method: 'delete',
  path: '/api/name',
  summary: 'Certificates that follow carry no name',
  success: [200, '{name: none}'],
  answer: z.lazy(() => shownName()),
  refusals: ['unauthenticated', 'forbidden', 'gone'],
})

/** What a candidate's page, or an integrator on a candidate's behalf, may do. */
export const candidateCalls = [
  listExams,
  readExam,
  startAttempt,
  readAttempt,
  takeLease,
  saveResponses,
  submitAttempt,
  withdrawAttempt,
  readResult,
  tellSignals,
  hashAddress,
  forgetAddress,
  showName,
  hideName,
] as const
