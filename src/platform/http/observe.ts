import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { isPart } from './reply-headers.ts'
import { readTraceparent, type Trace } from './trace.ts'

/** How a request ended: nothing of what was asked or answered. */
export interface Answered {
  /** Of HTTP's usual ones, or `other`. */
  readonly method: string
  /** The template of the route, never the path. */
  readonly route: string
  readonly status: number
  readonly milliseconds: number
  /** By which both sides find it again. */
  readonly request: string
  readonly trace?: Trace
}

/** Who is told how each request ended, and by which clock. */
export interface Watch {
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number
  readonly answered: (answered: Answered) => void
}

const REQUEST_ID = 'X-Request-Id'
/** A UUID, or as many digits as proxies write. Other words could say something of a person, and would stand in the log. */
const WELL_FORMED = /^[0-9a-fA-F-]{16,64}$/
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** What a request finds in its context. */
export interface Observed {
  Variables: { request: string; trace: Trace | undefined }
}

/** Id of a request, where it has one yet. */
export const requestId = (c: Context): string | undefined => c.get('request') as string | undefined

/** Gives each request its id, which a caller may have given it, answers with it but in parts of pages, and tells the watch how it ended. */
export function observe(newId: () => string, watch: Watch | undefined): MiddlewareHandler<Observed> {
  return async (c, next) => {
    const given = c.req.header(REQUEST_ID)
    const request = given !== undefined && WELL_FORMED.test(given) ? given : newId()
    const trace = readTraceparent(c.req.header('traceparent'))
    c.set('request', request)
    c.set('trace', trace)
    const begun = watch?.clock() ?? 0
    await next()
    // what is kept would go on naming the first who asked for it
    if (!isPart(c.res.headers)) c.res.headers.set(REQUEST_ID, request)
    watch?.answered({
      method: METHODS.has(c.req.method) ? c.req.method : 'other',
      route: routePath(c, -1),
      status: c.res.status,
      milliseconds: watch.clock() - begun,
      request,
      ...(trace ? { trace } : {}),
    })
  }
}
