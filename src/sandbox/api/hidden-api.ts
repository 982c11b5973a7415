import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { parseBody, parseInput } from '../../platform/http/parse-input.ts'
import { readHiddenAnswers, settleWorklistEntry, showWorklist } from '../flows/read-hidden-answers.ts'
import type { Person } from '../people/person.ts'
import { problemResponse, respond } from '../problem-response.ts'
import { listReads } from '../review/hidden/store.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { describeReading, describeWorklistEntry } from './describe-review.ts'
import type { Operation } from './operation.ts'
import { requirePerson } from './person-door.ts'
import { pageQuery, reasonQuery, settleBody, worklistQuery } from './review-bodies.ts'

const operatorsOnly = ['unauthenticated', 'forbidden', 'malformed'] as const

export const hiddenOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/contracts/{id}/hidden-answers',
    tag: 'Operators',
    summary: 'Hidden answers of both sides; needs a reason, and every reading is written down first',
    security: 'session',
    query: reasonQuery,
    success: [200, '{contract, audit, answers: [{review, side, again, safe, note}]}'],
    refusals: [...operatorsOnly, 'not-found'],
  },
  {
    method: 'get',
    path: '/v1/audit/hidden-answers',
    tag: 'Operators',
    summary: 'Who read which hidden answers when and why, the latest first',
    security: 'session',
    query: pageQuery,
    success: [200, '{reads: [{id, operator, kind, contracts, reason, at}], next}'],
    refusals: operatorsOnly,
  },
  {
    method: 'get',
    path: '/v1/operators/review-worklist',
    tag: 'Operators',
    summary: 'Contracts whose hidden answers contradict the visible stars, the worst first; the reading is written down',
    security: 'session',
    query: worklistQuery,
    success: [200, '{entries: [{contract, review, side, kind, reason, openedAt}], next}'],
    refusals: operatorsOnly,
  },
  {
    method: 'post',
    path: '/v1/operators/review-worklist/{contract}/done',
    tag: 'Operators',
    summary: 'Settles what is open about a contract',
    security: 'session',
    body: settleBody,
    success: [200, '{contract, settled}'],
    refusals: [...operatorsOnly, 'not-found', 'already-done', 'idempotency-mismatch', 'idempotency-in-flight'],
  },
]

/** What is kept in confidence is kept in no cache. */
const uncached: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  await next()
  c.header('Cache-Control', 'no-store')
}

function operatorOf(c: Context<SandboxEnv>): Person {
  const person = c.get('person')
  if (person?.role !== 'operator') throw new Error('the door lets operators in only')
  return person
}

/** What operators read and do about hidden answers. Mounted at `/v1`. */
export function hiddenApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const operator = requirePerson('operator')

  api.get('/contracts/:id/hidden-answers', uncached, operator, async (c) => {
    const query = parseInput(reasonQuery, c.req.query())
    return respond(c, query.ok ? await readHiddenAnswers(c.get('world'), { contract: c.req.param('id'), operator: operatorOf(c), reason: query.value.reason }) : query)
  })

  api.get('/audit/hidden-answers', uncached, operator, async (c) => {
    const query = parseInput(pageQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const reads = await listReads(c.get('world').db, query.value)
    return c.json({ reads: reads.map(describeReading), next: reads.length === query.value.limit ? (reads.at(-1)?.id ?? null) : null })
  })

  api.get('/operators/review-worklist', uncached, operator, async (c) => {
    const query = parseInput(worklistQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const entries = await showWorklist(c.get('world'), { operator: operatorOf(c), ...query.value })
    return c.json({ entries: entries.map(describeWorklistEntry), next: entries.length === query.value.limit ? (entries.at(-1)?.review ?? null) : null })
  })

  api.post('/operators/review-worklist/:contract/done', operator, async (c) => {
    const body = parseBody(settleBody, await c.req.text())
    return respond(c, body.ok ? await settleWorklistEntry(c.get('world'), { contract: c.req.param('contract'), operator: operatorOf(c), note: body.value.note }) : body)
  })

  return api
}
