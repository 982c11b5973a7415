import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as z from 'zod'
import { credentialContexts } from '../../credential/open-badge.ts'
import { credentialsOfWorker } from '../../credential/store.ts'
import { parseRfc3339 } from '../../kernel/instant.ts'
import { findWorker } from '../../marketplace/store.ts'
import type { WebEnv } from '../web-env.ts'

const INFO = 'The badges of a holder, read with the session that a launch from the marketplace opens'
const status = {
  description: 'Refused',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Imsx_StatusInfo' } } },
}
const refusals = (...codes: readonly number[]) => Object.fromEntries(codes.map((code) => [String(code), status]))
const parameter = (name: string, schema: object, description: string) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
})
const header = (description: string, type: string) => ({ description, schema: { type } })

const credentials = {
  operationId: 'getCredentials',
  summary: 'The badges that the holder of the session has earned, but revoked ones, the newest first',
  security: [{ session: [] }],
  parameters: [
    parameter('limit', { type: 'integer', minimum: 1, maximum: 1_000, default: 100 }, 'Most badges to return'),
    parameter('offset', { type: 'integer', minimum: 0, default: 0 }, 'Index of the first badge'),
    parameter('since', { type: 'string', format: 'date-time' }, 'Only badges that were issued later'),
  ],
  responses: {
    '200': {
      description: 'Badges in the VC-JWT proof format',
      headers: { 'X-Total-Count': header('Badges in all', 'integer'), Link: header('Other pages, RFC 8288', 'string') },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/GetOpenBadgeCredentialsResponse' } } },
    },
    ...refusals(400, 401, 405),
  },
}

const profile = {
  operationId: 'getProfile',
  summary: 'Who the holder of the session is in their badges',
  security: [{ session: [] }],
  responses: {
    '200': {
      description: 'The profile',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Profile' } } },
    },
    ...refusals(401, 404, 405),
  },
}

const discovery = {
  operationId: 'getServiceDescription',
  summary: 'This document',
  security: [],
  responses: {
    '200': { description: 'This document', content: { 'application/json': { schema: { type: 'object' } } } },
  },
}

const text = { type: 'string' }
const list = (items: object) => ({ type: 'array', items })
const schemas = {
  GetOpenBadgeCredentialsResponse: {
    type: 'object',
    properties: { credential: list({ type: 'object' }), compactJwsString: list(text) },
  },
  Profile: {
    type: 'object',
    required: ['id', 'type'],
    properties: { '@context': list(text), id: { type: 'string', format: 'uri' }, type: list(text), name: text },
  },
  Imsx_StatusInfo: {
    type: 'object',
    required: ['imsx_codeMajor', 'imsx_severity'],
    properties: {
      imsx_codeMajor: text,
      imsx_severity: text,
      imsx_description: text,
      imsx_codeMinor: { type: 'object' },
    },
  },
}

/**
 * The service description document of the Open Badges API, which is OpenAPI 3.0. It offers what there is: reading, with a
 * session. There is no `OAuth2ACG` scheme, because there is no authorization server. Source: Open Badges 3.0, 6.3 and 7.1.
 */
const serviceDescription = (origin: string) => ({
  openapi: '3.0.1',
  info: { title: 'Kentei: Open Badges 3.0, read side', version: '3.0', description: INFO },
  servers: [{ url: `${origin}/ims/ob/v3p0` }],
  paths: { '/discovery': { get: discovery }, '/credentials': { get: credentials }, '/profile': { get: profile } },
  components: {
    securitySchemes: {
      session: {
        type: 'http',
        scheme: 'bearer',
        description: 'The `session` of POST /api/session: a launch token of the marketplace opens it for the holder',
      },
    },
    schemas,
  },
})

const BASE = '/ims/ob/v3p0'
const page = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
  since: z
    .string()
    .optional()
    .transform((text, context) => {
      const at = text === undefined ? undefined : parseRfc3339(text)
      if (text !== undefined && at === undefined) context.addIssue({ code: 'custom', message: 'not an RFC 3339 time' })
      return at
    }),
})

