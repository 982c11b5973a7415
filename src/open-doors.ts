import { type Context, Hono } from 'hono'
import type { Problem } from './kernel/problem.ts'
import { isBrokenOff } from './platform/http/limit-bodies.ts'
import { observe, type Watch } from './platform/http/observe.ts'
import { isLoopback, wrongHost } from './platform/http/own-host.ts'
import { memoryRates, type RateStore } from './platform/http/rate-limit.ts'
import { oneSlash, refuseOtherMethods, refuseUnreadable } from './platform/http/refuse-unreadable.ts'
import { replyHeaders } from './platform/http/reply-headers.ts'
import { failedRequest, isPassing, type LogLine, logLine, outerCause } from './platform/log-line.ts'
import { admissionDoors } from './web/admission/admission.ts'
import { assetRoutes } from './web/asset-routes.ts'
import { bodyLimits } from './web/body-limits.ts'
import { problemResponse } from './web/problem-response.ts'
import { limitPerCaller } from './web/rate-limit.ts'
import { fromOwnPages, withSession } from './web/session-cookie.ts'
import type { Notice } from './web/ui/notice-page.tsx'
import type { Door, WebEnv } from './web/web-env.ts'
import { outside } from './world/outside.ts'
import type { World } from './world/world.ts'

export interface AppOptions {
  /** Gives each request its world: on the edge a database client must not outlive its request. */
  readonly openWorld: (bindings: unknown) => World | Promise<World>
  /** Where requests are counted, where it is not this process alone. */
  readonly openRates?: (bindings: unknown, here: RateStore) => RateStore
  /** Where this process counts them. */
  readonly ratesHere?: RateStore
  /** Milliseconds of a clock that only goes forward: by it people queue while many come at once. Without it nobody does, as on the edge, where there are many processes. */
  readonly queueClock?: () => number
  /** Told how each request ended. */
  readonly watch?: Watch
  /** Where a failure of ours is written down. Never gets tokens, answers or bodies. */
  readonly logFailure?: (line: LogLine) => void
}

/** When to come again after the database was busy; spread, so that not all come at once. */
const LEAST_WAIT_SECONDS = 2
const SPREAD_SECONDS = 4

/** Paths whose callers are programs: they are refused in problem documents, not pages. */
const isForPrograms = (path: string): boolean =>
  /^\/staff\/desk\/[^/]+\/(source|files|versions|assets|check)(\/|$)/.test(path) ||
  /^\/(api|webhooks|admin|ims|keys|status|\.well-known|assets|launch|oembed|openapi\.json)(\/|$)/.test(path)

/** Pages and their sentences, read when the first is shown: most who are refused here are programs. */
const readPages = () => Promise.all([import('./web/ui/page-response.tsx'), import('./web/ui/request-context.ts')])

async function refusalPage(c: Context<WebEnv>, problem: Problem): Promise<Response> {
  const [{ refusalResponse }, { pageContext }] = await readPages()
  return refusalResponse(c, pageContext(c), problem)
}

async function noticePage(c: Context<WebEnv>, notice: Notice): Promise<Response> {
  const [{ noticeResponse }, { pageContext }] = await readPages()
  return noticeResponse(c, pageContext(c), notice)
}

/** Refuses a request whose body nobody has looked at: programs in a problem document that any page may read, people in a page. */
const refuse = async (c: Context<WebEnv>, problem: Problem) =>
  isForPrograms(c.req.path)
    ? (await import('./web/public/public-response.ts')).refuse(problem)
    : refusalPage(c, problem)

/** Asks to come again later: programs in a problem document, people, also those who are sent over with a token, in a page. */
const putOff = (c: Context<WebEnv>, problem: Problem) =>
  isForPrograms(c.req.path) && !(c.req.path === '/launch' && c.req.header('accept')?.includes('text/html'))
    ? problemResponse(problem)
    : refusalPage(c, problem)

/** The service with some of its doors, the same on Node and in workerd. */
export function openDoors(
  { openWorld, openRates = (_, here) => here, ratesHere = memoryRates(), logFailure, queueClock, watch }: AppOptions,
  doors: readonly Door[],
): Hono<WebEnv> {
  const app = new Hono<WebEnv>()
  app.use(observe(outside.newUuid, watch))
  app.use(replyHeaders, oneSlash)
  app.use(refuseOtherMethods(app, isForPrograms, problemResponse))
  app.route('/', assetRoutes())
  app.use(async (c, next) => {
    c.set('report', (error) => logFailure?.(logLine('page-failed', error, failedRequest(c, 503))))
    const world = await openWorld(c.env)
    const { trace } = c.var
    c.set('world', trace ? (Object.create(world, { trace: { value: trace } }) as World) : world)
    c.set('rates', openRates(c.env, ratesHere))
    await next()
  })
  app.use(async (c, next) => {
    const { origin } = c.var.world.settings
    if (!isLoopback(origin) || isLoopback(c.req.url)) return next()
    // the service is this machine's alone, and a page on the web may point its own name here
    const { status, text } = wrongHost(origin)
    return c.text(text, status)
  })
  // read with the first page: a Worker starts the faster without it
  app.on('GET', ['/assets/brand.css', '/assets/brand-logo'], async (c, next) => {
    const { brandFile } = await import('./platform/page/brand-files.ts')
    return brandFile(c.req.path, c.get('world').settings.marketplace.brand) ?? next()
  })
  app.use(withSession, fromOwnPages)
  app.use('/api/session', limitPerCaller({ name: 'launch', perMinute: 6_000 }))
  app.use('/launch', limitPerCaller({ name: 'launch-page', perMinute: 6_000 }))
  // drawing and grading take a moment each; a class behind one address may practise together
  const limitPractice = limitPerCaller({ name: 'practice', perMinute: 600 })
  app.use('/exams/:exam/practice', limitPractice)
  app.use('/exams/:exam/practice/:family', limitPractice)
  app.use('*', limitPerCaller({ name: 'requests', perMinute: 60_000 }))
  app.use(...refuseUnreadable<WebEnv>({ ...bodyLimits, refuse }))

  if (queueClock)
    for (const { method, path, handler } of admissionDoors({ clock: queueClock, refuse: putOff }))
      app.on(method, path, handler)

  for (const routes of doors.flatMap((door) => door())) app.route('/', routes as Hono<WebEnv>)

  app.notFound((c) => (isForPrograms(c.req.path) ? problemResponse({ code: 'not-found' }) : noticePage(c, 'not-found')))
  app.onError(async (error, c) => {
    const { isNotProvided } = await import('./audit/store.ts')
    // the session ended while its person acted: nothing was done
    if (isNotProvided(error))
      return isForPrograms(c.req.path) ? problemResponse({ code: 'unauthenticated' }) : noticePage(c, 'no-session')
    if (isBrokenOff(error)) return refuse(c, { code: 'unreadable', detail: 'The body was broken off' })
    const cause = outerCause(error)
    const isBusy = isPassing(cause)
    logFailure?.(logLine(cause ?? 'request-failed', error, failedRequest(c, isBusy ? 503 : 500)))
    if (isBusy && c.var.world) {
      const problem = {
        code: 'busy',
        retryAfterSeconds: LEAST_WAIT_SECONDS + c.var.world.drawBelow(SPREAD_SECONDS),
      } as const
      return putOff(c, problem)
    }
    return isForPrograms(c.req.path) || !c.var.world ? problemResponse({ code: 'internal' }) : noticePage(c, 'error')
  })
  return app
}
