import { Hono } from 'hono'
import * as z from 'zod'
import type { SandboxProblem } from '../problem.ts'
import { problemKinds } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { escrowOperations } from './escrow-api.ts'
import { jobOperations } from './job-operations.ts'
import { keysOperations } from './keys-api.ts'
import { moderationOperations } from './moderation-api.ts'
import type { Operation } from './operation.ts'
import { pluginCalls } from './plugin-api.ts'
import { demoOperations, workersOperations } from './public-api.ts'
import { reviewOperations } from './review-api.ts'
import { sessionOperations } from './session-api.ts'
import { triggerOperations } from './trigger-api.ts'
import { webhookOperations } from './webhook-door.ts'

/** Every call, in the order in which an integrator meets them. */
export const operations: readonly Operation[] = [
  ...sessionOperations,
  ...demoOperations,
  ...triggerOperations,
  ...workersOperations,
  ...pluginCalls,
  ...jobOperations,
  ...escrowOperations,
  ...reviewOperations,
  ...moderationOperations,
  ...webhookOperations,
  ...keysOperations,
  {
    method: 'get',
    path: '/openapi.json',
    tag: 'Demo',
    summary: 'This document',
    security: 'none',
    success: [200, 'OpenAPI 3.1'],
    refusals: [],
  },
]

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A quoted string. The same request under the same key acts once and gets the same answer',
  schema: { type: 'string', pattern: '^"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}"$' },
}

/** What any call can be answered with besides what is its own. */
const refusalsOf = ({ refusals, body }: Operation): readonly SandboxProblem['code'][] => [
  ...new Set([...refusals, 'rate-limited' as const, 'busy' as const, ...(body ? ['payload-too-large' as const] : [])]),
]

const schemaOf = (type: z.ZodType) => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' })

function queryParameters(query: z.ZodObject) {
  const { properties = {}, required = [] } = schemaOf(query)
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
}

const parametersOf = ({ path, query, refusals }: Operation) => [
  ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
  ...(query ? queryParameters(query) : []),
  ...(refusals.includes('idempotency-mismatch') ? [idempotencyKey] : []),
]

const securityOf: Readonly<Record<Operation['security'], readonly Record<string, never[]>[]>> = {
  none: [],
  session: [{ session: [] }],
  service: [{ service: [] }],
  either: [{ session: [] }, { service: [] }],
  webhook: [{ webhook: [] }],
}

/** Any call fails so while the database is held by somebody else; the plugin's calls also while a fault is set, about `wrk_flaky`, and when its keys cannot be read: it tries again. */
const UNAVAILABLE = 503
const TOO_MANY = 429

const retryAfter = { 'Retry-After': { description: 'Seconds after which to try again', schema: { type: 'integer' } } }

const refusalWith = (codes: readonly SandboxProblem['code'][], status: number) => ({
  description: codes.join(', '),
  ...(status === TOO_MANY || status === UNAVAILABLE ? { headers: retryAfter } : {}),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

/** Answers that came into being and those that were there look alike. */
const successWith = ([status, description]: Operation['success'], answer: z.ZodType | undefined) => [
  String(status),
  { description, ...(answer ? { content: { 'application/json': { schema: schemaOf(answer) } } } : {}) },
]

/** A name for programs that are made from the document. */
const nameOf = ({ method, path }: Operation): string => [method, ...path.split(/[^A-Za-z0-9]+/)].filter(Boolean).join('_')

function describeOperation(operation: Operation) {
  const successes = [operation.success, ...(operation.already ? [operation.already] : [])]
  const byStatus = Map.groupBy<number, SandboxProblem['code']>(refusalsOf(operation), (code) => problemKinds[code].status)
  if (operation.security === 'service' || operation.security === 'either') byStatus.set(UNAVAILABLE, ['busy', 'internal', 'token-refused'])
  const refusals = [...byStatus].map(([status, codes]) => [String(status), refusalWith(codes, status)])
  return {
    operationId: nameOf(operation),
    tags: [operation.tag],
    summary: operation.summary,
    parameters: parametersOf(operation),
    security: securityOf[operation.security],
    ...(operation.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(operation.body) } } } } : {}),
    responses: { ...Object.fromEntries(successes.map((success) => successWith(success, operation.answer))), ...Object.fromEntries(refusals) },
  }
}

/** The OpenAPI 3.1 document of the reference marketplace. */
function openApi(origin: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) }
  return {
    openapi: '3.1.0',
    info: { title: 'Kentei reference marketplace', version: '1', summary: 'The other side of the contract: escrow, reviews, moderation, search' },
    servers: [{ url: origin }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The session of POST /demo/session' },
        service: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'service+jwt of at most 5 minutes, single use, signed with a key that the caller publishes' },
        webhook: { type: 'apiKey', in: 'header', name: 'webhook-signature', description: 'Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code'],
          properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' } },
        },
      },
    },
  }
}

export function openApiRoutes(): Hono<SandboxEnv> {
  return new Hono<SandboxEnv>().get('/openapi.json', (c) => c.json(openApi(c.get('world').settings.origin), 200, { 'Access-Control-Allow-Origin': '*' }))
}
