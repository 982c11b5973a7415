import {
  type AnswerHeader,
  type Call,
  type FurtherAnswer,
  givesPages,
  isRepeatable,
  type Media,
  nameOf,
} from './call.ts'
import type { CallSchemas, ContractSchemas, JsonSchema } from './call-schemas.ts'
import { exampleOf, type Known } from './openapi-example.ts'
import { headers, PNG, parameters, schemesOf, securitySchemes, signedHeaders } from './openapi-parts.ts'

/** What a document tells beyond the calls. */
export interface Described<Code extends string> {
  readonly title: string
  readonly summary: string
  readonly description: string
  readonly origin: string
  readonly calls: readonly Call<Code>[]
  readonly schemas: ContractSchemas
  /** What the tags of the calls stand for, in the order in which one reads them. */
  readonly tags: Readonly<Record<string, string>>
  /** All refusals there are. */
  readonly refusals: Readonly<Record<Code, { readonly status: number; readonly title: string }>>
  /** What a call can be answered with besides what is its own. */
  readonly furtherRefusals: (call: Call<Code>) => readonly Code[]
  /** What a call is refused with for a while, as 503 whatever its status is otherwise: the caller did nothing wrong and tries again. */
  readonly failsForAWhile?: (call: Call<Code>) => readonly Code[]
  /** Where a person gets a session. */
  readonly session: string
  /** What members are in examples, besides what they are everywhere. */
  readonly exampleValues?: Known
  /** The cookie that stands for a session, where one does. */
  readonly cookie?: string
}

const UNAVAILABLE = 503
const [UNAUTHENTICATED, NOT_MODIFIED] = [401, 304]
const waits: readonly number[] = [429, UNAVAILABLE]

const sharedHeader = (name: keyof typeof headers) => [name, { $ref: `#/components/headers/${name}` }] as const
const headersOf = (...names: readonly (keyof typeof headers)[]) => ({
  headers: Object.fromEntries(['RateLimit-Policy' as const, 'RateLimit' as const, ...names].map(sharedHeader)),
})
const sharedParameter = (name: keyof typeof parameters) => ({ $ref: `#/components/parameters/${name}` })

/** The part of a path that says what is asked for. */
const nounOf = (path: string): string | undefined =>
  path.split('/').findLast((part) => part !== '' && !part.includes('{') && part !== 'mine')
/** The part before a parameter. */
const nounBefore = (path: string, name: string): string | undefined => nounOf(path.slice(0, path.indexOf(`{${name}}`)))

const mediaOf = (media: Media = {}) =>
  Object.entries(media).map(([type, sample]) =>
    sample === 'picture'
      ? [type, { schema: { type: 'string', format: 'binary' }, examples: { picture: { externalValue: PNG } } }]
      : [type, { schema: { type: 'string' }, example: sample }],
  )

const failedPage = { description: 'The same as a page', media: { 'text/html': '<!doctype html><title>Kentei</title>' } }

/** The name of a refusal among the forms. */
const formName = (code: string): string =>
  `${code.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Problem`

