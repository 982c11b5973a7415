import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Instant } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { parseBody, parseInput } from '../../platform/http/parse-input.ts'
import { decideSubject } from '../flows/decide-subject.ts'
import { handleCase, muteReporter, showReporter } from '../flows/handle-case.ts'
import { judgeAppeal } from '../flows/judge-appeal.ts'
import { lookInto } from '../flows/open-case.ts'
import { describeCase, showCase } from '../flows/show-case.ts'
import { type QueuePlace, readQueue } from '../moderation/store.ts'
import type { Person } from '../people/person.ts'
import { malformed, type Outcome } from '../problem.ts'
import { problemResponse, respond } from '../problem-response.ts'
import type { SandboxEnv, SandboxWorld } from '../sandbox-world.ts'
import { decideBody, judgeBody, lookBody, noteBody, queueQuery } from './moderation-bodies.ts'
import type { Operation } from './operation.ts'
import { requirePerson } from './person-door.ts'

const read = (path: string, summary: string, success: string, more: Pick<Operation, 'query'> & { readonly refusals?: Operation['refusals'] } = {}): Operation => ({
  method: 'get',
  path: `/v1/operators${path}`,
  tag: 'Operators',
  summary,
  security: 'session',
  ...(more.query ? { query: more.query } : {}),
  success: [200, success],
  refusals: ['unauthenticated', 'forbidden', ...(more.refusals ?? ['not-found'])],
})

const write = (path: string, summary: string, success: Operation['success'], more: Partial<Pick<Operation, 'body' | 'already' | 'refusals'>> = {}): Operation => ({
  method: 'post',
  path,
  tag: 'Operators',
  summary,
  security: 'session',
  ...(more.body ? { body: more.body } : {}),
  success,
  ...(more.already ? { already: more.already } : {}),
  refusals: ['unauthenticated', 'forbidden', 'not-found', 'malformed', 'conflict', 'idempotency-mismatch', 'idempotency-in-flight', ...(more.refusals ?? [])],
})

const HANDLED = '{case, status, version, claimedBy, claimedUntil}'
const subject = '/v1/operators/subjects/{id}'
const reporter = '/v1/operators/reporters/{id}'

export const operatorsOperations: readonly Operation[] = [
  read('/queue', 'What waits for a person, the most urgent first', '{subjects, next}', { query: queueQuery, refusals: ['malformed'] }),
  write('/v1/operators/subjects', "Looks into a job or an account on an operator's own initiative", [201, '{case, status, version}'], {
    body: lookBody,
    already: [200, 'The case that is open about it'],
    refusals: ['worker-erased'],
  }),
  read('/subjects/{id}', 'Everything about a case: events, reports, assessments, statements, appeals', 'The case'),
  write(`${subject}/claim`, 'Takes a case for 30 minutes', [200, HANDLED], { refusals: ['wrong-state', 'same-person'] }),
  write(`${subject}/release`, 'Gives a case back', [200, HANDLED], { refusals: ['wrong-state', 'same-person'] }),
  write(`${subject}/escalate`, 'Hands a case up', [200, HANDLED], { body: noteBody, refusals: ['wrong-state', 'same-person', 'already-done'] }),
  write(`${subject}/close`, 'Ends a case that nobody waits for without a decision', [200, HANDLED], { body: noteBody, refusals: ['wrong-state', 'same-person'] }),
  write(`${subject}/decide`, 'Decides a case, with a statement of reasons', [201, '{decision, case, action, status, version, statement}'], {
    body: decideBody,
    refusals: ['wrong-state', 'same-person'],
  }),
  write('/v1/appeals/{id}/decide', 'Judges an appeal: another operator than who decided', [200, '{appeal, decision, outcome, decidedAt, final, statement?}'], {
    body: judgeBody,
    refusals: ['wrong-state', 'same-person', 'already-done'],
  }),
  read('/reporters/{id}', "Somebody's record as a reporter", 'The record'),
  write(`${reporter}/mute`, 'Logs further reports of somebody without effect; they are not told', [200, 'The record'], { body: noteBody }),
  write(`${reporter}/unmute`, 'Lets reports of somebody count, whatever the record says', [200, 'The record'], { body: noteBody }),
]

const place = z.tuple([z.int(), z.int(), z.string().max(128)])

