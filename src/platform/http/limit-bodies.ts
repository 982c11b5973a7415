import type { Context, Env, MiddlewareHandler } from 'hono'
import { readBounded } from './read-bounded.ts'

/** A body whose sender went away before it was whole. Nobody hears the answer, and nothing of ours failed. */
class BrokenOff extends Error {
  override name = 'BrokenOff'
}

/** Whether a request failed because its body was broken off. Node says so itself, where a handler reads the body. */
export const isBrokenOff = (error: Error): boolean =>
  error instanceof BrokenOff || ('code' in error && error.code === 'ECONNRESET' && error.message === 'aborted')

/** A route that takes more than others. `path` is written as routes are: `/attempts/:id`. */
export interface RaisedLimit<E extends Env> {
  readonly method: string
  readonly path: string
  /** The most bytes; or how many this caller may send, or the refusal of who may not call at all. */
  readonly bytes: number | ((c: Context<E>) => Promise<number | Response>)
}

/** How large bodies may be, for a whole app. */
export interface BodyLimits<E extends Env> {
  /** The most bytes of a body where nothing else is said. */
  readonly usualBytes: number
  readonly raised: readonly RaisedLimit<E>[]
  readonly refuse: (c: Context<E>, limitBytes: number) => Response | Promise<Response>
}

/** What a server's entry tells of a request. Node's parser of HTTP ends a body where its declared length ends. */
export interface ServerBindings {
  readonly bodiesEndAsDeclared?: boolean
}

/** What a path of the router, such as `/api/attempts/:id`, stands for. */
export const pathPattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '[.]').replaceAll(/:\w+/g, '[^/]+')}$`)

/**
 * Refuses a body that is larger than its route takes, before anything parses it. What is declared is judged by itself; what
 * comes is counted all the same, unless the server ends it there: on Node, touching the body would turn it into a stream,
 * which costs as much as a whole save.
 */
export function limitBodies<E extends Env>({ usualBytes, raised, refuse }: BodyLimits<E>): MiddlewareHandler<E> {
  const routes = raised.map((route) => ({ ...route, pattern: pathPattern(route.path) }))
  return async (c, next) => {
    const declared = c.req.header('content-length')
    const isChunked = c.req.header('transfer-encoding') !== undefined
    if (declared === undefined && !isChunked && (c.req.method === 'GET' || c.req.method === 'HEAD')) return next()
    const route = routes.find(({ method, pattern }) => method === c.req.method && pattern.test(c.req.path))
    const limit = typeof route?.bytes === 'function' ? await route.bytes(c) : (route?.bytes ?? usualBytes)
    if (typeof limit !== 'number') {
      // its body is not read, so nothing can follow on this connection
      limit.headers.set('Connection', 'close')
      return limit
    }
    // a length that is no number is refused too
    if (declared !== undefined && !(Number(declared) <= limit)) return refuse(c, limit)
    if (declared !== undefined && !isChunked && (c.env as ServerBindings | undefined)?.bodiesEndAsDeclared)
      return next()
    const { body } = c.req.raw
    if (!body) return next()
    const bytes = await readBounded(body, limit).catch((error) => {
      throw new BrokenOff('the body was broken off', { cause: error })
    })
    if (bytes === 'too-long') return refuse(c, limit)
    c.req.raw = new Request(c.req.raw, { body: bytes })
    return next()
  }
}
