import type { Context, Env, MiddlewareHandler } from 'hono'

const WINDOW_SECONDS = 60
const MOST_CALLERS = 20_000

/** So much per minute and caller: requests, or whatever is counted. */
export interface RateLimit {
  /** Name of the policy in the `RateLimit-Policy` header. */
  readonly name: string
  readonly perMinute: number
}

/** What taking from a caller's allowance came to. */
export interface Allowance {
  readonly isWithin: boolean
  /** What is left of it; undefined where the counters do not tell. */
  readonly left?: number
  /** Seconds until it is whole again. */
  readonly resetsIn: number
}

/** Where the counters are. */
export interface RateStore {
  /** Takes an amount from the allowance of a caller. `at`: seconds since 1970; a minute that a wrong clock began ends when it is set right. */
  take(limit: RateLimit, caller: string, amount: number, at: number): Allowance | Promise<Allowance>
}

/** Counters that answer at once. */
export interface MemoryRates extends RateStore {
  take(...of: Parameters<RateStore['take']>): Allowance
}

/** Counters of this process, in windows of a minute that begin with a caller's first request. */
export function memoryRates(): MemoryRates {
  const policies = new Map<string, Map<string, { since: number; count: number }>>()
  return {
    take({ name, perMinute }, caller, amount, at) {
      const counters = policies.get(name) ?? new Map<string, { since: number; count: number }>()
      policies.set(name, counters)
      const known = counters.get(caller)
      // below zero the clock was ahead, and is set right
      const elapsed = known ? at - known.since : WINDOW_SECONDS
      const counter = known && elapsed >= 0 && elapsed < WINDOW_SECONDS ? known : { since: at, count: 0 }
      counter.count += amount
      if (!known && counters.size >= MOST_CALLERS) counters.delete(counters.keys().next().value as string)
      counters.set(caller, counter)
      return {
        isWithin: counter.count <= perMinute,
        left: Math.max(0, perMinute - counter.count),
        resetsIn: Math.ceil(counter.since + WINDOW_SECONDS - at),
      }
    },
  }
}

/** A binding of the edge that counts for all isolates of a place. Its limit is set where it is bound. */
export interface RateBinding {
  limit(of: { readonly key: string }): Promise<{ readonly success: boolean }>
}

/** The name of a policy's binding: `launch-page` → `RATE_LAUNCH_PAGE`; `…_MANY` counts what takes many at once, as one. */
export const bindingName = (policy: string, amount = 1): string =>
  `RATE_${policy.toUpperCase().replaceAll('-', '_')}${amount > 1 ? '_MANY' : ''}`

/**
 * Counters of the edge, by binding; the counters of an isolate limit nobody there, and are better than none where a binding is
 * missing. Callers of several tenants share the bindings, never a counter.
 */
export function edgeRates(
  bindings: Readonly<Record<string, unknown>>,
  otherwise: RateStore,
  tenant?: string,
): RateStore {
  const keyOf = (caller: string) => (tenant === undefined ? caller : `${tenant} ${caller}`)
  return {
    async take(limit, caller, amount, at) {
      const binding = bindings[bindingName(limit.name, amount)] as RateBinding | undefined
      if (!binding) return otherwise.take(limit, caller, amount, at)
      const { success } = await binding.limit({ key: keyOf(caller) })
      return { isWithin: success, resetsIn: WINDOW_SECONDS }
    },
  }
}

export interface RateLimitOptions<E extends Env> {
  readonly limit: RateLimit
  readonly store: (c: Context<E>) => RateStore
  /** Who is asking; undefined for whom nothing is counted. No header is to be believed. */
  readonly caller: (c: Context<E>) => string | undefined
  /** Seconds since 1970. */
  readonly clock: (c: Context<E>) => number
  readonly refuse: (
    c: Context<E>,
    problem: { readonly code: 'rate-limited'; readonly retryAfterSeconds: number },
  ) => Response
}

/** The headers that tell of an allowance, and the refusal when it was too much. */
export interface Taken {
  readonly headers: Readonly<Record<string, string>>
  readonly refused?: Response
}

/** Takes amounts from the allowance of a request's caller. Source of the headers: draft-ietf-httpapi-ratelimit-headers. */
export function allowanceOf<E extends Env>({
  limit,
  store,
  caller,
  clock,
  refuse,
}: RateLimitOptions<E>): (c: Context<E>, amount: number) => Promise<Taken> {
  const policy = { 'RateLimit-Policy': `"${limit.name}";q=${limit.perMinute};w=${WINDOW_SECONDS}` }
  return async (c, amount) => {
    const who = caller(c)
    if (who === undefined) return { headers: {} }
    const taken = store(c).take(limit, who, amount, clock(c))
    // what memory knows is not waited for: every save comes by here
    const { isWithin, left, resetsIn } = taken instanceof Promise ? await taken : taken
    const headers = left === undefined ? policy : { ...policy, RateLimit: `"${limit.name}";r=${left};t=${resetsIn}` }
    if (isWithin) return { headers }
    const refused = refuse(c, { code: 'rate-limited', retryAfterSeconds: resetsIn })
    for (const [header, value] of Object.entries(headers)) refused.headers.set(header, value)
    return { headers, refused }
  }
}

/** Counts requests per caller. */
export function rateLimit<E extends Env>(options: RateLimitOptions<E>): MiddlewareHandler<E> {
  const take = allowanceOf(options)
  return async (c, next) => {
    const { headers, refused } = await take(c, 1)
    if (refused) return refused
    await next()
    // c.header() would build the whole reply anew for each; both are lists, where a door has an allowance of its own too
    for (const [header, value] of Object.entries(headers)) c.res.headers.append(header, value)
  }
}