/** A page's end as one opaque word. */
const cursorOf = ({ points, openedAt, id }: QueuePlace): string => Buffer.from(JSON.stringify([points, openedAt, id])).toString('base64url')

function readCursor(text: string | undefined): Outcome<QueuePlace | undefined> {
  if (text === undefined) return ok(undefined)
  const parsed = parseBody(place, Buffer.from(text, 'base64url').toString() || '0')
  if (!parsed.ok) return malformed([{ path: 'after', message: 'Must be the `next` of an earlier page' }])
  const [points, openedAt, id] = parsed.value
  return ok({ points, openedAt: openedAt as Instant, id })
}

const WAITING = ['open', 'escalated'] as const

async function showQueue(c: Context<SandboxEnv>): Promise<Response> {
  const query = parseInput(queueQuery, c.req.query())
  if (!query.ok) return problemResponse(query.problem)
  const { status, kind, limit } = query.value
  const after = readCursor(query.value.after)
  if (!after.ok) return problemResponse(after.problem)
  const statuses = status === undefined ? WAITING : status === 'all' ? ([...WAITING, 'closed'] as const) : [status]
  const cases = await readQueue(c.get('world').db, { statuses, kind, after: after.value, limit })
  const last = cases.at(-1)
  return c.json({ subjects: cases.map(describeCase), next: last && cases.length === limit ? cursorOf(last) : null })
}

interface Act<T> {
  readonly world: SandboxWorld
  readonly operator: Person
  readonly id: string
  readonly body: T
}

/** An act of an operator: a well-formed body. */
async function act<T, R extends object>(c: Context<SandboxEnv>, schema: z.ZodType<T>, does: (act: Act<T>) => Promise<Outcome<R>>): Promise<Outcome<R>> {
  const body = parseBody(schema, await c.req.text())
  return body.ok ? does({ world: c.get('world'), operator: c.get('person') as Person, id: c.req.param('id') ?? '', body: body.value }) : body
}

const nothing = z.object({})

function casesApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  api.get('/queue', showQueue)
  api.get('/subjects/:id', async (c) => respond(c, await showCase(c.get('world'), c.req.param('id'))))

  api.post('/subjects', async (c) => {
    const outcome = await act(c, lookBody, ({ world, operator, body }) => lookInto(world, operator, { kind: body.subject.type, ref: body.subject.id, note: body.note, source: body.source }))
    if (!outcome.ok) return problemResponse(outcome.problem)
    const { created, ...opened } = outcome.value
    return c.json(opened, created ? 201 : 200)
  })

  for (const type of ['claim', 'release'] as const) {
    api.post(`/subjects/:id/${type}`, async (c) => respond(c, await act(c, nothing, ({ world, operator, id }) => handleCase(world, operator, id, { type }))))
  }
  for (const type of ['escalate', 'close'] as const) {
    api.post(`/subjects/:id/${type}`, async (c) => respond(c, await act(c, noteBody, ({ world, operator, id, body }) => handleCase(world, operator, id, { type, note: body.note }))))
  }

  api.post('/subjects/:id/decide', async (c) => {
    const outcome = await act(c, decideBody, ({ world, operator, id, body }) => decideSubject(world, operator, id, body))
    return outcome.ok ? c.json(outcome.value, 201) : problemResponse(outcome.problem)
  })
  return api
}

function reportersApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  api.get('/reporters/:id', async (c) => respond(c, await showReporter(c.get('world'), c.req.param('id'))))
  for (const [path, muting] of [
    ['mute', 'muted'],
    ['unmute', 'heard'],
  ] as const) {
    api.post(`/reporters/:id/${path}`, async (c) => respond(c, await act(c, noteBody, ({ world, operator, id, body }) => muteReporter(world, operator, id, { muting, note: body.note }))))
  }
  return api
}

/** What operators do, mounted at `/v1` like the rest. */
export function operatorsApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const operators = requirePerson('operator')
  for (const path of ['/operators/queue', '/operators/subjects', '/operators/subjects/*', '/operators/reporters/*']) api.use(path, operators)
  api.route('/operators', casesApi())
  api.route('/operators', reportersApi())
  api.post('/appeals/:id/decide', operators, async (c) => respond(c, await act(c, judgeBody, ({ world, operator, id, body }) => judgeAppeal(world, operator, id, body))))
  return api
}
