import * as z from 'zod'
import { kinds } from '../detector/judge/kinds.ts'
import { readCursor } from '../escrow/paid-work.ts'
import { settings } from '../evidence/belief/setting.ts'
import { caseStatuses } from '../moderation/case.ts'
import { outcomes } from '../moderation/case-event.ts'
import { actions, hasDuration, readPeriod, subjectKinds } from '../moderation/decision/actions.ts'
import { blockStates } from '../review/block/block.ts'
import { decided, handled, judged, listedCase, opened, reporter, wholeCase } from './moderation-answers.ts'
import { id, limit, words } from './moderation-calls.ts'
import { call, once, signedIn } from './serve.ts'
import { next, time, timeOrNone } from './shapes.ts'

const reading = { tag: 'Operators', security: 'session', roles: ['operator'], method: 'get' } as const
const acting = { ...reading, method: 'post' } as const
const refusals = [...signedIn, 'not-found', 'conflict', ...once] as const
const HANDLED = [200, '{case, status, version, claimedBy, claimedUntil}'] as const

const nothing = z.object({})
/** The `next` of an earlier page. */
const cursor = z.string().transform((value, context) => {
  const place = readCursor(value)
  if (!place) context.addIssue('Must be the `next` of a page')
  return place ?? z.NEVER
})

const block = z.object({
  block: z.string(),
  state: z.enum(blockStates),
  size: z.int(),
  version: z.int(),
  openedAt: time,
  decidedAt: timeOrNone,
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
})
const oneBlock = block.meta({ title: 'Block' })
const blockEvidence = block.extend({
  clients: z.array(z.object({ client: z.string(), name: z.string().nullable(), workers: z.int(), shared: z.int() })),
  workers: z.array(
    z.object({
      worker: z.string(),
      name: z.string().nullable(),
      reviews: z.array(
        z.object({
          client: z.string(),
          contract: z.string(),
          yen: z.int(),
          score: z.number(),
          weight: z.number(),
          at: time,
        }),
      ),
    }),
  ),
  cut: z.boolean(),
})
const examSetting = z
  .object({
    exam: z.string(),
    setting: z.enum(settings),
    version: z.int(),
    changes: z.array(
      z.object({ version: z.int(), setting: z.enum(settings), operator: z.string(), note: z.string(), at: time }),
    ),
  })
  .meta({ title: 'ExamSetting' })

const noted = z.object({ note: words(1_000) })

/** `P30D`, `P2W`, `P3M`, `P1Y`; null for good. */
const duration = z
  .string()
  .max(10)
  .transform((text, context) => {
    const period = readPeriod(text)
    if (period) return period
    context.addIssue({
      code: 'custom',
      message: 'Must be P…D, P…W, P…M or P…Y, longer than nothing and at most a century; null for good',
    })
    return z.NEVER
  })
  .nullable()

const durationFits = ({
  action,
  duration: length,
}: {
  readonly action: (typeof actions)[number]
  readonly duration?: unknown
}): boolean => (hasDuration(action) ? length !== undefined : length === undefined || length === null)

const durationIssue = {
  path: ['duration'],
  message: 'take-down, restrict and suspend say how long, or null for good; nothing else has a duration',
}

export const readQueue = call({
  ...reading,
  path: '/v1/operators/queue',
  summary: 'What waits for a person, the most urgent first',
  query: z.object({
    status: z.enum([...caseStatuses, 'all']).optional(),
    kind: z.enum(subjectKinds).optional(),
    after: z.string().max(400).optional(),
    limit,
  }),
  success: [200, '{subjects, next}'],
  answer: z.object({ subjects: z.array(listedCase), next }),
  refusals: [...signedIn, 'malformed'],
})

