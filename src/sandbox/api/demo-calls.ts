import * as z from 'zod'
import { marketplaceEventTypes } from '../../contract/events.ts'
import { standing } from '../../contract/marketplace.ts'
import { roles, workerId } from '../../contract/tokens.ts'
import type { Duration } from '../../kernel/instant.ts'
import { personRoles } from '../people/person.ts'
import { standings } from '../people/worker.ts'
import { transfer } from './escrow-calls.ts'
import { call, once } from './serve.ts'

const demo = { tag: 'Demo', security: 'none' } as const
const time = z.iso.datetime()

const LONGEST_DAYS = 3_660

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds, longer than nothing. Months and years have no fixed length. */
const advance = z
  .string()
  .max(40)
  .transform((text, context): Duration => {
    const parts = /^P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/.exec(
      text,
    )
    const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (parts ?? [])
      .slice(1)
      .map((part) => Number(part ?? 0))
    const length = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
    if (parts && length > 0 && length <= LONGEST_DAYS * 86_400_000) return length as Duration
    context.addIssue({
      code: 'custom',
      message: `Must be an ISO 8601 duration such as P14D or PT15M, of at most ${LONGEST_DAYS} days`,
    })
    return z.NEVER
  })

export const signIn = call({
  ...demo,
  method: 'post',
  path: '/demo/session',
  summary: 'Signs in as a person of the sandbox',
  body: z.object({ user: z.string().min(1).max(128) }),
  success: [201, '{session, user, role, name, expiresAt}'],
  answer: z.object({
    session: z.string(),
    user: z.string(),
    role: z.enum(personRoles),
    name: z.string(),
    expiresAt: time,
  }),
  refusals: ['malformed', 'not-found'],
})

export const moveClock = call({
  ...demo,
  method: 'post',
  path: '/demo/clock',
  summary: 'Moves the test clock forward and does all that is due by then',
  body: z.object({ advance }),
  success: [200, '{now, fired}'],
  answer: z.object({ now: time, fired: z.int().min(0) }),
  refusals: ['malformed'],
})

export const readClock = call({
  ...demo,
  method: 'get',
  path: '/demo/clock',
  summary: 'What the test clock shows',
  success: [200, '{now}'],
  answer: z.object({ now: time }),
  refusals: [],
})

export const launch = call({
  ...demo,
  method: 'post',
  path: '/demo/launch',
  summary: 'Sends a person over to the plugin',
  body: z.object({
    worker: workerId,
    role: z.enum(roles).default('worker'),
    exam: z.string().min(1).max(64).optional(),
    locale: z.enum(['ja', 'en']).default('ja'),
    timeMultiplier: z.number().min(1).max(3).optional(),
  }),
  success: [200, '{token, url}'],
  answer: z.object({ token: z.string(), url: z.url() }),
  refusals: ['malformed', 'not-found', 'worker-erased'],
})

export const decideStanding = call({
  ...demo,
  method: 'post',
  path: '/demo/workers/{id}/standing',
  summary: "Decides a worker's standing",
  body: z.object({ status: z.enum(standings) }),
  success: [200, '{status, version}'],
  answer: standing,
  refusals: ['malformed', 'not-found', 'worker-erased', 'wrong-state'],
})

export const eraseWorker = call({
  ...demo,
  method: 'post',
  path: '/demo/workers/{id}/erase',
  summary: 'Forgets a worker',
  success: [200, '{version}'],
  answer: z.object({ version: z.int() }),
  refusals: ['not-found', 'worker-erased'],
})

export const setFault = call({
  ...demo,
  method: 'post',
  path: '/demo/faults',
  summary: 'Makes the next calls of the plugin fail or wait',
  body: z.object({
    status: z.int().min(400).max(599).optional(),
    delayMs: z.int().min(0).max(60_000).default(0),
    times: z.int().min(0).max(10_000),
  }),
  success: [200, '{status, delayMs, times}'],
  answer: z.object({ status: z.int().nullable(), delayMs: z.int(), times: z.int() }),
  refusals: ['malformed'],
})

export const triggerEvent = call({
  ...demo,
  method: 'post',
  path: '/demo/trigger',
  summary:
    'Brings about an event of the contract, through the same acts as people would: a contract is made and paid, a case is decided',
  body: z.object({
    event: z.enum(marketplaceEventTypes, `Must be one of ${marketplaceEventTypes.join(', ')}`),
    /** Whom it happens to; somebody of the seed when it is left out. */
    worker: workerId.optional(),
  }),
  success: [200, '{event: {id, type}, worker, did: [ids]}'],
  answer: z.object({
    event: z.object({ id: z.string().optional(), type: z.enum(marketplaceEventTypes) }),
    worker: workerId,
    did: z.array(z.string()),
  }),
  refusals: ['not-found', 'worker-erased', 'standing', 'wrong-state', 'conflict', ...once],
})

export const resolveTransfer = call({
  ...demo,
  method: 'post',
  path: '/demo/transfers/{id}/resolve',
  summary: "Answers in the payment provider's place about a transfer that is pending",
  body: z.object({ outcome: z.enum(['succeeded', 'failed']) }),
  success: [200, 'The transfer'],
  answer: transfer,
  refusals: ['malformed', 'not-found', 'already-done', 'conflict'],
})

export const readDocument = call({
  ...demo,
  method: 'get',
  path: '/openapi.json',
  summary: 'This document',
  success: [200, 'OpenAPI 3.1'],
  answer: z.looseObject({ openapi: z.string().meta({ examples: ['3.1.0'] }) }),
  refusals: [],
})

/** What a demonstration or a check does in the place of people, of the clock, of the marketplace and of the payment provider. */
export const demoCalls = [
  signIn,
  moveClock,
  readClock,
  launch,
  decideStanding,
  eraseWorker,
  setFault,
  triggerEvent,
  resolveTransfer,
  readDocument,
] as const
