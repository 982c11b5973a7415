import { Hono } from 'hono'
import { openSession } from '../../flows/open-session.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { problemResponse } from '../problem-response.ts'
import { launchRequest } from '../requests.ts'
import { keepSession } from '../session-cookie.ts'
import { noticeResponse } from '../ui/page-response.tsx'
import { pageContext } from '../ui/request-context.ts'
import type { WebEnv } from '../web-env.ts'
import { readBody } from './read-body.ts'

const home = { worker: '/', author: '/staff/exams', operator: '/staff/deliveries' } as const

/** The doors through which people come from the marketplace. */
export function launchRoutes(): Hono<WebEnv> {
  const app = new Hono<WebEnv>()

  app.on(['GET', 'POST'], '/launch', async (c) => {
    const form = c.req.method === 'POST' ? await c.req.parseBody() : undefined
    const token = c.req.query('token') ?? (typeof form?.token === 'string' ? form.token : undefined)
    if (token === undefined) return problemResponse({ code: 'malformed', issues: [{ path: 'token', message: 'expected a launch token' }] })
    const opened = await openSession(c.var.world, token)
    // a person whose link is used up or too old is told in a page how to get another
    if (!opened.ok) return c.req.header('accept')?.includes('text/html') ? noticeResponse(c, pageContext(c), 'no-session') : problemResponse(opened.problem)
    const { session, exam } = opened.value
    keepSession(c, opened.value.token, session)
    c.header('referrer-policy', 'no-referrer')
    return c.redirect(`${exam ? `/exams/${encodeURIComponent(exam)}` : home[session.role]}?lang=${session.locale}`, 303)
  })

  app.post('/api/session', async (c) => {
    const body = await readBody(c, launchRequest)
    if (!body.ok) return problemResponse(body.problem)
    const opened = await openSession(c.var.world, body.value.token)
    if (!opened.ok) return problemResponse(opened.problem)
    const { token, session } = opened.value
    return c.json({ session: token, worker: session.worker, role: session.role, expiresAt: toRfc3339(session.expiresAt) }, 201)
  })
  return app
}
