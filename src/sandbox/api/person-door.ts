import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { signOut, whoIsSignedIn } from '../flows/sign-in.ts'
import type { PersonRole } from '../people/person.ts'
import { problemResponse } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
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