export const lookInto = call({
  ...acting,
  path: '/v1/operators/subjects',
  summary: "Looks into a job or an account on an operator's own initiative",
  body: z.object({
    subject: z.object({ type: z.enum(['job', 'client', 'worker']), id }),
    note: words(1_000),
    /** What made the operator look. */
    source: z.enum(['operator', 'review-worklist']).default('operator'),
  }),
  success: [201, '{case, status, version}'],
  already: [200, 'The case that is open about it'],
  answer: opened,
  refusals: [...refusals, 'worker-erased'],
})

export const readSubject = call({
  ...reading,
  path: '/v1/operators/subjects/{id}',
  summary: 'Everything about a case: events, reports, assessments, statements, appeals',
  success: [200, 'The case'],
  answer: wholeCase,
  refusals: [...signedIn, 'not-found'],
})

export const claimCase = call({
  ...acting,
  path: '/v1/operators/subjects/{id}/claim',
  summary: 'Takes a case for 30 minutes',
  body: nothing,
  success: HANDLED,
  answer: handled,
  refusals: [...refusals, 'wrong-state', 'same-person'],
})

export const releaseCase = call({
  ...acting,
  path: '/v1/operators/subjects/{id}/release',
  summary: 'Gives a case back',
  body: nothing,
  success: HANDLED,
  answer: handled,
  refusals: [...refusals, 'wrong-state', 'same-person'],
})

export const escalateCase = call({
  ...acting,
  path: '/v1/operators/subjects/{id}/escalate',
  summary: 'Hands a case up',
  body: noted,
  success: HANDLED,
  answer: handled,
  refusals: [...refusals, 'wrong-state', 'same-person', 'already-done'],
})

export const closeCase = call({
  ...acting,
  path: '/v1/operators/subjects/{id}/close',
  summary: 'Ends a case that nobody waits for without a decision',
  body: noted,
  success: HANDLED,
  answer: handled,
  refusals: [...refusals, 'wrong-state', 'same-person'],
})

export const decideCase = call({
  ...acting,
  path: '/v1/operators/subjects/{id}/decide',
  summary: 'Decides a case, with a statement of reasons',
  body: z
    .object({
      action: z.enum(actions),
      kinds: z.array(z.enum(kinds)).max(kinds.length).default([]),
      duration: duration.optional(),
      facts: words(4_000),
      rule: words(1_000).optional(),
      ground: z.enum(['law', 'terms']).default('terms'),
      /** Of the case as the operator has read it. */
      version: z.int().min(1).optional(),
    })
    .refine(durationFits, durationIssue)
    .transform((body) => ({ ...body, kinds: [...new Set(body.kinds)], duration: body.duration ?? null })),
  success: [201, '{decision, case, action, status, version, statement}'],
  answer: decided,
  refusals: [...refusals, 'wrong-state', 'same-person'],
})

export const judgeAppeal = call({
  ...acting,
  path: '/v1/appeals/{id}/decide',
  summary: 'Judges an appeal: another operator than who decided',
  body: z
    .object({
      outcome: z.enum(outcomes),
      reasons: words(4_000),
      action: z.enum(actions).optional(),
      duration: duration.optional(),
    })
    .transform(({ outcome, reasons, action, duration: length }, context) => {
      if (outcome !== 'modify') return { outcome, reasons } as const
      if (action === undefined) {
        context.addIssue({
          code: 'custom',
          path: ['action'],
          message: 'modify names the measure that takes the place of the old one',
        })
        return z.NEVER
      }
      if (!durationFits({ action, duration: length })) {
        context.addIssue({ code: 'custom', ...durationIssue })
        return z.NEVER
      }
      return { outcome, reasons, action, duration: length ?? null } as const
    }),
  success: [200, '{appeal, decision, outcome, decidedAt, final, statement?}'],
  answer: judged,
  refusals: [...refusals, 'wrong-state', 'same-person', 'already-done'],
})

export const readReporter = call({
  ...reading,
  path: '/v1/operators/reporters/{id}',
  summary: "Somebody's record as a reporter",
  success: [200, 'The record'],
  answer: reporter,
  refusals: [...signedIn, 'not-found'],
})

