import type { Context, Hono, MiddlewareHandler } from 'hono'
import { type Call, isRepeatable } from '../../contract/call.ts'
import { servingCalls } from '../../contract/serve-call.ts'
import type { Scope } from '../../contract/tokens.ts'
import type { Problem } from '../../kernel/problem.ts'
import type { Session, SessionClaim } from '../../marketplace/session-token.ts'
import { isKept } from '../../marketplace/store.ts'
import { verifyServiceToken } from '../../marketplace/trusted-token.ts'
import { answerOnce } from '../../platform/http/replay/answer-once.ts'
import type { KeptReply } from '../../platform/http/replay/store.ts'
import { problemResponse } from '../problem-response.ts'
import { bearerOf, requireSession } from '../session-cookie.ts'
import type { WebEnv } from '../web-env.ts'

/** The context of a call of a person. */
export type PersonEnv = WebEnv & { Variables: { session: Session; claim: SessionClaim } }

/** Whether a kept reply may still be given: the refusal that stands in its place, if it may not. */
export type Withdrawn = (c: Context<WebEnv>, reply: KeptReply) => Promise<Problem | undefined>

/** Lets a caller in that shows a service token of the marketplace with this scope. */
const requireScope =
  (scope: Scope): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const token = bearerOf(c)
    if (token === undefined) return problemResponse({ code: 'unauthenticated' })
    const verified = await verifyServiceToken(c.var.world, token, scope)
    return verified.ok ? next() : problemResponse(verified.problem)
  }

const requireRole =
  (roles: readonly string[]): MiddlewareHandler<WebEnv> =>
  (c, next) =>
    roles.includes(c.var.session?.role ?? '') ? next() : Promise.resolve(problemResponse({ code: 'forbidden' }))

/** Answers a repeated request with the first reply, unless it may not be given any more. Of a worker who is not on record nothing is kept. */
const once = (withdrawn?: Withdrawn) =>
  answerOnce<WebEnv>({
    place: (c) => c.var.world,
    caller: ({ var: { session } }) => ({
      caller: session?.worker ?? '',
      ...(session?.role === 'worker' ? { provided: isKept(session.worker) } : {}),
    }),
    refuse: (_, problem) => problemResponse(problem),
    withdrawn: async (c, reply) => {
      const refusal = await withdrawn?.(c, reply)
      return refusal && problemResponse(refusal)
    },
  })

export interface Doors {
  /** Of calls with a scope: how its token is tried, where it is not the marketplace's. */
  readonly admit?: (scope: Scope) => MiddlewareHandler<WebEnv>
  readonly withdrawn?: Withdrawn
}

function doorsOf(call: Call, { admit = requireScope, withdrawn }: Doors): readonly MiddlewareHandler<WebEnv>[] {
  const repeats = isRepeatable(call) ? [once(withdrawn)] : []
  const roles = call.roles ? [requireRole(call.roles)] : []
  if (call.security === 'none') return repeats
  if (call.security === 'session') return [requireSession as unknown as MiddlewareHandler<WebEnv>, ...roles, ...repeats]
  if (call.security === 'service' && call.scope) return [admit(call.scope), ...repeats]
  throw new Error(`nobody would be refused at ${call.path}: it needs a door of its own`)
}

/** Gives the function that puts calls of this service on the routes of an app. */
export const serving = <E extends WebEnv>(app: Hono<E>, doors: Doors = {}) =>
  servingCalls<E, Problem>(app, {
    doors: (call) => doorsOf(call, doors) as unknown as readonly MiddlewareHandler<E>[],
    refuse: problemResponse,
  })
