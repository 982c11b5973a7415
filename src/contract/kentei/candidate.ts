import * as z from 'zod'
import { definitionOf, itemTypes } from '../../item/definition-of.ts'
import { ineligibleReasons } from '../../kernel/problem.ts'
import { DRAWN_KINDS, TASK_KINDS } from '../../task/task-kinds.ts'
import { partId as part } from '../tokens.ts'
import { call, locale, percent, time } from './shapes.ts'

const candidate = { tag: 'Candidate', security: 'session' } as const

const standsIn = () =>
  z
    .string()
    .optional()
    .describe('A valid certificate of an earlier version, of one paper, whose score stands in for this part.')

const examCard = () =>
  z.object({
    id: z.string(),
    version: z.int(),
    title: z.string(),
    level: z.int().min(1).max(3),
    timeLimitSeconds: z.int(),
    itemCount: z.int(),
    passScore: percent,
    locales: z.array(locale),
    parts: z
      .array(
        z.object({
          id: part,
          timeLimitSeconds: z.int(),
          itemCount: z.int(),
          taskCount: z.int(),
          weight: percent,
          floor: percent,
        }),
      )
      .optional()
      .describe('Of an exam that is sat in parts, in the order in which they open.'),
  })

const choice = () => z.object({ ref: z.string(), html: z.string() })
const definitions = itemTypes.map(definitionOf)
const presentedItem = () =>
  z.object({
    ref: z.string(),
    type: z.enum(itemTypes),
    points: z.number(),
    stemHtml: z.string(),
    // each type has some of these
    ...z
      .object(Object.assign({}, ...definitions.map(({ presentedSchema }) => presentedSchema(z.array(choice())))))
      .partial().shape,
  })
const taskField = () =>
  z.object({
    name: z.string(),
    label: z.string(),
    as: z.enum(['line', 'lines', 'one', 'many']),
    max: z.int(),
    initial: z.string(),
    options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  })
/** A practical task: what is worked on, and the fields that a response may fill. */
const presentedTasks = () =>
  DRAWN_KINDS.map((kind) =>
    z.object({
      ref: z.string(),
      type: z.literal('task'),
      points: z.number(),
      kind: z.literal(kind),
      title: z.string(),
      briefHtml: z.string(),
      rulesHtml: z.string(),
      materials: TASK_KINDS[kind].materialsSchema(),
      fields: z.array(taskField()),
    }),
  )
const answersByField = () => new Map(definitions.map(({ field, answerSchema }) => [field, answerSchema()]))
const presentedResponse = () =>
  z.union([
    ...[...answersByField()].map(([field, answer]) => z.object({ [field]: answer })),
    z
      .object({ entries: z.record(z.string(), z.string()) })
      .describe('Of a task: only fields that differ from what stood there; at most 600, of 48 KB together.'),
    z.null(),
  ])

const exampleItem = {
  ref: 'q1',
  type: 'single',
  points: 1,
  stemHtml: '<p>What do 12 units at 3,150 yen come to?</p>',
  options: [
    { ref: 'a', html: '<p>36,800 yen</p>' },
    { ref: 'b', html: '<p>37,800 yen</p>' },
  ],
}

/** An attempt as its candidate sees it. */
const attempt = () =>
  z
    .object({
      id: z.string(),
      status: z.enum(['open', 'closed', 'graded']),
      exam: z.string(),
      locale,
      part: part.optional(),
      now: time,
      startedAt: time,
      deadline: time,
      lease: z.string().optional(),
      sections: z
        .array(
          z.object({
            id: z.string(),
            title: z.string(),
            items: z.array(z.union([...presentedTasks(), presentedItem()])),
          }),
        )
        .meta({
          description: 'The paper. Empty, like responses, as soon as the attempt is closed.',
          examples: [[{ id: 'numbers', title: 'Numbers', items: [exampleItem] }]],
        }),
      responses: z.record(z.string(), z.object({ response: presentedResponse(), revision: z.int() })).meta({
        description: 'By the ref of their item.',
        examples: [{ q1: { response: { choice: 'b' }, revision: 1 } }],
      }),
    })
    .meta({ title: 'Attempt' })

const result = () =>
  z
    .object({
      status: z.literal('graded'),
      reason: z.string(),
      exam: z.string(),
      closedAt: time,
      passed: z.boolean().optional().describe('Absent while the decision over the parts is open.'),
      part: part.optional(),
      decision: z
        .object({
          state: z.enum(['passed', 'failed', 'open']),
          parts: z.array(
            z.object({
              part,
              score: percent.optional(),
              floor: percent,
              keptUntil: time.optional(),
              certificate: standsIn(),
            }),
          ),
        })
        .optional()
        .describe('Of an exam in parts: what the latest sitting of each comes to together.'),
      score: percent
        .int()
        .optional()
        .describe(
          'Whole points. Absent, like scoreBand and sections, where fewer than half of the items were answered, and after a withdrawal or a void.',
        ),
      passScore: percent,
      scoreBand: z.object({ low: percent, high: percent }).optional(),
      sections: z
        .array(
          z.object({
            id: z.string().describe('A section; small neighbours share one entry, their ids joined by +.'),
            title: z.string(),
            standing: z
              .enum(['above', 'at', 'below'])
              .optional()
              .describe(
                "above: 15 points or more above the section's cut score, or else the exam's; at: from it on. Absent where fewer than three quarters were answered.",
              ),
          }),
        )
        .optional(),
      tasks: z
        .array(
          z.object({
            ref: z.string(),
            title: z.string(),
            standing: z.enum(['above', 'at', 'below']).optional(),
            notes: z.array(z.object({ skill: z.string().optional(), text: z.string() })),
          }),
        )
        .optional()
        .describe('Of a practical part: each task in words, with counts by competency.'),
      credential: z.string().optional(),
      withheld: z
        .literal('public-bank')
        .optional()
        .describe('A pass without a certificate: the questions and keys of the exam are public.'),
      retryAt: time.optional(),
    })
    .meta({
      title: 'Result',
      examples: [
        {
          status: 'graded',
          reason: 'submitted',
          exam: 'business-admin',
          closedAt: '2026-11-25T03:41:00.000Z',
          passed: true,
          score: 82,
          passScore: 70,
          scoreBand: { low: 74, high: 90 },
          sections: [{ id: 'numbers', title: 'Numbers', standing: 'above' }],
          credential: 'crd_9X',
        },
      ],
    })

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
  answer: z.lazy(() =>
    examCard().extend({
      rulesHtml: z.string(),
      timeMultiplier: z.number(),
      openAttempt: z.string().optional(),
      eligibility: z
        .object({
          mayStart: z.boolean(),
          attemptsLeft: z.int().optional(),
          reason: z.enum(ineligibleReasons).optional(),
          retryAt: time.optional(),
          parts: z
            .array(
              z.object({
                part,
                mayStart: z.boolean(),
                reason: z.enum(ineligibleReasons).optional(),
                retryAt: time.optional(),
                attemptsLeft: z.int(),
                certificate: standsIn(),
              }),
            )
            .optional(),
        })
        .meta({
          examples: [{ mayStart: false, reason: 'retake-wait', retryAt: '2026-12-25T03:00:00.000Z', attemptsLeft: 2 }],
        }),
    }),
  ),
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
