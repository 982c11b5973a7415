import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { AttemptId, LeaseId } from '../../../src/kernel/id.ts'
import type { Session } from '../../../src/marketplace/session-token.ts'
import { memoryRates } from '../../../src/platform/http/rate-limit.ts'
import { assetRoutes } from '../../../src/web/asset-routes.ts'
import { candidateRoutes } from '../../../src/web/candidate/candidate-routes.tsx'
import { staffRoutes } from '../../../src/web/staff/staff-routes.tsx'
import type { WebEnv } from '../../../src/web/web-env.ts'
import { noBrand } from '../../../src/world/brand.ts'
import type { World } from '../../../src/world/world.ts'
import { fixtureStaffFlows } from './deliveries.ts'
import { type FixtureState, fixtureFlows, fixtureState } from './flows.ts'

const visitor: Session = {
  id: 'ses_1',
  launchedAt: 0 as Session['launchedAt'],
  expiresAt: 9e15 as Session['expiresAt'],
  worker: 'wkr_1',
  role: 'worker',
  name: 'みなと',
  locale: 'ja',
  returnUrl: 'https://market.example/me',
}

const operator: Session = { ...visitor, worker: 'ops_1', role: 'operator', name: '運営者' }

interface Offline {
  down: boolean
}

/** The pages over the stand-in flows, with the attempt API that the island calls. */
export function fixtureApp(state: { current: FixtureState }, offline: Offline = { down: false }) {
  const app = new Hono<WebEnv>()
  const world = {
    now: () => state.current.now(),
    settings: {
      origin: 'https://kentei.example',
      issuerName: { ja: 'Kentei 検定センター', en: 'Kentei Certification' },
      marketplace: {
        origin: 'https://market.example',
        api: 'https://market.example',
        audience: 'https://market.example',
        brand: noBrand,
      },
      keys: [],
      securityContacts: ['mailto:security@kentei.example'],
    },
  } as unknown as World
  app.use(async (c, next) => {
    c.set('world', world)
    c.set('rates', memoryRates())
    // the operator is whoever looks at the operators' pages; nobody is who says so
    c.set('session', c.req.header('x-nobody') ? undefined : c.req.path.startsWith('/staff') ? operator : visitor)
    await next()
    c.header(
      'Content-Security-Policy',
      "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )
  })
  app.route('/', assetRoutes())
  const input = (id: string) => ({ session: visitor, id: id as AttemptId })
  const flows = () => fixtureFlows(state.current)
  app.get('/api/attempts/:id', async (c) => {
    const read = await flows().readAttempt(world, input(c.req.param('id')))
    if (offline.down || !read.ok) return c.json({ code: 'internal' }, 503)
    const { now, deadline, status, responses } = read.value
    return c.json({ now: new Date(now).toISOString(), deadline: new Date(deadline).toISOString(), status, responses })
  })
  app.put('/api/attempts/:id/responses', async (c) => {
    if (offline.down) return c.json({ code: 'internal' }, 503)
    const body = await c.req.json<{ lease: LeaseId; saves: { item: string; revision: number; response: null }[] }>()
    const done = await flows().recordResponses(world, { ...input(c.req.param('id')), ...body })
    if (!done.ok) return c.json(done.problem, 409)
    return c.json({
      ...done.value,
      now: new Date(done.value.now).toISOString(),
      deadline: new Date(done.value.deadline).toISOString(),
    })
  })
  app.post('/api/attempts/:id/submit', async (c) => {
    const done = await flows().submitAttempt(world, {
      ...input(c.req.param('id')),
      ...(await c.req.json<{ lease: LeaseId }>()),
    })
    return done.ok ? c.json({}) : c.json(done.problem, 409)
  })
  app.post('/api/attempts/:id/events', async (c) => {
    state.current.events.push(...(await c.req.json<{ events: unknown[] }>()).events)
    return c.body(null, 202)
  })
  app.route('/', staffRoutes(fixtureStaffFlows(() => state.current.now(), state.current.calls)))
  app.route('/', candidateRoutes({ ...lateFlows(() => flows()) }))
  return app
}

/** Flows of whatever the state is at the time of the call, so that tests may start over. */
function lateFlows(flows: () => ReturnType<typeof fixtureFlows>): ReturnType<typeof fixtureFlows> {
  const names = Object.keys(fixtureFlows(fixtureState()))
  return Object.fromEntries(
    names.map((name) => [
      name,
      (...args: unknown[]) => (flows() as unknown as Record<string, (...a: unknown[]) => unknown>)[name]?.(...args),
    ]),
  ) as unknown as ReturnType<typeof fixtureFlows>
}

export interface FixtureServer {
  readonly url: string
  readonly state: { current: FixtureState }
  readonly offline: Offline
  close(): Promise<void>
}

export async function startFixture(port = 0): Promise<FixtureServer> {
  const state = { current: fixtureState() }
  const offline = { down: false }
  const app = fixtureApp(state, offline)
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, ({ port: bound }) => {
      resolve({
        url: `http://127.0.0.1:${bound}`,
        state,
        offline,
        close: () => new Promise((done) => server.close(() => done())),
      })
    })
  })
}
