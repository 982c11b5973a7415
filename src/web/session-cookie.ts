import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Session, SessionClaim } from '../marketplace/session-token.ts'
import { isStillListed } from '../marketplace/staff-list.ts'
import { isFromForeignPage } from '../platform/http/reply-headers.ts'
import { problemResponse } from './problem-response.ts'
import type { WebEnv } from './web-env.ts'

export const SESSION_COOKIE = '__Host-kentei'

/** Keeps the session in a cookie that no script reads and no other host gets. */
export function keepSession(c: Context<WebEnv>, token: string, session: Session): void {
  const maxAge = Math.floor((session.expiresAt - c.var.world.now()) / 1_000)
  setCookie(c, SESSION_COOKIE, token, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge })
}

/** Takes the cookie out of a browser that has one. */
export function dropSession(c: Context): void {
  if (getCookie(c, SESSION_COOKIE) !== undefined) deleteCookie(c, SESSION_COOKIE, { path: '/', secure: true })
}

/** The token of `Authorization: Bearer`; the name of the scheme may be written in small letters. Source: RFC 9110, 11.1. */
export const bearerOf = (c: Context): string | undefined =>
  /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]

/** A save is the one request that must be quick: its statement asks for the record of the session itself. */
const isSave = (c: Context): boolean => c.req.method === 'PUT' && /^\/api\/attempts\/[^/]+\/responses$/.test(c.req.path)

/** How tokens and records of sessions are read: most who have none ask for keys, files and public pages. */
const readSessions = () =>
  Promise.all([import('../marketplace/session-token.ts'), import('../marketplace/sessions/store.ts')])

/** Reads the session of a request from `Authorization: Bearer` or the cookie, and leaves it in the context. */
export const withSession = createMiddleware<WebEnv>(async (c, next) => {
  const { world } = c.var
  const token = bearerOf(c) ?? getCookie(c, SESSION_COOKIE)
  if (token) {
    const [{ readSessionToken }, { findSession }] = await readSessions()
    const claim = await readSessionToken(token, world.settings.sessionSecret, world.now())
    c.set('claim', claim)
    const session = claim && !isSave(c) ? await findSession(world.db, claim.id, world.now()) : undefined
    c.set('session', session && isStillListed(world.settings, session) ? session : undefined)
  }
  await next()
})

/**
 * A cookie travels by itself: a changing request that relies on it must come from our own pages. A launch relies on its
 * token and comes from the marketplace, which may be on the same site and so have the browser send the cookie along.
 */
export const fromOwnPages = createMiddleware<WebEnv>(async (c, next) => {
  const byCookie = bearerOf(c) === undefined && getCookie(c, SESSION_COOKIE) !== undefined && c.req.path !== '/launch'
  if (byCookie && isFromForeignPage(c, [c.var.world.settings.origin])) return problemResponse({ code: 'forbidden' })
  await next()
})

/** Refuses a request without a session. */
export const requireSession = createMiddleware<WebEnv & { Variables: { session: Session; claim: SessionClaim } }>(
  async (c, next) => {
    if (!c.var.claim || !(c.var.session || isSave(c))) return problemResponse({ code: 'unauthenticated' })
    await next()
  },
)
