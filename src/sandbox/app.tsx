import { Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { isBrokenOff, limitBodies } from '../platform/http/limit-bodies.ts'
import { memoryRates, rateLimit } from '../platform/http/rate-limit.ts'
import { checkForms, plainPaths } from '../platform/http/refuse-unreadable.ts'
import { isFromForeignPage, replyHeaders } from '../platform/http/reply-headers.ts'
import { failedRequest, logLine } from '../platform/log-line.ts'
import { busyReason } from '../world/busy-reason.ts'
import { openApiRoutes } from './api/calls.ts'
import { demoApi } from './api/demo-api.ts'
import { escrowApi } from './api/escrow-api.ts'
import { jobApi } from './api/job-api.ts'
import { keysApi } from './api/keys-api.ts'
import { moderationApi } from './api/moderation-api.ts'
import { operatorsApi } from './api/operators-api.ts'
import { payoutApi } from './api/payout-api.ts'
import { pluginApi } from './api/plugin-api.ts'
import { reviewApi } from './api/review-api.ts'
import { sampleApi } from './api/sample-api.ts'
import { webhookDoor } from './api/webhook-door.ts'
import { workersApi } from './api/workers-api.ts'
import { type PageContext, refuse } from './pages/page-door.tsx'
import { pages } from './pages/routes.tsx'
import type { SandboxProblem } from './problem.ts'
import { problemResponse } from './problem-response.ts'
import type { SandboxEnv, SandboxWorld } from './sandbox-world.ts'

/** No route of the marketplace takes more than another. */
const bodyLimits = { usualBytes: 65_536, raised: [] }
/** Per connection's address. */
const REQUESTS_PER_MINUTE = 3_000
/** When to come again after the database was busy. */
const BUSY_SECONDS = 3

const apis = [
  pluginApi,
  jobApi,
  escrowApi,
  reviewApi,
  moderationApi,
  operatorsApi,
  payoutApi,
  sampleApi,
  webhookDoor,
  workersApi,
  demoApi,
  openApiRoutes,
  keysApi,
]

/** Paths whose callers are programs and want problem documents, not pages. */
const isForPrograms = (path: string): boolean => /^\/(v1|api|demo|webhooks|\.well-known)\//.test(path)

/** Tells programs in a problem document, and people in a page. */
const refuseAnybody = (c: PageContext, problem: SandboxProblem) =>
  isForPrograms(c.req.path) ? problemResponse(problem) : refuse(c, problem)

/** The reference marketplace. It knows of the plugin what the public contract says, and nothing else. */
export function createSandbox(openSandbox: () => SandboxWorld | Promise<SandboxWorld>): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, allow) =>
        isForPrograms(c.req.path)
          ? problemResponse({ code: 'method-not-allowed', allow })
          : new Response(c.res.body, { status: 405, headers: [...c.res.headers, ['allow', allow.join(', ')]] }),
    }),
  )
  app.use(async (c, next) => {
    c.set('world', await openSandbox())
    await next()
  })
  app.use(replyHeaders)
  const rates = memoryRates()
  app.use(
    rateLimit<SandboxEnv>({
      limit: { name: 'market', perMinute: REQUESTS_PER_MINUTE },
      store: () => rates,
      // a call from within the process has no address
      caller: (c) => c.env?.clientAddress,
      // in real minutes, whatever the test clock does
      clock: () => performance.now() / 1_000,
      refuse: (_, problem) => problemResponse(problem),
    }),
  )
  app.use(plainPaths<SandboxEnv>((c) => refuseAnybody(c, { code: 'not-found' })))
  app.use(
    limitBodies<SandboxEnv>({
      ...bodyLimits,
      refuse: (c, limitBytes) => refuseAnybody(c, { code: 'payload-too-large', limitBytes }),
    }),
  )
  app.use(checkForms<SandboxEnv>((c, detail) => refuseAnybody(c, { code: 'unreadable', detail })))
  // where its pages are read: at the origin that is set, or by another name of this machine
  app.use(async (c, next) => {
    if (isFromForeignPage(c, [c.get('world').settings.origin, new URL(c.req.url).origin]))
      return refuseAnybody(c, { code: 'forbidden' })
    await next()
  })

  for (const api of apis) app.route('/', api())
  app.route('/', pages())

  app.notFound((c) => refuseAnybody(c, { code: 'not-found' }))
  app.onError((error, c) => {
    if (isBrokenOff(error)) return refuseAnybody(c, { code: 'unreadable', detail: 'The body was broken off' })
    const isBusy = busyReason(error) !== undefined
    console.error(
      JSON.stringify(logLine(isBusy ? 'database-busy' : 'request-failed', error, failedRequest(c, isBusy ? 503 : 500))),
    )
    const problem = isBusy
      ? ({ code: 'busy', retryAfterSeconds: BUSY_SECONDS } as const)
      : ({ code: 'internal' } as const)
    return refuseAnybody(c, problem)
  })
  return app
}