export const muteReporter = call({
  ...acting,
  path: '/v1/operators/reporters/{id}/mute',
  summary: 'Logs further reports of somebody without effect; they are not told',
  body: noted,
  success: [200, 'The record'],
  answer: reporter,
  refusals,
})

export const unmuteReporter = call({
  ...acting,
  path: '/v1/operators/reporters/{id}/unmute',
  summary: 'Lets reports of somebody count, whatever the record says',
  body: noted,
  success: [200, 'The record'],
  answer: reporter,
  refusals,
})

export const listBlocks = call({
  ...reading,
  path: '/v1/operators/client-blocks',
  summary:
    'Clients who reviewed nearly the same workers, whose reviews weigh nothing in the order until a person has looked: those that wait for a person, the oldest first, or those decided about, the newest first',
  query: z.object({ which: z.enum(['open', 'decided']).default('open'), after: cursor.optional(), limit }),
  success: [200, '{blocks: [{block, state, size, version, openedAt, decidedAt, decidedBy, note}], next}'],
  answer: z.object({ blocks: z.array(oneBlock), next }),
  refusals: [...signedIn, 'malformed'],
})

export const readBlock = call({
  ...reading,
  path: '/v1/operators/client-blocks/{id}',
  summary: 'A block with what speaks for its clients being one: whom they reviewed, for how much and when',
  success: [
    200,
    '{block, …, clients: [{client, name, workers, shared}], workers: [{worker, name, reviews: [{client, contract, yen, score, weight, at}]}], cut}',
  ],
  answer: blockEvidence,
  refusals: [...signedIn, 'not-found'],
})

export const decideBlock = call({
  ...acting,
  path: '/v1/operators/client-blocks/{id}/decide',
  summary:
    'Finds the clients of a block independent, so that their reviews weigh in full again, or confirms that they belong together, but those whom it takes out; nobody is asked about the same clients again',
  body: z.object({
    decision: z.enum(['independent', 'confirmed']),
    /** Clients who do not belong to the others, where it is confirmed: their reviews weigh in full again. */
    apart: z
      .array(z.string().min(1).max(128))
      .max(500)
      .refine((ids) => new Set(ids).size === ids.length)
      .default([]),
    note: words(1_000),
    /** Of the block as the operator has read it. */
    version: z.int().min(1),
  }),
  success: [200, '{block, state, size, version, openedAt, decidedAt, decidedBy, note}'],
  answer: oneBlock,
  refusals: [...refusals, 'wrong-state', 'already-done'],
})

const SETTING = [200, '{exam, setting, version, changes: [{version, setting, operator, note, at}]}'] as const

export const readSetting = call({
  ...reading,
  path: '/v1/operators/exams/{exam}/setting',
  summary: 'How much newcomers of an exam get in the search: bold or cautious, and who changed it when and why',
  success: SETTING,
  answer: examSetting,
  refusals: [...signedIn, 'not-found'],
})

export const changeSetting = call({
  ...acting,
  path: '/v1/operators/exams/{exam}/setting',
  summary:
    'Changes how much newcomers of an exam get in the searches from then on. Bold: two places of the row, one of them without a lot in the days after a pass, and weekly notices. Cautious: one place, by lot alone, and no notices',
  body: z.object({
    setting: z.enum(settings),
    note: words(1_000),
    /** Of the setting as the operator has read it. */
    version: z.int().min(0),
  }),
  success: SETTING,
  answer: examSetting,
  refusals: [...refusals, 'already-done'],
})

/** What operators do about cases, appeals, reporters, blocks of clients and the search. */
export const operatorsCalls = [
  readQueue,
  lookInto,
  readSubject,
  claimCase,
  releaseCase,
  escalateCase,
  closeCase,
  decideCase,
  judgeAppeal,
  readReporter,
  muteReporter,
  unmuteReporter,
  listBlocks,
  readBlock,
  decideBlock,
  readSetting,
  changeSetting,
] as const
