import { type Context, Hono } from 'hono'
import { parseBody, parseInput } from '../../platform/http/parse-input.ts'
import { writeCursor } from '../escrow/paid-work.ts'
import { replyToReview } from '../flows/reply-to-review.ts'
import { listAggregates, showAggregates } from '../flows/show-aggregates.ts'
import { listWorkerReviews, showContractReviews } from '../flows/show-reviews.ts'
import { writeReview } from '../flows/write-review.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import { problemResponse, respond } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { requestOf } from './answer-once.ts'
import { describeContractReviews, describeEntry, describeShown } from './describe-review.ts'
import { hiddenApi, hiddenOperations } from './hidden-api.ts'
import type { Operation } from './operation.ts'
import { requirePerson } from './person-door.ts'
import { aggregatesAnswer, aggregatesQuery, anyReviewBody, replyBody, reviewDraftOf, reviewsQuery } from './review-bodies.ts'
import { requireScope } from './service-door.ts'

const repeated = ['idempotency-mismatch', 'idempotency-in-flight'] as const
const signedIn = ['unauthenticated', 'forbidden'] as const

export const reviewOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/contracts/{id}/reviews',
    tag: 'Reviews',
    summary: 'Reviews the other side of a contract, once, within 30 days of its settlement; hidden answers are read by operators only',
    security: 'session',
    body: anyReviewBody,
    success: [201, '{id, contract, side, axes, comment, writtenAt, revealedAt, reply}'],
    refusals: [...signedIn, 'not-found', 'malformed', 'wrong-state', 'window-closed', 'already-done', ...repeated],
  },
  {
    method: 'get',
    path: '/v1/contracts/{id}/reviews',
    tag: 'Reviews',
    summary: "Both sides' reviews for the parties and operators: one's own at once, the other's when both are in or the window has ended",
    security: 'session',
    success: [200, '{contract, own, window: {opensAt, closesAt} | null, revealedAt, reviews: {client: {written, review}, worker: {written, review}}}'],
    refusals: ['unauthenticated', 'not-found'],
  },
  {
    method: 'post',
    path: '/v1/reviews/{id}/reply',
    tag: 'Reviews',
    summary: 'The reviewed person answers a revealed review, once, within 30 days of its revealing; everybody reads it',
    security: 'session',
    body: replyBody,
    success: [201, '{id, contract, side, axes, comment, writtenAt, revealedAt, reply}'],
    refusals: [...signedIn, 'not-found', 'malformed', 'window-closed', 'already-done', ...repeated],
  },
  {
    method: 'get',
    path: '/v1/workers/{id}/reviews',
    tag: 'Reviews',
    summary: 'What clients said of a worker and was revealed, newest first, with replies',
    security: 'none',
    query: reviewsQuery,
    success: [200, '{worker, reviews: [{id, client, at, axes, comment, reply}], next}'],
    refusals: ['malformed', 'not-found', 'worker-erased'],
  },
  {
    method: 'get',
    path: '/v1/reviews/aggregates',
    tag: 'Reviews',
    summary: 'Reviews in numbers, of one worker or of all by id; hidden answers only in batches of five clients or more; scope reviews:read',
    security: 'service',
    query: aggregatesQuery,
    success: [200, '{worker, revealed: {count, clients, axes}, hidden: {n, againMean, safeShare, batches, asOf} | null, version}; without worker {aggregates, next}'],
    answer: aggregatesAnswer,
    refusals: ['unauthenticated', 'token-refused', 'forbidden', 'malformed', 'not-found', 'worker-erased'],
  },
  ...hiddenOperations,
]

/** Does an act of the signed-in person, and answers what it made as created. */
async function make<T extends object>(
  c: Context<SandboxEnv>,
  act: (by: { readonly person: Person; readonly body: string; readonly requestKey: string | null }) => Promise<Outcome<T>>,
): Promise<Response> {
  const request = await requestOf(c)
  const person = c.get('person')
  if (!person) return problemResponse({ code: 'unauthenticated' })
  // the same for the same request only
  const requestKey = request === undefined ? null : `${request.key}/${request.fingerprint}`
  const outcome = await act({ person, body: await c.req.text(), requestKey })
  return outcome.ok ? c.json(outcome.value, 201) : respond(c, outcome)
}

const mapped = <T, U extends object>(outcome: Outcome<T>, describe: (value: T) => U): Outcome<U> => (outcome.ok ? { ok: true, value: describe(outcome.value) } : outcome)

/** Mounted at `/v1`. */
export function reviewApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()

  api.post('/contracts/:id/reviews', requirePerson('client', 'worker'), (c) =>
    make(c, async ({ person, body, requestKey }) => {
      const draft = parseBody(reviewDraftOf(person.role === 'client' ? 'client' : 'worker'), body)
      return draft.ok ? mapped(await writeReview(c.get('world'), { contract: c.req.param('id'), person, draft: draft.value, requestKey }), describeEntry) : draft
    }),
  )

  api.get('/contracts/:id/reviews', requirePerson(), async (c) => {
    const person = c.get('person')
    if (!person) return problemResponse({ code: 'unauthenticated' })
    return respond(c, mapped(await showContractReviews(c.get('world'), c.req.param('id'), person), describeContractReviews))
  })

  api.post('/reviews/:id/reply', requirePerson('client', 'worker'), (c) =>
    make(c, async ({ person, body, requestKey }) => {
      const reply = parseBody(replyBody, body)
      return reply.ok ? mapped(await replyToReview(c.get('world'), { review: c.req.param('id'), person, text: reply.value.text, requestKey }), describeEntry) : reply
    }),
  )

  api.get('/workers/:id/reviews', async (c) => {
    const query = parseInput(reviewsQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const { after, limit } = query.value
    const found = await listWorkerReviews(c.get('world'), c.req.param('id'), { before: after, limit: limit + 1 })
    return respond(
      c,
      mapped(found, (reviews) => {
        const page = reviews.slice(0, limit)
        const last = page.at(-1)
        return { worker: c.req.param('id'), reviews: page.map(describeShown), next: reviews.length > limit && last ? writeCursor(last) : null }
      }),
    )
  })

  api.get('/reviews/aggregates', requireScope('reviews:read'), async (c) => {
    const query = parseInput(aggregatesQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const { worker, after, limit } = query.value
    if (worker !== undefined) return respond(c, await showAggregates(c.get('world'), worker))
    const aggregates = await listAggregates(c.get('world'), { after, limit })
    return c.json({ aggregates, next: aggregates.length === limit ? (aggregates.at(-1)?.worker ?? null) : null })
  })

  api.route('/', hiddenApi())
  return api
}
