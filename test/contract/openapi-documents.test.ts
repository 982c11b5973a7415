import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '../../src/contract/call.ts'
import { nameOf } from '../../src/contract/call.ts'
import { countedEventTypes, credentialEventTypes, marketplaceEventTypes } from '../../src/contract/events.ts'
import { calls } from '../../src/contract/kentei/calls.ts'
import { apiDocument as documentOfMarket, calls as marketCalls } from '../../src/sandbox/api/calls.ts'
import { problemKinds as marketKinds } from '../../src/sandbox/problem-response.ts'
import { apiDocument } from '../../src/web/api/api-document.ts'
import { problemKinds } from '../../src/web/problem-response.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { type Json, schemaChecker } from '../support/schema-checker.ts'

const services = [
  {
    name: 'Kentei',
    document: JSON.parse(JSON.stringify(apiDocument('https://kentei.example'))) as Json,
    calls: calls as readonly Call[],
    kinds: problemKinds as Readonly<Record<string, { status: number; title: string }>>,
    events: [...credentialEventTypes, 'audit.sealed'],
  },
  {
    name: 'the reference marketplace',
    document: JSON.parse(JSON.stringify(documentOfMarket('https://market.example'))) as Json,
    calls: marketCalls as readonly Call[],
    kinds: marketKinds as Readonly<Record<string, { status: number; title: string }>>,
    events: [...marketplaceEventTypes, ...countedEventTypes],
  },
]

const operationsOf = ({ paths, webhooks }: Json): readonly { readonly where: string; readonly operation: Json }[] =>
  [...Object.entries<Json>(paths), ...Object.entries<Json>(webhooks)].flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]) => ({ where: `${method} ${path}`, operation })),
  )

/** Whatever a form is given of: requests, answers by status, parameters. */
function examplesOf({ components, ...document }: Json) {
  const given = (example: Json): Json =>
    example.$ref ? components.examples[example.$ref.split('/').at(-1)].value : example.value
  const found: { where: string; schema: Json; value: Json }[] = []
  for (const { where, operation } of operationsOf(document)) {
    for (const { name, schema, example } of operation.parameters)
      if (name) found.push({ where: `${where} ${name}`, schema, value: example })
    const bodies = { request: operation.requestBody ?? {}, ...operation.responses }
    for (const [status, { content = {} }] of Object.entries<Json>(bodies))
      for (const [type, { schema, example, examples }] of Object.entries<Json>(content)) {
        const of = `${where} ${status} ${type}`
        if (example !== undefined) found.push({ where: of, schema, value: example })
        for (const one of Object.values<Json>(examples ?? {}))
          if (!one.externalValue) found.push({ where: of, schema, value: given(one) })
      }
  }
  for (const [name, { schema, example }] of Object.entries<Json>({ ...components.headers, ...components.parameters }))
    found.push({ where: name, schema, value: example })
  return found
}

