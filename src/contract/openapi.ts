import { type Call, isRepeatable, nameOf, type Security } from './call.ts'
import type { CallSchemas } from './call-schemas.ts'

/** What a document tells beyond the calls. */
export interface Described<Code extends string> {
  readonly title: string
  readonly summary: string
  readonly origin: string
  readonly calls: readonly Call<Code>[]
  /** Of the calls, by their names. */
  readonly schemas: Readonly<Record<string, CallSchemas>>
  readonly statusOf: (code: Code) => number
  /** What a call can be answered with besides what is its own. */
  readonly furtherRefusals: (call: Call<Code>) => readonly Code[]
  /** What a call is refused with for a while, as 503 whatever its status is otherwise: the caller did nothing wrong and tries again. */
  readonly failsForAWhile?: (call: Call<Code>) => readonly Code[]
  /** Where a person gets a session. */
  readonly session: string
  /** All refusals there are, where the document shall name them. */
  readonly codes?: readonly Code[]
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A quoted string. The same request under the same key acts once and gets the same answer',
  schema: { type: 'string', pattern: '^"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}"$' },
}

const contentOf = (schema: CallSchemas['body']) => ({ 'application/json': { schema } })

const queryParameters = ({ properties = {}, required = [] }: NonNullable<CallSchemas['query']>) =>
  Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))

const parametersOf = (call: Call, { query }: CallSchemas) => [
  ...[...call.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...(query ? queryParameters(query) : []),
  ...(isRepeatable(call) ? [idempotencyKey] : []),
]

const securityOf: Readonly<Record<Security, readonly Readonly<Record<string, readonly string[]>>[]>> = {
  none: [],
  session: [{ session: [] }],
  service: [{ service: [] }],
  either: [{ session: [] }, { service: [] }],
  webhook: [{ webhook: [] }],
}

const UNAVAILABLE = 503
const waits: readonly number[] = [429, UNAVAILABLE]
const retryAfter = { 'Retry-After': { description: 'Seconds after which to try again', schema: { type: 'integer' } } }

const refusalOf = (status: number, codes: readonly string[]) => ({
  description: codes.join(', '),
  ...(waits.includes(status) ? { headers: retryAfter } : {}),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

function describeCall<Code extends string>(
  call: Call<Code>,
  { schemas, statusOf, furtherRefusals, failsForAWhile }: Described<Code>,
) {
  const { [nameOf(call)]: ofCall = {} } = schemas
  const byStatus = Map.groupBy(new Set([...call.refusals, ...furtherRefusals(call)]), statusOf)
  const forAWhile = failsForAWhile?.(call) ?? []
  if (forAWhile.length > 0) byStatus.set(UNAVAILABLE, [...(byStatus.get(UNAVAILABLE) ?? []), ...forAWhile])
  // what came into being and what was there look alike
  const successes = [call.success, ...(call.already ? [call.already] : [])].map(([status, description]) => [
    String(status),
    { description, ...(ofCall.answer ? { content: contentOf(ofCall.answer) } : {}) },
  ])
  return {
    operationId: nameOf(call),
    tags: [call.tag],
    summary: call.summary,
    parameters: parametersOf(call, ofCall),
    security: securityOf[call.security],
    // an empty body counts as {}
    ...(call.body
      ? { requestBody: { required: !call.body.safeParse({}).success, content: contentOf(ofCall.body) } }
      : {}),
    responses: {
      ...Object.fromEntries(successes),
      ...Object.fromEntries([...byStatus].map(([status, codes]) => [String(status), refusalOf(status, codes)])),
    },
  }
}

/** The OpenAPI 3.1 document of a service. */
export function openApi<Code extends string>(service: Described<Code>) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const call of service.calls)
    paths[call.path] = { ...paths[call.path], [call.method]: describeCall(call, service) }
  return {
    openapi: '3.1.0',
    info: { title: service.title, version: '1', summary: service.summary },
    servers: [{ url: service.origin }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: service.session },
        service: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'service+jwt of at most 5 minutes, single use, signed with a key that the caller publishes',
        },
        webhook: {
          type: 'apiKey',
          in: 'header',
          name: 'webhook-signature',
          description: 'Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature',
        },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: service.codes ? { enum: service.codes } : { type: 'string' },
          },
        },
      },
    },
  }
}
