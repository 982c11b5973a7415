import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Problem } from '../../kernel/problem.ts'
import { contentPolicy, isFromForeignPage } from '../../platform/http/reply-headers.ts'
import { formActionOf, postedTexts, renderPage } from '../../platform/page/form.tsx'
import type { WebEnv } from '../web-env.ts'
import { type AskWho, AskWhoPage, LaunchAgainPage } from './ask-who-page.tsx'
import { isOfStaff, type Notice, NoticePage, noticeStatus } from './notice-page.tsx'
import type { PageContext } from './page-context.ts'
import { WaitingPage } from './waiting/waiting-page.tsx'

type PageStatus = 200 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503

/** A page about one person: no cache, ours or anybody's, keeps it. */
export async function pageResponse(c: Context<WebEnv>, page: Child, status: PageStatus = 200): Promise<Response> {
  const { html, actions } = await renderPage(page)
  c.header('Cache-Control', 'no-store')
  c.header(
    'Content-Security-Policy',
    contentPolicy({ 'form-action': formActionOf(actions, [c.get('world').settings.origin]) }),
  )
  return c.html(html, status)
}

interface NoticeMore {
  /** What whoever runs this service must know. */
  readonly detail?: string
  /** The page to come back to after another launch. */
  readonly back?: string
}

export const noticeResponse = (
  c: Context<WebEnv>,
  context: PageContext,
  notice: Notice,
  { detail, back = '/' }: NoticeMore = {},
) =>
  pageResponse(
    c,
    <NoticePage
      context={context}
      notice={notice}
      detail={detail}
      back={back}
      market={c.get('world').settings.marketplace.origin}
    />,
    noticeStatus[notice],
  )

/** Asks whether a browser in which one person is signed in shall be another's from now on. */
export const askWhoResponse = (c: Context<WebEnv>, context: PageContext, who: AskWho) =>
  pageResponse(c, <AskWhoPage context={context} {...who} />)

/** What was posted waits for a younger launch, or for any where the session has ended. */
export async function launchAgainResponse(
  c: Context<WebEnv>,
  context: PageContext,
  status: 401 | 403 = 403,
): Promise<Response> {
  return pageResponse(
    c,
    <LaunchAgainPage context={context} action={c.req.path} fields={await postedTexts(c)} />,
    status,
  )
}

/** Whoever sends a form of ours after their session has ended keeps what they wrote in it; others are told how to get one. */
export const noSessionResponse = (c: Context<WebEnv>, context: PageContext): Response | Promise<Response> =>
  c.req.method === 'POST' && !isFromForeignPage(c, [c.get('world').settings.origin])
    ? launchAgainResponse(c, context, 401)
    : noticeResponse(c, context, 'no-session')

/** The page for those who come too early: it keeps what they sent, and comes again. */
async function waitingResponse(c: Context<WebEnv>, context: PageContext, seconds: number): Promise<Response> {
  c.header('Retry-After', String(seconds))
  if (c.req.method === 'GET') {
    c.header('Refresh', String(seconds))
    return pageResponse(c, <WaitingPage context={context} seconds={seconds} />, 503)
  }
  const { pathname, search } = new URL(c.req.url)
  const sent = { action: `${pathname}${search}`, fields: await postedTexts(c) }
  return pageResponse(c, <WaitingPage context={context} seconds={seconds} sent={sent} />, 503)
}

/** The page for a refusal that the page at hand cannot explain by itself. */
export function refusalResponse(
  c: Context<WebEnv>,
  context: PageContext,
  problem: Problem,
): Response | Promise<Response> {
  switch (problem.code) {
    case 'unauthenticated':
      return noSessionResponse(c, context)
    case 'not-found':
      return noticeResponse(c, context, 'not-found')
    case 'attempt-open':
      return noticeResponse(c, context, 'sitting')
    case 'own-case':
    case 'own-proposal':
      return noticeResponse(c, context, 'own-case')
    case 'launch-too-old':
      return launchAgainResponse(c, context)
    case 'conflict':
      return noticeResponse(c, context, isOfStaff(context) ? 'changed' : 'busy')
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
      return waitingResponse(c, context, problem.retryAfterSeconds)
    case 'internal':
      return noticeResponse(c, context, 'error')
    default:
      return noticeResponse(c, context, 'forbidden')
  }
}
