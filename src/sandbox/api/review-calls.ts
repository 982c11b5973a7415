import * as z from 'zod'
import * as contract from '../../contract/marketplace.ts'
import { readCursor } from '../escrow/paid-work.ts'
import type { ReviewDraft } from '../flows/write-review.ts'
import { axesOf, longestText, type ReviewSide, reviewSides, safeAnswers } from '../review/review.ts'
import { admitted, call, once, sendAnyway, signedIn } from './serve.ts'
import { inLanguages, next, time, timeOrNone } from './shapes.ts'

const reviewer = { tag: 'Reviews', security: 'session', roles: ['client', 'worker'] } as const
const operator = { tag: 'Operators', security: 'session', roles: ['operator'] } as const

const stars = z.int().min(1).max(5)
const shared = { quality: stars, schedule: stars, communication: stars, partnership: stars }
const text = z.string().max(longestText)

const rest = {
  comment: text,
  sendAnyway,
  hidden: z.strictObject({ again: z.int().min(0).max(10), safe: z.enum(safeAnswers), note: text.default('') }),
}

/** By who writes: exactly the five axes of that side. */
const reviews = {
  client: z.strictObject({ axes: z.strictObject({ skill: stars, ...shared }), ...rest }),
  worker: z.strictObject({ axes: z.strictObject({ request: stars, ...shared }), ...rest }),
} as const satisfies Record<ReviewSide, z.ZodType>

/** Reads a review of one side. */
export const reviewDraftOf = (side: ReviewSide): z.ZodType<ReviewDraft & { readonly sendAnyway: boolean }> =>
  reviews[side].transform(({ axes, comment, hidden, sendAnyway: anyway }) => ({
    ...{ stars: axes, comment, hidden },
    sendAnyway: anyway,
  }))

const star = z.number().min(1).max(5)
const reply = z.object({ text: z.string(), at: time }).nullable()
const written = z.object({
  id: z.string(),
  contract: z.string(),
  side: z.enum(reviewSides),
  axes: z
    .object({ skill: star, request: star, quality: star, schedule: star, communication: star, partnership: star })
    .partial()
    .describe('Of a client with skill, of a worker with request.'),
  comment: z.string(),
  writtenAt: time,
  revealedAt: timeOrNone,
  reply,
})
const ownReview = written.meta({ title: 'Review' })
const sideOfReview = z.object({ written: z.boolean(), review: ownReview.nullable() })
const contractReviews = z.object({
  contract: z.string(),
  own: z.enum(reviewSides).nullable(),
  window: z.object({ opensAt: time, closesAt: time }).nullable(),
  revealedAt: timeOrNone,
  reviews: z.object({ client: sideOfReview, worker: sideOfReview }),
})
const shownReview = z.object({
  id: z.string(),
  client: z.string().nullable(),
  at: time,
  axes: z.object({ skill: star, quality: star, schedule: star, communication: star, partnership: star }),
  comment: inLanguages,
  reply,
})

const limit = z.coerce.number().int().min(1).max(100).default(20)
const id = z.string().regex(/^[A-Za-z0-9._:~-]{1,128}$/, 'Must be an id')
const reason = z.string().trim().min(1).max(200)
const page = { after: id.optional(), limit }

export const writeReview = call({
  ...reviewer,
  method: 'post',
  path: '/v1/contracts/{id}/reviews',
  summary:
    'Reviews the other side of a contract, once, within 30 days of its settlement; hidden answers are read by operators only',
  body: z
    .union([reviews.client, reviews.worker])
    .describe(`Clients judge ${axesOf.client.join(', ')}; workers ${axesOf.worker.join(', ')}`),
  success: [201, '{id, contract, side, axes, comment, writtenAt, revealedAt, reply}'],
  answer: ownReview,
  refusals: [...signedIn, 'not-found', 'wrong-state', 'window-closed', 'already-done', 'text-warned', ...once],
})

export const readContractReviews = call({
  tag: 'Reviews',
  security: 'session',
  method: 'get',
  path: '/v1/contracts/{id}/reviews',
  summary:
    "Both sides' reviews for the parties and operators: one's own at once, the other's when both are in or the window has ended",
  success: [
    200,
    '{contract, own, window: {opensAt, closesAt} | null, revealedAt, reviews: {client: {written, review}, worker: {written, review}}}',
  ],
  answer: contractReviews,
  refusals: ['unauthenticated', 'not-found'],
})

