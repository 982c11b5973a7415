import { networkOf } from '../platform/http/client-address.ts'
import { allowanceOf, type RateLimit, type RateLimitOptions, rateLimit } from '../platform/http/rate-limit.ts'
import { problemResponse } from './problem-response.ts'
import type { WebEnv } from './web-env.ts'

type LimitedEnv = WebEnv & { Bindings: { clientAddress?: string } }

/** The network of the client's address, which the entry file knows and puts into the environment of a request; undefined where it does not. */
export const clientNetwork = (env: unknown): string | undefined =>
  networkOf((env as LimitedEnv['Bindings'] | undefined)?.clientAddress ?? '')

const addressKey = (env: unknown): string => `address:${clientNetwork(env) ?? ''}`

/** Callers are the session's worker where there is one, else the network of the client's address. */
const perCaller = (limit: RateLimit): RateLimitOptions<LimitedEnv> => ({
  limit,
  store: (c) => c.var.rates,
  caller: (c) => (c.var.claim ? `session:${c.var.claim.worker}` : addressKey(c.env)),
  clock: (c) => c.var.world.now() / 1_000,
  refuse: (_, problem) => problemResponse(problem),
})

/** An allowance of its own for a door, in whatever it counts. */
export const allowancePerCaller = (limit: RateLimit) => allowanceOf(perCaller(limit))

/** Counts requests per caller. */
export const limitPerCaller = (limit: RateLimit) => rateLimit(perCaller(limit))
