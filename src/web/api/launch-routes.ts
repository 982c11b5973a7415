import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { signOut } from '../../flows/end-sessions.ts'
import { type OpenedSession, openSession, readLaunch } from '../../flows/open-session.ts'
import type { Problem } from '../../kernel/problem.ts'
import type { Session } from '../../marketplace/session-token.ts'
import { pickedOf } from '../../platform/page/language.ts'
import { problemResponse } from '../problem-response.ts'
import { dropSession, keepSession } from '../session-cookie.ts'
import { askWhoResponse, noticeResponse } from '../ui/page-response.tsx'
import { pageContext } from '../ui/request-context.ts'
import type { WebEnv } from '../web-env.ts'
import { FORGETS } from './session-api.ts'

const home = { worker: '/', author: '/staff/desk', operator: '/staff' } as const

/** Which page the next launch comes back to. It names a page of ours and nothing else, so that it may be lost or made up. */
const BACK_COOKIE = '__Host-kentei-back'
const BACK_SECONDS = 900
const isOwnPage = (path: string | undefined): path is string =>
  path !== undefined && path.length <= 500 && /^\/(?!\/|launch\b)[A-Za-z0-9._~=&?%:@+/-]*$/.test(path)
const isForStaff = (path: string): boolean => /^\/staff(?![^/?])/.test(path)

/** Where a launch leads: to the page that somebody left for it, to the exam that the marketplace names, or home. */
function destination(c: Context<WebEnv>, { session, exam }: OpenedSession): string {
  const left = getCookie(c, BACK_COOKIE)
  if (left !== undefined) deleteCookie(c, BACK_COOKIE, { path: '/', secure: true })
  if (isOwnPage(left) && isForStaff(left) === (session.role !== 'worker')) return left
  return `${exam ? `/exams/${encodeURIComponent(exam)}` : home[session.role]}?lang=${pickedOf(c, session.locale)}`
}

/** A person whose link is used up or too old is told in a page how to get another. */
function refuse(c: Context<WebEnv>, problem: Problem): Response | Promise<Response> {
  if (!c.req.header('accept')?.includes('text/html')) return problemResponse(problem)
  return problem.code === 'not-listed'
    ? noticeResponse(c, pageContext(c), 'not-listed', { detail: problem.detail })
    : noticeResponse(c, pageContext(c), 'no-session')
}

async function enter(c: Context<WebEnv>, token: string, current: Session | undefined) {
  const opened = await openSession(c.var.world, token, current)
  if (!opened.ok) return refuse(c, opened.problem)
  keepSession(c, opened.value.token, opened.value.session)
  c.header('referrer-policy', 'no-referrer')
  return c.redirect(destination(c, opened.value), 303)
}

/**
 * A browser keeps our cookie back when another site posts to us, so that a post cannot show who is signed in here. The same
 * launch as a link can.
 */
function hidesCookie(c: Context<WebEnv>): boolean {
  if (c.req.method !== 'POST' || c.var.claim) return false
  const [site, origin] = [c.req.header('sec-fetch-site'), c.req.header('origin')]
  // a browser of before 2023 does not say where it comes from, and a program need not
  const isOldBrowser =
    site === undefined &&
    origin !== undefined &&
    origin !== c.var.world.settings.origin &&
    c.req.header('accept')?.includes('text/html') === true
  return site === 'cross-site' || isOldBrowser
}

/** Asks before a browser changes hands: a page of somebody else may have sent this launch. Nothing is spent and no cookie changes. */
async function askWho(c: Context<WebEnv>, token: string, current: Session) {
  const launch = await readLaunch(c.var.world, token, { spend: false })
  if (!launch.ok) return refuse(c, launch.problem)
  if (launch.value.sub === current.worker) return enter(c, token, current)
  // the token in the address goes to nobody else; with `no-referrer` a browser would not say either that the answer is from our page
  c.header('referrer-policy', 'same-origin')
  return askWhoResponse(
    c,
    { ...pageContext(c), path: `/launch?token=${encodeURIComponent(token)}` },
    { token, current: current.name, next: launch.value.name },
  )
}

const withToken =
  (act: (c: Context<WebEnv>, token: string, current: Session | undefined) => Response | Promise<Response>) =>
  async (c: Context<WebEnv>) => {
    const form = c.req.method === 'POST' ? await c.req.parseBody() : undefined
    const token = c.req.query('token') ?? (typeof form?.token === 'string' ? form.token : undefined)
    if (token === undefined)
      return problemResponse({ code: 'malformed', issues: [{ path: 'token', message: 'expected a launch token' }] })
    return act(c, token, c.var.session)
  }

/** The doors through which people come from the marketplace, and go. */
export function launchRoutes(): Hono<WebEnv> {
  const app = new Hono<WebEnv>()

  app.on(
    ['GET', 'POST'],
    '/launch',
    withToken((c, token, current) => {
      if (hidesCookie(c)) return c.redirect(`/launch?token=${encodeURIComponent(token)}`, 303)
      return current ? askWho(c, token, current) : enter(c, token, current)
    }),
  )

  // comes from our own page, like every post that relies on the cookie; without a session there was nothing to ask
  app.post('/launch/confirm', (c) =>
    c.var.session ? withToken(enter)(c) : noticeResponse(c, pageContext(c), 'no-session'),
  )

  app.get('/launch/again', (c) => {
    const { settings } = c.var.world
    const to = c.req.query('to')
    if (isOwnPage(to))
      setCookie(c, BACK_COOKIE, to, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge: BACK_SECONDS })
    return c.redirect(c.var.session?.returnUrl ?? settings.marketplace.origin, 303)
  })

  app.post('/sign-out', async (c) => {
    dropSession(c)
    if (!c.var.session) return noticeResponse(c, pageContext(c), 'no-session')
    await signOut(c.var.world, c.var.session)
    c.header('clear-site-data', FORGETS)
    return c.redirect('/signed-out', 303)
  })

  app.get('/signed-out', (c) => noticeResponse(c, pageContext(c), 'signed-out'))

  return app
}
