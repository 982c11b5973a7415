import { type Context, Hono } from 'hono'
import { isBrokenOff } from '../platform/http/limit-bodies.ts'
import { memoryRates, rateLimit } from '../platform/http/rate-limit.ts'
import { oneSlash, refuseOtherMethods, refuseUnreadable } from '../platform/http/refuse-unreadable.ts'
import { isFromForeignPage, replyHeaders } from '../platform/http/reply-headers.ts'
import { failedRequest, logLine } from '../platform/log-line.ts'
import { busyReason } from '../world/busy-reason.ts'
import type { SandboxProblem } from './problem.ts'
import { problemResponse } from './problem-response.ts'
import type { SandboxEnv, SandboxWorld } from './sandbox-world.ts'

/** No route of the marketplace takes more than another. */
const bodyLimits = { usualBytes: 65_536, raised: [] }
/** Per connection's address. */
const REQUESTS_PER_MINUTE = 3_000
/** When to come again after the database was busy. */
const BUSY_SECONDS = 3

/** Paths whose callers are programs and want problem documents, not pages. */
const isForPrograms = (path: string): boolean => /^\/(v1|api|demo|webhooks|\.well-known)\//.test(path)

/** What of the marketplace answers. */
export interface MarketDoors {
  readonly routes: readonly (() => Hono<SandboxEnv>)[]
  /** Tells people in a page. */
  readonly refusePeople: (c: Context<SandboxEnv>, problem: SandboxProblem) => Response | Promise<Response>
}

/** The reference marketplace with some of its doors. */
export function openMarketDoors(
  openSandbox: () => SandboxWorld | Promise<SandboxWorld>,
  { routes, refusePeople }: MarketDoors,
): Hono<SandboxEnv> {
  /** Tells programs in a problem document, and people in a page. */
  const refuseAnybody = (c: Context<SandboxEnv>, problem: SandboxProblem) =>
    isForPrograms(c.req.path) ? problemResponse(problem) : refusePeople(c, problem)
  const app = new Hono<SandboxEnv>()
  app.use(refuseOtherMethods(app, isForPrograms, problemResponse))
  app.use(async (c, next) => {
    c.set('world', await openSandbox())
    await next()
  })
  app.use(replyHeaders, oneSlash)
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
  app.use(...refuseUnreadable<SandboxEnv>({ ...bodyLimits, refuse: refuseAnybody }))
  // where its pages are read: at the origin that is set, or by another name of this machine
  app.use(async (c, next) => {
    if (isFromForeignPage(c, [c.get('world').settings.origin, new URL(c.req.url).origin]))
      return refuseAnybody(c, { code: 'forbidden' })
    await next()
  })

  for (const route of routes) app.route('/', route())

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
