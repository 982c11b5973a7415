import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { problemResponse } from './problem-response.ts'
import type { WebEnv } from './web-env.ts'

const WINDOW_SECONDS = 60
const MOST_KEYS = 20_000

export interface RateLimit {
  /** Name of the policy in the `RateLimit-Policy` header. */
  readonly name: string
  /** Requests, or whatever is counted, per minute and caller. */
  readonly perMinute: number
}

type LimitedEnv = WebEnv & { Bindings: { clientAddress?: string } }

/** What taking from a caller's allowance comes to: the headers that tell, and the refusal when it was too much. */
interface Taken {
  readonly headers: Readonly<Record<string, string>>
  readonly refused?: Response
}

/**
 * An allowance per caller in fixed windows of a minute: of the session's worker where there is one, else of the connection's
 * address, which the entry file knows; no header is believed. Counters live in the process; on the edge each isolate has its own.
 */
export function allowancePerCaller({ name, perMinute }: RateLimit): (c: Context<LimitedEnv>, amount: number) => Taken {
  const counters = new Map<string, { window: number; count: number }>()
  return (c, amount) => {
    const seconds = c.var.world.now() / 1_000
    const window = Math.floor(seconds / WINDOW_SECONDS)
    const caller = c.var.claim ? `session:${c.var.claim.worker}` : `address:${c.env?.clientAddress ?? ''}`
    const counter = counters.get(caller)
    const count = counter?.window === window ? counter.count + amount : amount
    if (!counter && counters.size >= MOST_KEYS) counters.delete(counters.keys().next().value as string)
    counters.set(caller, { window, count })
    const resets = Math.ceil((window + 1) * WINDOW_SECONDS - seconds)
    const headers = { 'RateLimit-Policy': `"${name}";q=${perMinute};w=${WINDOW_SECONDS}`, RateLimit: `"${name}";r=${Math.max(0, perMinute - count)};t=${resets}` }
    if (count <= perMinute) return { headers }
    const refused = problemResponse({ code: 'rate-limited', retryAfterSeconds: resets })
    for (const [header, value] of Object.entries(headers)) refused.headers.set(header, value)
    return { headers, refused }
  }
}

/** Counts requests per caller. */
export function rateLimit(limit: RateLimit) {
  const take = allowancePerCaller(limit)
  return createMiddleware<LimitedEnv>(async (c, next) => {
    const { headers, refused } = take(c, 1)
    if (refused) return refused
    await next()
    // c.header() would build the whole reply anew for each; both are lists, where a door has an allowance of its own too
    for (const [header, value] of Object.entries(headers)) c.res.headers.append(header, value)
  })
}
