import type { MiddlewareHandler } from 'hono'
import { respondProblem } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'

const WINDOW_SECONDS = 60
const MOST_CALLERS = 20_000

/**
 * Counts requests per connection's address in real minutes from its first one, whatever the test clock does; no header
 * is believed. A call from within the process has no address and is not counted.
 */
export function rateLimit({ name, perMinute }: { readonly name: string; readonly perMinute: number }): MiddlewareHandler<SandboxEnv> {
  const counters = new Map<string, { readonly since: number; count: number }>()
  return async (c, next) => {
    const caller = c.env?.clientAddress
    if (caller === undefined) return next()
    const seconds = performance.now() / 1_000
    const known = counters.get(caller)
    const counter = known && seconds - known.since < WINDOW_SECONDS ? known : { since: seconds, count: 0 }
    counter.count += 1
    if (!known && counters.size >= MOST_CALLERS) counters.delete(counters.keys().next().value as string)
    counters.set(caller, counter)
    const { count } = counter
    const resets = Math.ceil(counter.since + WINDOW_SECONDS - seconds)
    const headers = { 'RateLimit-Policy': `"${name}";q=${perMinute};w=${WINDOW_SECONDS}`, RateLimit: `"${name}";r=${Math.max(0, perMinute - count)};t=${resets}` }
    if (count > perMinute) {
      for (const [header, value] of Object.entries({ ...headers, 'Retry-After': String(resets) })) c.header(header, value)
      return respondProblem(c, { code: 'rate-limited', retryAfterSeconds: resets })
    }
    await next()
    for (const [header, value] of Object.entries(headers)) c.res.headers.set(header, value)
  }
}