describe.each(services)('the OpenAPI document of $name', ({ document, calls: all, kinds, events }) => {
  it('gives every answer with a body a form and an example, and every request', () => {
    const bare = operationsOf(document).flatMap(({ where, operation }) =>
      Object.entries<Json>({ request: operation.requestBody ?? {}, ...operation.responses }).flatMap(
        ([status, { content = {} }]) =>
          Object.entries<Json>(content)
            .filter(([, { schema, example, examples }]) => !schema || (example === undefined && !examples))
            .map(([type]) => `${where} ${status} ${type}`),
      ),
    )
    expect(bare).toEqual([])
    const bodiless = all.filter(({ method, path, success }) => {
      const { content } = document.paths[path][method].responses[success[0]]
      return success[0] < 300 && !content
    })
    expect(bodiless.map(nameOf)).toEqual([])
  })

  it('gives examples that are of their form', () => {
    const check = schemaChecker(document)
    const examples = examplesOf(document)
    expect(examples.length).toBeGreaterThan(500)
    expect(
      examples.flatMap(({ where, schema, value }) => check(schema, value).map((error) => `${where}: ${error}`)),
    ).toEqual([])
  })

  it('gives examples that the service itself would take, and give', () => {
    for (const call of all) {
      const { requestBody, responses } = document.paths[call.path][call.method]
      const sent = Object.values<Json>(requestBody?.content ?? {})[0]?.example
      if (call.body)
        expect(call.body.safeParse(sent).error?.issues, `${nameOf(call)} ${JSON.stringify(sent)}`).toBeUndefined()
      const given = responses[call.success[0]].content?.[call.jsonTypes?.[0] ?? 'application/json']?.example
      if (call.answer) expect(call.answer.safeParse(given).error?.issues, nameOf(call)).toBeUndefined()
    }
  })

  it('names each refusal at the calls that give it, with what it means', () => {
    const { Problem, ...schemas } = document.components.schemas
    expect(Problem.properties.code.enum).toEqual(Object.keys(kinds))
    for (const { status, title } of Object.values(kinds))
      expect(Problem.properties.code.description).toContain(`(${status}): ${title}`)
    for (const { refusals, path, method } of all)
      for (const code of refusals) {
        const { schema } =
          document.paths[path][method].responses[kinds[code]?.status ?? 0].content['application/problem+json']
        const forms = [schema, ...(schema.oneOf ?? [])].map(({ $ref }) => schemas[$ref?.split('/').at(-1)])
        expect(
          forms.flatMap((form) => form?.allOf[1].properties.code ?? []),
          `${path} ${code}`,
        ).toContainEqual({
          type: 'string',
          enum: [code],
          description: kinds[code]?.title,
        })
      }
  })

  it('tells of every event that the service sends, and of the headers that sign it', () => {
    expect(Object.keys(document.webhooks)).toEqual(events)
    for (const [type, { post }] of Object.entries<Json>(document.webhooks)) {
      expect(post.parameters.map(({ $ref }: Json) => $ref.split('/').at(-1))).toEqual([
        'webhook-id',
        'webhook-timestamp',
        'webhook-signature',
      ])
      expect(post.requestBody.content['application/json'].example.type).toBe(type)
    }
  })

  it('says which tags there are, and what each stands for', () => {
    expect(new Set([...all.map(({ tag }) => tag), 'Events'])).toEqual(
      new Set(document.tags.map(({ name }: Json) => name)),
    )
    for (const { description } of document.tags) expect(description).toMatch(/\w/)
  })
})

describe('a linter of other people', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(quickFolder, 'openapi-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** What it says of a document. */
  async function findings(name: string, document: Json): Promise<readonly string[]> {
    const file = join(folder, `${name}.json`)
    await writeFile(file, JSON.stringify(document))
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['node_modules/@redocly/cli/bin/cli.js', 'lint', file, '--extends', 'recommended', '--format', 'json'],
      { env, maxBuffer: 64_000_000 },
    ).catch((failed: { stdout: string }) => failed)
    const { problems } = JSON.parse(stdout) as {
      readonly problems: readonly { readonly ruleId: string; readonly message: string }[]
    }
    return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)
  }

  it.each(services)('finds nothing in that of $name by its recommended rules', async ({ name, document }) => {
    expect(await findings(name, document)).toEqual([])
  })

  it('would find what is wrong', async () => {
    const wrong = {
      openapi: '3.1.0',
      info: { title: 'Wrong', version: '1' },
      servers: [{ url: 'https://kentei.example' }],
      security: [],
      paths: { '/a/{id}': { get: { operationId: 'a', summary: 'A', responses: { '200': { description: 'A' } } } } },
    }
    expect((await findings('wrong', wrong)).map((found) => found.split(':')[0])).toEqual(
      expect.arrayContaining(['path-parameters-defined', 'info-license', 'operation-4xx-response']),
    )
  })
})
