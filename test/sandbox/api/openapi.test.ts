import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBody } from '../../../src/platform/http/parse-input.ts'
import { calls } from '../../../src/sandbox/api/calls.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const isForPrograms = (path: string): boolean =>
  /^\/(v1|api|demo|webhooks|\.well-known)\/[^*]*$/.test(path) || path === '/openapi.json'

describe('the OpenAPI document', () => {
  it('names exactly the calls that there are', () => {
    const routed = market.app.routes
      .filter(({ method, path }) => method !== 'ALL' && isForPrograms(path))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const described = calls.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(described.toSorted()).toEqual([...new Set(routed)].toSorted())
    expect(new Set(described).size).toBe(described.length)
  })

  it('says of every call how it may be refused, and of a repeatable one how it is repeated', async () => {
    const { paths } = (await market.call('GET', '/openapi.json')).json
    for (const { method, path, body, security, refusals } of calls) {
      const { responses, parameters, requestBody } = paths[path][method]
      expect(Object.keys(responses), path).toContain('429')
      if (body)
        expect([requestBody.required, Object.keys(responses)], path).toEqual([
          !parseBody(body, '').ok,
          expect.arrayContaining(['413', '422']),
        ])
      if (security === 'session' || security === 'service') expect(Object.keys(responses), path).toContain('401')
      const repeats = parameters.some(
        ({ $ref }: { $ref?: string }) => $ref === '#/components/parameters/Idempotency-Key',
      )
      expect(repeats, path).toBe(refusals.includes('idempotency-mismatch'))
    }
  })

  it('is there for people to read as well, with every call and how it is refused', async () => {
    const { text } = await market.call('GET', '/docs')
    for (const { method, path, refusals } of calls) {
      expect(text).toContain(`${method.toUpperCase()} ${path}</code>`)
      for (const code of refusals) expect(text).toContain(code)
    }
  })

  it('tells an answer about what was there already from one about what came into being', async () => {
    const { paths } = (await market.call('GET', '/openapi.json')).json
    for (const path of ['/v1/jobs/{id}/reports', '/v1/operators/subjects'])
      expect(Object.keys(paths[path].post.responses)).toEqual(expect.arrayContaining(['200', '201']))
  })

  it('names every call for programs that are made from it, and gives the form of what the plugin is answered', async () => {
    const { paths } = (await market.call('GET', '/openapi.json')).json
    const described = calls.map(({ method, path, security, success }) => ({
      path,
      security,
      ...paths[path][method],
      content: paths[path][method].responses[success[0]].content,
    }))
    expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(described.length)
    for (const { path, security, content } of described)
      if (security === 'service') expect(content?.['application/json'], path).toHaveProperty('schema')
  })

  it('describes the answers to the plugin as they are', async () => {
    const scoped = (scope: string) => market.plugin.serviceToken({ claims: { scope } })
    const subject = { type: 'credential', id: 'crd_1', worker: 'wrk_001' }
    const opened = await market.call('POST', '/v1/moderation/cases', {
      body: { subject, policy: 'suspected-cheating', automated: false, evidence: {} },
      token: await scoped('moderation:write'),
    })
    const answered = [
      [
        'get',
        '/v1/workers/{worker}/standing',
        await market.call('GET', '/v1/workers/wrk_001/standing', { token: await scoped('standing:read') }),
      ],
      [
        'get',
        '/v1/escrow/contracts',
        await market.call('GET', '/v1/escrow/contracts?worker=wrk_001&state=released', {
          token: await scoped('escrow:read'),
        }),
      ],
      [
        'get',
        '/v1/reviews/aggregates',
        await market.call('GET', '/v1/reviews/aggregates?worker=wrk_001', { token: await scoped('reviews:read') }),
      ],
      [
        'get',
        '/v1/reviews/aggregates',
        await market.call('GET', '/v1/reviews/aggregates', { token: await scoped('reviews:read') }),
      ],
      ['post', '/v1/moderation/cases', opened],
      [
        'get',
        '/v1/moderation/cases/{case}',
        await market.call('GET', `/v1/moderation/cases/${opened.json.case}`, {
          token: await scoped('moderation:write'),
        }),
      ],
    ] as const
    for (const [method, path, { json, text }] of answered) {
      const answer = calls.find((one) => one.method === method && one.path === path)?.answer
      expect(answer?.safeParse(json).error?.issues, `${method} ${path}: ${text}`).toBeUndefined()
    }
  })

  it('describes what an unsigned, empty call is answered with', async () => {
    const { paths } = (await market.call('GET', '/openapi.json')).json
    for (const { method, path } of calls) {
      const { status } = await market.call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'nobody'), {
        ...(method === 'get' ? {} : { body: {} }),
        token: 'none',
      })
      expect(Object.keys(paths[path][method].responses), `${method} ${path}`).toContain(String(status))
    }
  })

  it('says of a query which of its parameters are needed, and what they may be', async () => {
    const { paths } = (await market.call('GET', '/openapi.json')).json
    const [worker, state, ...others] = paths['/v1/escrow/contracts'].get.parameters
    expect(worker).toMatchObject({ name: 'worker', in: 'query', required: true })
    expect(state).toMatchObject({ name: 'state', required: false, schema: { enum: ['released'] } })
    expect(others).toMatchObject([
      { name: 'after', required: false, schema: { type: 'string' } },
      { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
    ])
  })
})
