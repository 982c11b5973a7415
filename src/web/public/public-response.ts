import type { Context } from 'hono'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import type { Problem } from '../../kernel/problem.ts'
import { problemResponse } from '../problem-response.ts'
import type { WebEnv } from '../web-env.ts'
import type { Trust } from './trust.ts'

/** What handlers of documents find in the context. */
export type DocumentEnv = { Variables: Pick<WebEnv['Variables'], 'world' | 'report'> }
/** What public handlers find in the context. */
export type PublicEnv = { Variables: DocumentEnv['Variables'] & { trust: Trust } }
export type PublicContext = Context<PublicEnv>

/** For documents that change seldom and are asked for often: who has them already is not sent them again. */
export const tagged = etag({
  retainedHeaders: [
    ...RETAINED_304_HEADERS,
    'access-control-allow-origin',
    'cross-origin-resource-policy',
    'x-content-type-options',
  ],
})

const openHeaders = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
} as const

/** A public document that any web page may read. */
export function openResponse(c: Context, body: string, type: string, cacheControl = 'no-cache'): Response {
  return c.body(body, 200, {
    'content-type': type,
    'cache-control': cacheControl,
    ...openHeaders,
    vary: 'accept, accept-language',
  })
}

/** Turns a document into a download under a file name, if `?download` asks for that. */
export function offerDownload(c: Context, response: Response, name: string): Response {
  if (c.req.query('download') !== undefined)
    response.headers.set('content-disposition', `attachment; filename="${name}"`)
  return response
}

export const openJson = (c: Context, value: unknown, cacheControl?: string, type = 'application/json'): Response =>
  openResponse(c, JSON.stringify(value), type, cacheControl)

/** A refusal that any web page may read. */
export function refuse(problem: Problem): Response {
  const response = problemResponse(problem)
  for (const [header, value] of Object.entries(openHeaders)) response.headers.set(header, value)
  return response
}
