import * as z from 'zod'
import { marketplaceEvent } from '../../marketplace/contract.ts'
import { problemCodes } from '../problem-response.ts'
import { accommodation, eventsRequest, extension, launchRequest, reasoned, saveRequest, startRequest, statusChange, submitRequest, suspicion, verifyRequest } from '../requests.ts'

type Security = 'session' | 'service' | 'webhook' | 'none'

/** One call of the public contract. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  readonly path: string
  readonly tag: 'Launch' | 'Candidate' | 'Credentials' | 'Marketplace' | 'Operators'
  readonly summary: string
  readonly security: Security
  readonly body?: z.ZodType
  readonly success: readonly [status: number, description: string]
  readonly refusals: readonly (keyof typeof problemCodes)[]
}

const candidate = (method: Operation['method'], path: string, summary: string, success: Operation['success'], refusals: Operation['refusals'], body?: z.ZodType): Operation => ({
  method,
  path,
  tag: 'Candidate',
  summary,
  security: 'session',
  success,
  refusals: ['unauthenticated', ...refusals],
  ...(body ? { body } : {}),
})
const open = (method: Operation['method'], path: string, summary: string, success: Operation['success'], body?: z.ZodType): Operation => ({
  method,
  path,
  tag: 'Credentials',
  summary,
  security: 'none',
  success,
  refusals: ['not-found'],
  ...(body ? { body } : {}),
})
const staff = (method: Operation['method'], path: string, summary: string, success: Operation['success'], body?: z.ZodType): Operation => ({
  method,
  path,
  tag: 'Operators',
  summary,
  security: 'session',
  success,
  refusals: ['unauthenticated', 'forbidden', 'not-found', 'conflict'],
  ...(body ? { body } : {}),
})
const service = (method: Operation['method'], path: string, summary: string, success: Operation['success']): Operation => ({
  method,
  path,
  tag: 'Marketplace',
  summary,
  security: 'service',
  success,
  refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found'],
})

/** Every public call, in the order in which an integrator meets them. */
export const operations: readonly Operation[] = [
  {
    method: 'get',
    path: '/launch',
    tag: 'Launch',
    summary: 'Opens a session for a person whom the marketplace sends over (?token=), sets the session cookie and goes on to the exam or the catalogue',
    security: 'none',
    success: [303, 'To the exam, the catalogue or the staff pages'],
    refusals: ['malformed', 'token-refused'],
  },
  {
    method: 'post',
    path: '/api/session',
    tag: 'Launch',
    summary: 'Turns a launch token into a bearer session',
    security: 'none',
    body: launchRequest,
    success: [201, '{session, worker, role, expiresAt}'],
    refusals: ['malformed', 'token-refused'],
  },
  candidate('get', '/api/exams', 'Published exams', [200, '{exams: […]}'], []),
  candidate('get', '/api/exams/{exam}', 'One exam, its rules and whether the worker may start', [200, 'The exam with rulesHtml and eligibility'], ['not-found']),
  candidate(
    'post',
    '/api/exams/{exam}/attempts',
    'Starts an attempt, or gives the open one back with 200. Takes Idempotency-Key',
    [201, 'The attempt with its paper and lease'],
    ['malformed', 'not-found', 'not-eligible', 'forbidden', 'conflict', 'idempotency-mismatch', 'idempotency-in-flight'],
    startRequest,
  ),
  candidate('get', '/api/attempts/{id}', 'An attempt, its paper and the stored responses', [200, 'The attempt'], ['not-found']),
  candidate('post', '/api/attempts/{id}/lease', 'Takes the lease: the earlier one is dead', [200, '{lease, now, deadline}'], ['not-found', 'attempt-closed']),
  candidate(
    'put',
    '/api/attempts/{id}/responses',
    'Saves 1 to 100 responses',
    [200, '{now, deadline, results: [{item, status: saved | stale-revision, revision, response?}]}'],
    ['malformed', 'not-found', 'attempt-closed', 'lease-lost', 'conflict'],
    saveRequest,
  ),
  candidate('post', '/api/attempts/{id}/submit', 'Submits the paper; the same reply for ever after', [200, 'The result'], ['malformed', 'not-found', 'lease-lost', 'conflict'], submitRequest),
  candidate('post', '/api/attempts/{id}/withdraw', 'Ends the attempt without a pass; it counts all the same', [200, 'The result'], ['not-found', 'conflict']),
  candidate('get', '/api/attempts/{id}/result', 'The result', [200, '{status, passed, score, passScore, scoreBand, sections, credential?, retryAt?}'], ['not-found', 'attempt-open']),
  candidate('post', '/api/attempts/{id}/events', 'What the browser saw: hidden, visible, paste, offline, online', [202, '{accepted, now, deadline}'], ['malformed', 'not-found'], eventsRequest),
  open('get', '/.well-known/did.json', 'The issuer as did:web', [200, 'DID document']),
  open('get', '/.well-known/jwks.json', 'Public keys', [200, 'JWKS']),
  open('get', '/keys/{thumbprint}', 'One public key', [200, 'JWK']),
  open('get', '/achievements/{exam}', 'Open Badges achievement, JSON or page', [200, 'The achievement']),
  open('get', '/credentials/{id}', 'Verification page; .jwt, .json and .svg give the documents', [200, 'The credential']),
  open('get', '/status/{list}', 'Bitstring status list as vc+jwt', [200, 'Signed status list']),
  open('post', '/api/credentials/verify', 'Verifies a credential of ours or of another issuer', [200, '{verdict, checks, credential?}'], verifyRequest),
  open('get', '/embed/{id}', 'Live badge for an iframe', [200, 'HTML']),
  open('get', '/oembed', 'oEmbed (?url=)', [200, 'oEmbed document']),
  {
    method: 'post',
    path: '/webhooks/marketplace',
    tag: 'Marketplace',
    summary: 'Events of the marketplace, Standard Webhooks v1 or v1a over the raw body',
    security: 'webhook',
    body: marketplaceEvent,
    success: [200, '{applied}'],
    refusals: ['signature-invalid', 'malformed', 'payload-too-large'],
  },
  service('get', '/api/workers/{worker}/credentials', "A worker's credentials; scope credentials:read", [
    200,
    '{worker, credentials: [{id, exam, level, title, status, issuedAt, validUntil, version, url, credential, evidence: {contracts, clients}}]}',
  ]),
  service('delete', '/api/workers/{worker}', 'Erases a worker; scope workers:erase', [200, '{worker, erased}']),
  service('get', '/api/events', 'Our own events after a cursor (?after=); scope events:read', [200, '{events, next}']),
  staff('post', '/api/staff/attempts/{id}/deadline', 'Extends the deadline of an open attempt', [200, '{deadline}'], extension),
  staff('post', '/api/staff/attempts/{id}/void', 'Voids an open attempt', [200, '{closedAt}'], reasoned),
  staff('put', '/api/staff/workers/{worker}/accommodation', "Sets a worker's time multiplier", [200, '{timeMultiplier}'], accommodation),
  staff(
    'post',
    '/api/staff/credentials/{id}/status',
    'Suspends, reinstates or revokes a credential. It stays suspended while its holder is suspended or a case is open',
    [200, '{id, status, version}'],
    statusChange,
  ),
  staff(
    'post',
    '/api/staff/attempts/{id}/case',
    "Puts an attempt's certificate under review and reports the case to the marketplace; 200 with the open case if there is one",
    [201, '{case, credential, status, version}'],
    suspicion,
  ),
  staff(
    'post',
    '/api/staff/credentials/{id}/case',
    'Puts a certificate under review and reports the case to the marketplace; 200 with the open case if there is one',
    [201, '{case, credential, status, version}'],
    suspicion,
  ),
  staff('post', '/api/staff/reconcile', 'Begins a reconciliation with the marketplace, or does the next page of the one under way', [200, '{workers, finished, startedAt}']),
  staff('get', '/api/staff/deliveries', 'The outbox and its dead letters', [200, 'Deliveries']),
  staff('post', '/api/staff/deliveries/{id}/replay', 'Sends a letter again', [200, '{id}']),
  staff('post', '/api/staff/deliveries/replay-dead', 'Sends all dead letters again', [200, '{replayed}']),
]

const parametersOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

function describeOperation(operation: Operation) {
  const byStatus = Map.groupBy(operation.refusals, (code) => problemCodes[code])
  const refusals = [...byStatus].map(([status, codes]) => [
    String(status),
    { description: codes.join(', '), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
  ])
  return {
    tags: [operation.tag],
    summary: operation.summary,
    parameters: parametersOf(operation.path),
    ...(operation.security === 'none' ? { security: [] } : { security: [{ [operation.security]: [] }] }),
    ...(operation.body ? { requestBody: { required: true, content: { 'application/json': { schema: z.toJSONSchema(operation.body, { io: 'input', unrepresentable: 'any' }) } } } } : {}),
    responses: { [operation.success[0]]: { description: operation.success[1] }, ...Object.fromEntries(refusals) },
  }
}

/** The OpenAPI 3.1 document of the service. */
export function openApi(origin: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Kentei', version: '1', summary: 'Skill certification that plugs into a freelance marketplace' },
    servers: [{ url: origin }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The session of POST /api/session, or the cookie of /launch' },
        service: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'service+jwt of at most 5 minutes, single use, signed with a key that the caller publishes' },
        webhook: { type: 'apiKey', in: 'header', name: 'webhook-signature', description: 'Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code'],
          properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { enum: Object.keys(problemCodes) } },
        },
      },
    },
  }
}
