import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Scope } from '../../contract/tokens.ts'
import { instant, milliseconds, seconds } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { problemDocument } from '../../platform/http/problem-document.ts'
import { spendToken } from '../../platform/http/replay/store.ts'
import { SKEW_SECONDS } from '../../platform/http/trusted-token.ts'
import { takeFault } from '../demo/store.ts'
import { signOut, whoIsSignedIn } from '../flows/sign-in.ts'
import type { PersonRole } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import { problemKinds, problemResponse } from '../problem-response.ts'
import type { SandboxEnv, SandboxWorld } from '../sandbox-world.ts'
import { verifyServiceToken } from '../trust/plugin-trust.ts'
import { answerOnce } from './answer-once.ts'

const COOKIE = '__Host-market'
/** Sessions start so; service tokens are JWTs and never do. */
const SESSION = /^Bearer (sbx_[A-Za-z0-9_-]{20,64})$/

const bearerOf = (c: Context): string | undefined => SESSION.exec(c.req.header('Authorization') ?? '')?.[1]

/** Reads who is signed in, from the cookie of the pages or a bearer session. */
export const readPerson: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  const token = bearerOf(c) ?? getCookie(c, COOKIE)
  c.set('person', token ? await whoIsSignedIn(c.get('world'), token) : undefined)
  await next()
}

/** Lets only signed-in people in, and of them only these roles. Programs sign in with a bearer session: a cookie does not count here. */
export function requirePerson(...roles: readonly PersonRole[]): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const token = bearerOf(c)
    const person = token ? await whoIsSignedIn(c.get('world'), token) : undefined
    if (!person) return problemResponse({ code: 'unauthenticated' })
    if (roles.length > 0 && !roles.includes(person.role)) return problemResponse({ code: 'forbidden' })
    c.set('person', person)
    // what is put may be put again, and nothing is kept of what was sent
    return c.req.method === 'PUT' ? next() : answerOnce(c, next)
  }
}

/** Keeps a session in a cookie that no script reads and no other host gets. */
export function keepSession(c: Context<SandboxEnv>, session: string): void {
  setCookie(c, COOKIE, session, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' })
}

/** Ends the session of the cookie. */
export async function endSession(c: Context<SandboxEnv>): Promise<void> {
  const token = getCookie(c, COOKIE)
  if (token) await signOut(c.get('world'), token)
  deleteCookie(c, COOKIE, { path: '/', secure: true })
}

/** Admits a call whose service token is good, fresh, unused and has the scope. */
async function admit(
  world: SandboxWorld,
  authorization: string | undefined,
  scope: Scope,
): Promise<Outcome<undefined>> {
  const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1]
  if (!token) return fail({ code: 'unauthenticated' })
  const claims = await verifyServiceToken(world, token)
  if (!claims.ok) return fail({ code: 'token-refused', reason: claims.problem })
  const { jti, exp } = claims.value
  if (!(await spendToken(world.db, { jti, expiresAt: instant((exp + SKEW_SECONDS) * 1_000) })))
    return fail({ code: 'token-refused', reason: 'replayed' })
  return claims.value.scope.split(' ').includes(scope) ? ok(undefined) : fail({ code: 'forbidden' })
}

const spoiled = (status: number, help: object = {}) =>
  problemDocument({ code: 'internal', ...help }, { ...problemKinds.internal, status: status as 500 })

/** Spoils a call while a fault is set, before anything else looks at it. */
async function spoilByFault(c: Context<SandboxEnv>): Promise<Response | undefined> {
  const world = c.get('world')
  const fault = await takeFault(world.db)
  if (fault && fault.delayMs > 0) await world.wait(milliseconds(fault.delayMs))
  return fault?.status ? spoiled(fault.status) : undefined
}

const SLOW = seconds(3)
/** Of how many calls about `wrk_flaky` one is answered. */
const FLAKY_PERIOD = 3
let flakyCalls = 0

/**
 * Workers whom integrators try their patience with: two of three calls about `wrk_flaky` fail with 503, calls about
 * `wrk_slow` take three seconds.
 */
async function spoilBySpecialWorker(c: Context<SandboxEnv>): Promise<Response | undefined> {
  const worker = c.req.param('worker') ?? c.req.query('worker')
  if (worker === 'wrk_slow') await c.get('world').wait(SLOW)
  if (worker !== 'wrk_flaky') return undefined
  flakyCalls += 1
  if (flakyCalls % FLAKY_PERIOD === 0) return undefined
  return spoiled(503, { retryAfterSeconds: 1 })
}

/** Lets only the plugin in, and only for what its token is for; unless the call is one of those that are to fail. */
export function requireScope(scope: Scope): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const spoiled = (await spoilByFault(c)) ?? (await spoilBySpecialWorker(c))
    if (spoiled) return spoiled
    const admitted = await admit(c.get('world'), c.req.header('Authorization'), scope)
    if (!admitted.ok) return problemResponse(admitted.problem)
    return answerOnce(c, next)
  }
}