/** The parts of a document that hang on its service. */
function writerOf<Code extends string>(service: Described<Code>) {
  const { schemas, refusals } = service
  const example = (form: JsonSchema, name?: string, within?: string) =>
    exampleOf(form, { named: schemas.named, known: service.exampleValues, name, within })
  const json = (form: JsonSchema, within: string | undefined, types: readonly string[] = ['application/json']) =>
    types.map((type) => [type, { schema: form, example: example(form, undefined, within) }] as const)

  const problemExample = (code: Code, status = refusals[code].status) => ({
    type: `urn:kentei:problem:${code}`,
    title: refusals[code].title,
    status,
    code,
    ...(schemas.carried[code] ? (example(schemas.carried[code]) as object) : {}),
  })

  const problemForm = (code: Code) => {
    const { properties = {}, required = [] } = schemas.carried[code] ?? {}
    const { title } = refusals[code]
    return {
      description: title,
      allOf: [
        { $ref: '#/components/schemas/Problem' },
        {
          type: 'object',
          required: ['code', ...required],
          properties: { code: { type: 'string', enum: [code], description: title }, ...properties },
        },
      ],
    }
  }

  const problemsOf = (status: number, codes: readonly Code[]) => {
    const refs = codes.map((code) => ({ $ref: `#/components/schemas/${formName(code)}` }))
    return {
      schema: refs.length === 1 ? refs[0] : { oneOf: refs },
      examples: Object.fromEntries(
        codes.map((code) => [
          code,
          refusals[code].status === status
            ? { $ref: `#/components/examples/${code}` }
            : { summary: refusals[code].title, value: problemExample(code, status) },
        ]),
      ),
    }
  }

  const parametersOf = (call: Call, { query }: CallSchemas) => [
    ...[...call.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
      example: example({ type: 'string' }, name, nounBefore(call.path, name)),
    })),
    ...Object.entries((query?.properties ?? {}) as Record<string, JsonSchema>).map(([name, schema]) => ({
      name,
      in: 'query',
      required: query?.required?.includes(name) ?? false,
      ...(schema.description ? { description: schema.description } : {}),
      schema,
      example: example(schema, name),
    })),
    ...(isRepeatable(call) ? [sharedParameter('Idempotency-Key')] : []),
    ...(call.headers?.includes('ETag') ? [sharedParameter('If-None-Match')] : []),
    ...(call.security === 'webhook' ? signedHeaders.map(sharedParameter) : []),
  ]

  const successesOf = (call: Call, { answer }: CallSchemas) => {
    const sent: readonly AnswerHeader[] = call.headers ?? []
    const content = [...(answer ? json(answer, nounOf(call.path), call.jsonTypes) : []), ...mediaOf(call.media)]
    // what came into being and what was there look alike
    return [call.success, ...(call.already ? [call.already] : [])].map(([status, description]) => [
      String(status),
      {
        description,
        ...headersOf(...sent),
        ...(content.length > 0 ? { content: Object.fromEntries(content) } : {}),
      },
    ])
  }

  const refusalsOf = (call: Call<Code>) => {
    const byStatus = Map.groupBy<number, Code>(
      new Set([...call.refusals, ...service.furtherRefusals(call)]),
      (code) => refusals[code].status,
    )
    const forAWhile = service.failsForAWhile?.(call) ?? []
    if (forAWhile.length > 0) byStatus.set(UNAVAILABLE, [...(byStatus.get(UNAVAILABLE) ?? []), ...forAWhile])
    return [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.join(', '),
        ...headersOf(
          ...(waits.includes(status) ? (['Retry-After'] as const) : []),
          ...(status === UNAUTHENTICATED ? (['WWW-Authenticate'] as const) : []),
        ),
        content: { 'application/problem+json': problemsOf(status, codes) } as Record<string, unknown>,
      },
    ]) as [string, { description: string; content: Record<string, unknown> }][]
  }

  const responsesOf = (call: Call<Code>, ofCall: CallSchemas) => {
    const responses = Object.fromEntries([...successesOf(call, ofCall), ...refusalsOf(call)])
    if (call.headers?.includes('ETag'))
      responses[NOT_MODIFIED] = { description: 'The caller has it already', ...headersOf('ETag') }
    // who would read a page, reads of failures in one, too
    const failures = givesPages(call) ? Object.fromEntries(['500', '503'].map((status) => [status, failedPage])) : {}
    const further: Readonly<Record<string, FurtherAnswer>> = { ...failures, ...call.further }
    for (const [status, { description, media }] of Object.entries(further)) {
      const known = responses[status] ?? { description, ...headersOf() }
      const form = ofCall.further?.[status]
      const content = [...mediaOf(media), ...(form ? json(form, undefined) : [])]
      responses[status] = { ...known, content: { ...known.content, ...Object.fromEntries(content) } }
    }
    return responses
  }

  const securityOf = ({ security, scope, roles = [] }: Call) =>
    schemesOf[security]
      .filter((scheme) => scheme !== 'cookie' || service.cookie !== undefined)
      .map((scheme) => ({
        [scheme]: scheme === 'service' ? (scope ? [scope] : []) : scheme === 'webhook' ? [] : roles,
      }))

  return {
    problemExample,
    problemForm,
    operation: (call: Call<Code>) => {
      const { [nameOf(call)]: ofCall = {} } = schemas.calls
      return {
        operationId: nameOf(call),
        tags: [call.tag],
        summary: call.summary,
        parameters: parametersOf(call, ofCall),
        security: securityOf(call),
        // an empty body counts as {}
        ...(call.body && ofCall.body
          ? {
              requestBody: {
                required: !call.body.safeParse({}).success,
                content: Object.fromEntries(
                  json(ofCall.body, nounOf(call.path), call.bodyType ? [call.bodyType] : undefined),
                ),
              },
            }
          : {}),
        responses: responsesOf(call, ofCall),
      }
    },
    webhook: ({ type, when, form }: ContractSchemas['events'][number]) => ({
      post: {
        operationId: type.replace('.', '_'),
        tags: ['Events'],
        summary: when,
        parameters: signedHeaders.map(sharedParameter),
        security: [{ webhook: [] }],
        requestBody: { required: true, content: Object.fromEntries(json(form, 'events')) },
        responses: {
          '200': { description: 'Taken, or known already. The body is not read' },
          '404': { description: 'Not wanted: it is not sent again' },
          '503': {
            description: 'Sent again, not before Retry-After',
            headers: Object.fromEntries([sharedHeader('Retry-After')]),
          },
        },
      },
    }),
  }
}

