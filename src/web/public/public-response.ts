import type { Context } from 'hono'
import type { Problem } from '../../kernel/problem.ts'
import type { World } from '../../world/world.ts'
import type { Trust } from './trust.ts'

/** What public handlers find in the context. */
export type PublicEnv = { Variables: { world: World; trust: Trust } }
export type PublicContext = Context<PublicEnv>

/** No script, style, frame or form but our own files; nothing inline. */
const policy = (frameAncestors: string) =>
  `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ${frameAncestors}`

type Html = string | Promise<string>

/** A page whose state must be asked for anew each time. */
export async function htmlResponse(c: PublicContext, body: Html, status: 200 | 404 | 410 | 503 = 200, frameAncestors: "'none'" | '*' = "'none'"): Promise<Response> {
  return c.html(await body, status, {
    'content-security-policy': policy(frameAncestors),
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    vary: 'accept, accept-language',
  })
}

/** A public document that any web page may read. */
export function openResponse(c: PublicContext, body: string, type: string, cacheControl = 'no-cache'): Response {
  return c.body(body, 200, {
    'content-type': type,
    'cache-control': cacheControl,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    vary: 'accept, accept-language',
  })
}

/** Turns a document into a download under a file name, if `?download` asks for that. */
export function offerDownload(c: PublicContext, response: Response, name: string): Response {
  if (c.req.query('download') !== undefined) response.headers.set('content-disposition', `attachment; filename="${name}"`)
  return response
}

export const openJson = (c: PublicContext, value: unknown, cacheControl?: string, type = 'application/json'): Response => openResponse(c, JSON.stringify(value), type, cacheControl)

const refusals = {
  malformed: [422, 'The request is not well formed'],
  'not-found': [404, 'There is no such thing'],
  gone: [410, 'It was erased with what was kept about its holder'],
  'payload-too-large': [413, 'The request is too large'],
} as const

/** A refusal as problem+json (RFC 9457), readable from any web page. */
export function refuse(c: PublicContext, problem: Extract<Problem, { code: keyof typeof refusals }>): Response {
  const [status, title] = refusals[problem.code]
  return c.body(JSON.stringify({ type: 'about:blank', title, status, ...problem }), status, {
    'content-type': 'application/problem+json',
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
  })
}
