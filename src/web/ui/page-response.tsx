import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Problem } from '../../kernel/problem.ts'
import type { WebEnv } from '../web-env.ts'
import { type Notice, NoticePage, noticeStatus } from './notice-page.tsx'
import type { PageContext } from './page-context.ts'

type PageStatus = 200 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503

/** A page about one person: no cache, ours or anybody's, keeps it. */
export function pageResponse(c: Context<WebEnv>, page: Child, status: PageStatus = 200): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store')
  return c.html(page as string | Promise<string>, status)
}

export const noticeResponse = (c: Context<WebEnv>, context: PageContext, notice: Notice) =>
  pageResponse(c, <NoticePage context={context} notice={notice} market={c.get('world').settings.marketplace.origin} />, noticeStatus[notice])

/** The page for a refusal that the page at hand cannot explain by itself. */
export function refusalResponse(c: Context<WebEnv>, context: PageContext, problem: Problem) {
  switch (problem.code) {
    case 'unauthenticated':
      return noticeResponse(c, context, 'no-session')
    case 'not-found':
      return noticeResponse(c, context, 'not-found')
    case 'conflict':
      return noticeResponse(c, context, 'busy')
    case 'rate-limited':
      c.header('Retry-After', String(problem.retryAfterSeconds))
      return noticeResponse(c, context, 'busy')
    case 'unreadable':
      return noticeResponse(c, context, 'unreadable')
    case 'payload-too-large':
      // the rest of the body is not read, so nothing can follow on this connection
      c.header('Connection', 'close')
      return noticeResponse(c, context, 'too-large')
    case 'busy':
      c.header('Retry-After', String(problem.retryAfterSeconds))
      // a page that was only asked for comes by itself; what was sent is sent again by its sender
      if (c.req.method === 'GET') c.header('Refresh', String(problem.retryAfterSeconds))
      return noticeResponse(c, context, 'waiting')
    case 'internal':
      return noticeResponse(c, context, 'error')
    default:
      return noticeResponse(c, context, 'forbidden')
  }
}
