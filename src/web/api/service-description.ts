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
export const serviceDescription = (origin: string) => ({
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
