import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Problem } from '../../kernel/problem.ts'
import { contentPolicy } from '../../platform/http/reply-headers.ts'
import { formActionOf, renderPage } from '../../platform/page/form.tsx'
import { problemResponse } from '../problem-response.ts'
import type { WebEnv } from '../web-env.ts'
import type { Trust } from './trust.ts'

/** What public handlers find in the context. */
export type PublicEnv = { Variables: Pick<WebEnv['Variables'], 'world' | 'report'> & { trust: Trust } }
export type PublicContext = Context<PublicEnv>

/** A page whose state must be asked for anew each time. */
export async function htmlResponse(
  c: PublicContext,
  body: Child | Promise<Child>,
  status: 200 | 404 | 409 | 410 | 422 | 429 | 503 = 200,
  frameAncestors: "'none'" | '*' = "'none'",
): Promise<Response> {
  const { html, actions } = await renderPage(body)
  return c.html(html, status, {
    'content-security-policy': contentPolicy({
      'connect-src': "'none'",
      'form-action': formActionOf(actions, [c.var.world.settings.origin]),
      'frame-ancestors': frameAncestors,
    }),
    'cache-control': 'no-cache',
    vary: 'accept, accept-language',
  })
}

const openHeaders = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
} as const

/** A public document that any web page may read. */
export function openResponse(c: PublicContext, body: string, type: string, cacheControl = 'no-cache'): Response {
  return c.body(body, 200, {
    'content-type': type,
    'cache-control': cacheControl,
    ...openHeaders,
    vary: 'accept, accept-language',
  })
}

/** Turns a document into a download under a file name, if `?download` asks for that. */
export function offerDownload(c: PublicContext, response: Response, name: string): Response {
  if (c.req.query('download') !== undefined)
    response.headers.set('content-disposition', `attachment; filename="${name}"`)
  return response
}

export const openJson = (
  c: PublicContext,
  value: unknown,
  cacheControl?: string,
  type = 'application/json',
): Response => openResponse(c, JSON.stringify(value), type, cacheControl)

/** A refusal that any web page may read. */
export function refuse(problem: Problem): Response {
  const response = problemResponse(problem)
  for (const [header, value] of Object.entries(openHeaders)) response.headers.set(header, value)
  return response
}