export const replyToReview = call({
  ...reviewer,
  method: 'post',
  path: '/v1/reviews/{id}/reply',
  summary: 'The reviewed person answers a revealed review, once, within 30 days of its revealing; everybody reads it',
  body: z.strictObject({ text: text.trim().min(1), sendAnyway }),
  success: [201, '{id, contract, side, axes, comment, writtenAt, revealedAt, reply}'],
  answer: ownReview,
  refusals: [...signedIn, 'not-found', 'window-closed', 'already-done', 'text-warned', ...once],
})

export const listWorkerReviews = call({
  tag: 'Reviews',
  security: 'none',
  method: 'get',
  path: '/v1/workers/{id}/reviews',
  summary: 'What clients said of a worker and was revealed, newest first, with replies',
  query: z.object({
    after: z
      .string()
      .transform((value, context) => {
        const cursor = readCursor(value)
        if (!cursor) context.addIssue('Must be the `next` of a page')
        return cursor ?? z.NEVER
      })
      .optional(),
    limit,
  }),
  success: [200, '{worker, reviews: [{id, client, at, axes, comment, reply}], next}'],
  answer: z.object({ worker: z.string(), reviews: z.array(shownReview), next }),
  refusals: ['malformed', 'not-found', 'worker-erased'],
})

export const readAggregates = call({
  ...contract.readAggregates,
  tag: 'Reviews',
  summary:
    'Reviews in numbers, of one worker or of all by id; hidden answers only in batches of five clients or more; scope reviews:read',
  query: z.object({ worker: id.optional(), ...page }),
  success: [
    200,
    '{worker, revealed: {count, clients, axes}, hidden: {n, againMean, safeShare, batches, asOf} | null, version}; without worker {aggregates, next}',
  ],
  answer: z.union([
    contract.reviewAggregates,
    z.object({ aggregates: z.array(contract.reviewAggregates), next: z.string().nullable() }),
  ]),
  refusals: [...admitted, 'worker-erased', 'malformed'],
})

export const readHiddenAnswers = call({
  ...operator,
  method: 'get',
  path: '/v1/contracts/{id}/hidden-answers',
  summary: 'Hidden answers of both sides; needs a reason, and every reading is written down first',
  query: z.object({ reason }),
  success: [200, '{contract, audit, answers: [{review, side, again, safe, note}]}'],
  answer: z.object({
    contract: z.string(),
    audit: z.string(),
    answers: z.array(
      z.object({
        review: z.string(),
        side: z.enum(reviewSides),
        again: z.int(),
        safe: z.enum(safeAnswers),
        note: z.string(),
      }),
    ),
  }),
  refusals: [...signedIn, 'malformed', 'not-found'],
})

export const listHiddenReads = call({
  ...operator,
  method: 'get',
  path: '/v1/audit/hidden-answers',
  summary: 'Who read which hidden answers when and why, the latest first',
  query: z.object(page),
  success: [200, '{reads: [{id, operator, kind, contracts, reason, at}], next}'],
  answer: z.object({
    reads: z.array(
      z.object({
        id: z.string(),
        operator: z.string(),
        kind: z.string(),
        contracts: z.array(z.string()),
        reason: z.string(),
        at: time,
      }),
    ),
    next,
  }),
  refusals: [...signedIn, 'malformed'],
})

export const readWorklist = call({
  ...operator,
  method: 'get',
  path: '/v1/operators/review-worklist',
  summary: 'Contracts whose hidden answers contradict the visible stars, the worst first; the reading is written down',
  query: z.object({ reason: reason.default('worklist'), ...page }),
  success: [200, '{entries: [{contract, review, side, kind, reason, openedAt}], next}'],
  answer: z.object({
    entries: z.array(
      z.object({
        contract: z.string(),
        review: z.string(),
        side: z.enum(reviewSides),
        kind: z.string(),
        reason: inLanguages,
        openedAt: time,
      }),
    ),
    next,
  }),
  refusals: [...signedIn, 'malformed'],
})

export const settleWorklistEntry = call({
  ...operator,
  method: 'post',
  path: '/v1/operators/review-worklist/{contract}/done',
  summary: 'Settles what is open about a contract',
  body: z.strictObject({ note: z.string().min(1).max(500) }),
  success: [200, '{contract, settled}'],
  answer: z.object({ contract: z.string(), settled: z.int() }),
  refusals: [...signedIn, 'not-found', 'already-done', ...once],
})

/** Reviews of both sides, and what operators read and do about hidden answers. */
export const reviewCalls = [
  writeReview,
  readContractReviews,
  replyToReview,
  listWorkerReviews,
  readAggregates,
  readHiddenAnswers,
  listHiddenReads,
  readWorklist,
  settleWorklistEntry,
] as const
