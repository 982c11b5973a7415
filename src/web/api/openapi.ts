import * as z from 'zod'
import { problemKinds } from '../problem-response.ts'
import { type Operation, operations } from './operations.ts'

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A quoted string. The same request under the same key acts once and gets the same answer',
  schema: { type: 'string' },
}

const parametersOf = ({ path, query = [], refusals }: Operation) => [
  ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
  ...query.map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
  ...(refusals.includes('idempotency-mismatch') ? [idempotencyKey] : []),
]

/** What any call can be answered with besides what is its own. */
const refusalsOf = ({ refusals, body }: Operation): readonly (keyof typeof problemKinds)[] => [
  ...new Set([...refusals, ...(body ? (['malformed', 'payload-too-large'] as const) : []), 'rate-limited' as const, 'busy' as const, 'internal' as const]),
]

/** A name for programs that are made from the document. */
const nameOf = ({ method, path }: Operation): string => [method, ...path.split(/[^A-Za-z0-9]+/)].filter(Boolean).join('_')

const schemaOf = (type: z.ZodType, io: 'input' | 'output') => ({ 'application/json': { schema: z.toJSONSchema(type, { io, unrepresentable: 'any' }) } })

function describeOperation(operation: Operation) {
  const { body, answer, already } = operation
  const byStatus = Map.groupBy(refusalsOf(operation), (code) => problemKinds[code].status)
  const refusals = [...byStatus].map(([status, codes]) => [
    String(status),
    { description: codes.join(', '), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
  ])
  const successes = [operation.success, ...(already ? [already] : [])].map(([status, description]) => [String(status), { description, ...(answer ? { content: schemaOf(answer, 'output') } : {}) }])
  return {
    operationId: nameOf(operation),
    tags: [operation.tag],
    summary: operation.summary,
    parameters: parametersOf(operation),
    ...(operation.security === 'none' ? { security: [] } : { security: [{ [operation.security]: [] }] }),
    ...(body ? { requestBody: { required: true, content: schemaOf(body, 'input') } } : {}),
    responses: { ...Object.fromEntries(successes), ...Object.fromEntries(refusals) },
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
          properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { enum: Object.keys(problemKinds) } },
        },
      },
    },
  }
}
