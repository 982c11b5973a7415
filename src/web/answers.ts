import * as z from 'zod'
import { ACTS, MACHINES } from '../audit/entry.ts'
import { definitionOf, itemTypes } from '../item/definition-of.ts'
import { auditSealedEvent, credentialEventData, credentialEventTypes, credentialStatus, roles } from '../marketplace/contract.ts'

/** What the public calls answer; the service's OpenAPI document is made of these, and the tests hold real answers against them. */

const time = z.iso.datetime()
const locale = z.enum(['ja', 'en'])
const percent = z.number().min(0).max(100)
const choice = z.object({ ref: z.string(), html: z.string() })

export const sessionAnswer = z.object({ session: z.string(), worker: z.string(), role: z.enum(roles), expiresAt: time })
export const ownSessionAnswer = z.object({ worker: z.string(), role: z.enum(roles), name: z.string(), launchedAt: time, expiresAt: time })
export const signedOutAnswer = z.object({ ended: z.boolean() })
export const endedAnswer = z.object({ ended: z.int() })

const examCard = z.object({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  level: z.int().min(1).max(3),
  timeLimitSeconds: z.int(),
  itemCount: z.int(),
  passScore: percent,
  locales: z.array(locale),
})
export const examsAnswer = z.object({ exams: z.array(examCard) })
export const examAnswer = examCard.extend({
  rulesHtml: z.string(),
  timeMultiplier: z.number(),
  openAttempt: z.string().optional(),
  eligibility: z.object({
    mayStart: z.boolean(),
    attemptsLeft: z.int().optional(),
    reason: z.enum(['retake-wait', 'yearly-limit', 'exam-closed', 'locale-unavailable', 'worker-erased', 'saw-keys', 'public-bank']).optional(),
    retryAt: time.optional(),
  }),
})

const definitions = itemTypes.map(definitionOf)
const presentedItem = z.object({
  ref: z.string(),
  type: z.enum(itemTypes),
  points: z.number(),
  stemHtml: z.string(),
  // each type has some of these
  ...z.object(Object.assign({}, ...definitions.map(({ presentedSchema }) => presentedSchema(z.array(choice))))).partial().shape,
})
const answersByField = new Map(definitions.map(({ field, answerSchema }) => [field, answerSchema()]))
const presentedResponse = z.union([...[...answersByField].map(([field, answer]) => z.object({ [field]: answer })), z.null()])
export const attemptAnswer = z.object({
  id: z.string(),
  status: z.enum(['open', 'closed', 'graded']),
  exam: z.string(),
  locale,
  now: time,
  startedAt: time,
  deadline: time,
  lease: z.string().optional(),
  sections: z.array(z.object({ id: z.string(), title: z.string(), items: z.array(presentedItem) })).describe('The paper. Empty, like responses, as soon as the attempt is closed.'),
  responses: z.record(z.string(), z.object({ response: presentedResponse, revision: z.int() })),
})
export const leaseAnswer = z.object({ lease: z.string(), now: time, deadline: time })
export const saveAnswer = z.object({
  now: time,
  deadline: time,
  results: z.array(z.object({ item: z.string(), status: z.enum(['saved', 'stale-revision']), revision: z.int(), response: presentedResponse.optional() })),
})
export const resultAnswer = z.object({
  status: z.literal('graded'),
  reason: z.string(),
  exam: z.string(),
  closedAt: time,
  passed: z.boolean(),
  score: percent.int().optional().describe('Whole points. Absent, like scoreBand and sections, where fewer than half of the items were answered, and after a withdrawal or a void.'),
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
          .describe("above: 15 points or more above the section's cut score, or else the exam's; at: from it on. Absent where fewer than three quarters were answered."),
      }),
    )
    .optional(),
  credential: z.string().optional(),
  withheld: z.literal('public-bank').optional().describe('A pass without a certificate: the questions and keys of the exam are public.'),
  retryAt: time.optional(),
})
export const signalsAnswer = z.object({ accepted: z.int(), now: time, deadline: time })

export const verdictAnswer = z.object({
  verdict: z.enum(['valid', 'expired', 'suspended', 'revoked', 'unknown', 'invalid']),
  checks: z.array(z.object({ check: z.string(), outcome: z.enum(['passed', 'failed', 'unknown']), code: z.string().optional(), detail: z.string() })),
  credential: z.looseObject({}).optional(),
})

/** One verdict for each credential, in their order. */
export const verdictsAnswer = z.object({ results: z.array(verdictAnswer) })
export const liveStateAnswer = z.object({
  id: z.string(),
  verdict: verdictAnswer.shape.verdict,
  name: z.string(),
  exam: z.string(),
  level: z.int(),
  issuedAt: time,
  validUntil: time,
  statusChangedAt: time.optional(),
  url: z.string(),
  image: z.string(),
  checkedAt: time,
})

export const webhookAnswer = z.object({ applied: z.boolean() })
/** When the first of a line of renewals and corrections was awarded, and the certificate before this one. */
const lineage = { awardedAt: time, renews: z.string().optional(), replaces: z.string().optional() }
export const credentialsAnswer = z.object({
  worker: z.string(),
  credentials: z.array(
    z.object({
      id: z.string(),
      exam: z.string(),
      level: z.int(),
      title: z.record(z.string(), z.string()),
      status: credentialStatus,
      issuedAt: time,
      validUntil: time,
      version: z.int(),
      ...lineage,
      url: z.url(),
      credential: z.string(),
      evidence: z.object({ contracts: z.int(), clients: z.int() }),
    }),
  ),
})
export const reissueAnswer = z.object({ id: z.string(), status: credentialStatus, version: z.int(), replaces: z.string() })
export const historyAnswer = z.object({
  credential: z.string(),
  status: credentialStatus,
  version: z.int(),
  ...lineage,
  history: z.array(
    z.object({
      version: z.int(),
      at: time,
      change: z.enum(['issued', 'suspended', 'reinstated', 'revoked', 'expired', 'held', 'renewed', 'resigned', 'erased']),
      from: credentialStatus.nullable(),
      to: credentialStatus,
      cause: z.enum(['pass', 'operator', 'case', 'standing', 'time', 'replaced', 'key-blocked', 'erasure']),
      actor: z.string(),
      why: z.string(),
      other: z.string().optional(),
    }),
  ),
})
const party = z.union([z.object({ person: z.string() }), z.object({ machine: z.enum(MACHINES) }), z.object({ erased: z.literal(true) })])
export const logAnswer = z.object({
  entries: z.array(
    z.object({
      seq: z.int(),
      at: time,
      act: z.enum(ACTS),
      actor: party,
      subject: party.optional(),
      object: z.string().optional(),
      why: z.string().optional(),
      facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  ),
  next: z.string().optional(),
})
export const erasedAnswer = z.object({ worker: z.string(), erased: z.boolean() })
export const identityAnswer = z.object({ identity: z.enum(['hashed', 'none']) })
export const endorsedAnswer = z.object({ exam: z.string(), endorsed: z.boolean() })
export const eventsAnswer = z.object({
  events: z.array(
    z.object({
      cursor: z.string(),
      id: z.string(),
      type: z.enum([...credentialEventTypes, 'audit.sealed']),
      timestamp: time,
      data: z.union([credentialEventData, auditSealedEvent.shape.data]),
    }),
  ),
  next: z.string(),
})