const minorCodes = { 400: 'invaliddata', 401: 'unauthorisedrequest', 404: 'unknownobject', 405: 'invaliddata' } as const

/** A refusal in the form of this API. Source: Open Badges 3.0, Imsx_StatusInfo. */
const refuse = (c: Context, status: keyof typeof minorCodes & ContentfulStatusCode, why: string) =>
  c.json(
    {
      imsx_codeMajor: 'failure',
      imsx_severity: 'error',
      imsx_description: why,
      imsx_codeMinor: {
        imsx_codeMinorField: [
          { imsx_codeMinorFieldName: 'TargetEndSystem', imsx_codeMinorFieldValue: minorCodes[status] },
        ],
      },
    },
    status,
    { ...(status === 401 && { 'www-authenticate': 'Bearer' }), ...(status === 405 && { allow: 'GET, HEAD' }) },
  )

/** RFC 8288 links to the other pages of a list. */
function linksOf(url: string, { limit, offset, total }: { limit: number; offset: number; total: number }): string {
  const last = Math.max(0, Math.floor((total - 1) / limit) * limit)
  const link = (rel: string, to: number) => {
    const target = new URL(url)
    target.searchParams.set('limit', String(limit))
    target.searchParams.set('offset', String(to))
    return `<${target.href}>; rel="${rel}"`
  }
  return [
    link('first', 0),
    ...(offset > 0 ? [link('prev', Math.max(0, offset - limit))] : []),
    ...(offset + limit < total ? [link('next', offset + limit)] : []),
    link('last', last),
  ].join(', ')
}

/**
 * The read side of the Open Badges 3.0 API, for the holder of a session: what they earned, and who they are here.
 * Source: Open Badges 3.0, 6.2. Tokens are sessions, not OAuth 2 access tokens, as the service description says.
 */
export function openBadgesApi(): Hono<WebEnv> {
  const app = new Hono<WebEnv>()
  app.get(`${BASE}/discovery`, (c) =>
    c.json(serviceDescription(c.var.world.settings.origin), 200, {
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
    }),
  )

  app.get(`${BASE}/credentials`, async (c) => {
    const { world, session } = c.var
    if (!session) return refuse(c, 401, 'Show the bearer session of the holder')
    const query = page.safeParse(c.req.query())
    if (!query.success)
      return refuse(c, 400, query.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
    const { limit, offset, since } = query.data
    // what was revoked is nobody's to show; whether a badge has ended or is suspended shows when it is verified
    const all = (await credentialsOfWorker(world.db, session.worker)).filter(
      (row) => row.jwt !== '' && row.status !== 'revoked' && (since === undefined || row.issuedAt > since),
    )
    const url = `${world.settings.origin}${BASE}/credentials${new URL(c.req.url).search}`
    const headers = {
      'x-total-count': String(all.length),
      link: linksOf(url, { limit, offset, total: all.length }),
      'cache-control': 'no-store',
    }
    return c.json(
      { credential: [], compactJwsString: all.slice(offset, offset + limit).map(({ jwt }) => jwt) },
      200,
      headers,
    )
  })

  app.get(`${BASE}/profile`, async (c) => {
    const { world, session } = c.var
    if (!session) return refuse(c, 401, 'Show the bearer session of the holder')
    const worker = await findWorker(world.db, session.worker)
    if (!worker || worker.erasedAt !== undefined) return refuse(c, 404, 'There is no profile of this person')
    return c.json(
      { '@context': [credentialContexts[1]], id: worker.subject, type: ['Profile'], name: worker.name },
      200,
      { 'cache-control': 'no-store' },
    )
  })

  for (const path of ['discovery', 'credentials', 'profile'])
    app.all(`${BASE}/${path}`, (c) => refuse(c, 405, 'Badges and profiles can be read here, not written'))
  return app
}