/** Parts of a document that something in it names. */
function named<T extends Readonly<Record<string, Readonly<Record<string, unknown>>>>>(
  document: object,
  components: T,
): T {
  const text = JSON.stringify(document)
  const isNamed = (kind: string, name: string) => text.includes(`"#/components/${kind}/${name}"`)
  return Object.fromEntries(
    Object.entries(components).map(([kind, parts]) => [
      kind,
      Object.fromEntries(Object.entries(parts).filter(([name]) => isNamed(kind, name))),
    ]),
  ) as unknown as T
}

/** The OpenAPI 3.1 document of a service. */
export function openApi<Code extends string>(service: Described<Code>) {
  const writer = writerOf(service)
  const paths: Record<string, Record<string, unknown>> = {}
  for (const call of service.calls) paths[call.path] = { ...paths[call.path], [call.method]: writer.operation(call) }
  const codes = Object.keys(service.refusals) as Code[]
  const told = (code: Code) => `- \`${code}\` (${service.refusals[code].status}): ${service.refusals[code].title}`
  const webhooks = Object.fromEntries(service.schemas.events.map((event) => [event.type, writer.webhook(event)]))
  const problem = {
    type: 'object',
    description: 'A refusal (RFC 9457)',
    required: ['type', 'title', 'status', 'code'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', enum: codes, description: codes.map(told).join('\n') },
    },
  }
  const { schemas, ...components } = named(
    { paths, webhooks },
    {
      parameters,
      headers,
      examples: Object.fromEntries(
        codes.map((code) => [code, { summary: service.refusals[code].title, value: writer.problemExample(code) }]),
      ),
      schemas: Object.fromEntries(codes.map((code) => [formName(code), writer.problemForm(code)])),
    },
  )
  return {
    openapi: '3.1.0',
    info: {
      title: service.title,
      version: '1',
      summary: service.summary,
      description: service.description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: service.origin }],
    tags: Object.entries(service.tags).map(([name, description]) => ({ name, description })),
    paths,
    webhooks,
    components: {
      securitySchemes: securitySchemes(service.session, service.cookie),
      ...components,
      schemas: { Problem: problem, ...schemas, ...service.schemas.named },
    },
  }
}
