import { Hono } from 'hono'
import * as z from 'zod'
import { roles, workerId } from '../../contract/tokens.ts'
import { ok } from '../../kernel/result.ts'
import { parseBody, parseInput } from '../../platform/http/parse-input.ts'
import { setFault } from '../faults/store.ts'
import { changeStanding, eraseWorker } from '../flows/change-standing.ts'
import { launchPerson } from '../flows/launch-person.ts'
import { searchWorkers } from '../flows/show-market.ts'
import { showWorker } from '../flows/show-worker.ts'
import { categories, standings } from '../people/worker.ts'
import { problemResponse, respond } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { reasonsOf } from '../search/market.ts'
import { describeDetails, describePlace } from './describe-worker.ts'
import type { Operation } from './operation.ts'

const category = z.preprocess((value) => (value === '' ? undefined : value), z.enum(categories).optional())
const rate = z.coerce.number().int().min(0).max(1_000_000).optional()
const searchQuery = z.object({
  category,
  q: z.string().max(100).default(''),
  certified: z.enum(['1', 'true', '0', 'false', '']).optional(),
  rateMin: rate,
  rateMax: rate,
  /** Position behind which the answer begins. */
  after: z.coerce.number().int().min(0).max(100_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const workerQuery = z.object({ category })

const launchBody = z.object({
  worker: workerId,
  role: z.enum(roles).default('worker'),
  exam: z.string().min(1).max(64).optional(),
  locale: z.enum(['ja', 'en']).default('ja'),
  timeMultiplier: z.number().min(1).max(3).optional(),
})

const standingBody = z.object({ status: z.enum(standings) })

const faultBody = z.object({
  status: z.int().min(400).max(599).optional(),
  delayMs: z.int().min(0).max(60_000).default(0),
  times: z.int().min(0).max(10_000),
})

export const workersOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/workers',
    tag: 'Workers',
    summary: 'The order of a category, with reasons',
    security: 'none',
    query: searchQuery,
    success: [200, '{total, workers, next}; `next` is the `after` of the next page, null on the last'],
    refusals: ['malformed'],
  },
  {
    method: 'get',
    path: '/api/workers/{id}',
    tag: 'Workers',
    summary: 'One worker',
    security: 'none',
    query: workerQuery,
    success: [200, 'The worker'],
    refusals: ['malformed', 'not-found', 'worker-erased'],
  },
]

export const demoOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/demo/launch',
    tag: 'Demo',
    summary: 'Sends a person over to the plugin',
    security: 'none',
    body: launchBody,
    success: [200, '{token, url}'],
    refusals: ['malformed', 'not-found', 'worker-erased'],
  },
  {
    method: 'post',
    path: '/demo/workers/{id}/standing',
    tag: 'Demo',
    summary: "Decides a worker's standing",
    security: 'none',
    body: standingBody,
    success: [200, '{status, version}'],
    refusals: ['malformed', 'not-found', 'worker-erased', 'wrong-state'],
  },
  { method: 'post', path: '/demo/workers/{id}/erase', tag: 'Demo', summary: 'Forgets a worker', security: 'none', success: [200, '{version}'], refusals: ['not-found', 'worker-erased'] },
  {
    method: 'post',
    path: '/demo/faults',
    tag: 'Demo',
    summary: 'Makes the next calls of the plugin fail or wait',
    security: 'none',
    body: faultBody,
    success: [200, '{status, delayMs, times}'],
    refusals: ['malformed'],
  },
]

/** What anybody may read: the order of the search and one worker. */
export function workersApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()

  api.get('/workers', async (c) => {
    const query = parseInput(searchQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const now = c.get('world').now()
    const { category, q, certified, rateMin, rateMax, after, limit } = query.value
    const filter = { words: q, certified: certified === '1' || certified === 'true', bands: [], rateMin, rateMax }
    const { total, places, next } = await searchWorkers(c.get('world'), { category, filter, after, limit })
    return c.json({ total, workers: places.map((place) => describePlace(place, now)), next: next ?? null })
  })

  api.get('/workers/:id', async (c) => {
    const query = parseInput(workerQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const profile = await showWorker(c.get('world'), c.req.param('id'), query.value.category)
    if (!profile.ok) return problemResponse(profile.problem)
    const { listing, place, quality } = profile.value
    const now = c.get('world').now()
    const reasons = reasonsOf(listing, { category: profile.value.category, now, trial: false })
    const entry = describePlace(place ?? { candidate: { ...listing, quality }, position: 0, reasons, trial: undefined }, now)
    return c.json({ ...entry, position: place?.position ?? null, category: profile.value.category, ...describeDetails(listing, profile.value) })
  })

  return api
}

/** What a demonstration or a check does in the marketplace's place. */
export function demoApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()

  api.post('/launch', async (c) => {
    const body = parseBody(launchBody, await c.req.text())
    return respond(c, body.ok ? await launchPerson(c.get('world'), body.value) : body)
  })

  api.post('/workers/:id/standing', async (c) => {
    const body = parseBody(standingBody, await c.req.text())
    return respond(c, body.ok ? await changeStanding(c.get('world'), c.req.param('id'), body.value.status) : body)
  })

  api.post('/workers/:id/erase', async (c) => respond(c, await eraseWorker(c.get('world'), c.req.param('id'))))

  api.post('/faults', async (c) => {
    const body = parseBody(faultBody, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const { status, delayMs, times } = body.value
    await setFault(c.get('world').db, { status: status ?? null, delayMs, remaining: times })
    return respond(c, ok({ status: status ?? null, delayMs, times }))
  })

  return api
}
