import { Hono } from 'hono'
import * as z from 'zod'
import { ok } from '../../kernel/result.ts'
import { searchWorkers } from '../flows/show-market.ts'
import { showWorker } from '../flows/show-worker.ts'
import { categories } from '../people/worker.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { reasonsOf } from '../search/market.ts'
import { describeDetails, describePlace } from './describe-worker.ts'
import { call, serving, told } from './serve.ts'

const category = z.preprocess((value) => (value === '' ? undefined : value), z.enum(categories).optional())
const rate = z.coerce.number().int().min(0).max(1_000_000).optional()

const listWorkers = call({
  tag: 'Workers',
  security: 'none',
  method: 'get',
  path: '/api/workers',
  summary: 'The order of a category, with reasons',
  query: z.object({
    category,
    q: z.string().max(100).default(''),
    certified: z.enum(['1', 'true', '0', 'false', '']).optional(),
    rateMin: rate,
    rateMax: rate,
    /** Position behind which the answer begins. */
    after: z.coerce.number().int().min(0).max(100_000_000).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  success: [200, '{total, workers, next}; `next` is the `after` of the next page, null on the last'],
  refusals: ['malformed'],
})

const readWorker = call({
  tag: 'Workers',
  security: 'none',
  method: 'get',
  path: '/api/workers/{id}',
  summary: 'One worker',
  query: z.object({ category }),
  success: [200, 'The worker'],
  refusals: ['malformed', 'not-found', 'worker-erased'],
})

export const workersCalls = [listWorkers, readWorker] as const

/** What anybody may read: the order of the search and one worker. */
export function workersApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)

  serve(listWorkers, async ({ query: { category, q, certified, rateMin, rateMax, after, limit } }, c) => {
    const now = c.get('world').now()
    const filter = { words: q, certified: certified === '1' || certified === 'true', bands: [], rateMin, rateMax }
    const { total, places, next } = await searchWorkers(c.get('world'), { category, filter, after, limit })
    return ok({ total, workers: places.map((place) => describePlace(place, now)), next: next ?? null })
  })

  serve(readWorker, async ({ path, query }, c) => {
    const now = c.get('world').now()
    return told(await showWorker(c.get('world'), path.id, query.category), (profile) => {
      const { listing, place, quality, category } = profile
      const reasons = reasonsOf(listing, { category, now, trial: false })
      const entry = describePlace(
        place ?? { candidate: { ...listing, quality }, position: 0, reasons, trial: undefined },
        now,
      )
      return { ...entry, position: place?.position ?? null, category, ...describeDetails(listing, profile) }
    })
  })
  return api
}
