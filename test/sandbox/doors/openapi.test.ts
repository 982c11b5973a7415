import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../../src/sandbox/api/openapi.ts'
import { type Market, openMarket } from '../support/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const isForPrograms = (path: string): boolean => /^\/(v1|api|demo|webhooks|\.well-known)\/[^*]*$/.test(path) || path === '/openapi.json'

describe('the OpenAPI document', () => {
  it('names exactly the calls that there are', () => {
    const routed = market.app.routes.filter(({ method, path }) => method !== 'ALL' && isForPrograms(path)).map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(described.toSorted()).toEqual([...new Set(routed)].toSorted())
    expect(new Set(described).size).toBe(described.length)
  })

  it('says of every call how it may be refused, and of a repeatable one how it is repeated', async () => {
    const { paths } = (await market.call('GET', '/openapi.json')).json
    for (const { method, path, body, security, refusals } of operations) {
      const { responses, parameters, requestBody } = paths[path][method]
      expect(Object.keys(responses), path).toContain('429')
      if (body) expect([requestBody.required, Object.keys(responses)], path).toEqual([true, expect.arrayContaining(['413', '422'])])
      if (security === 'session' || security === 'service') expect(Object.keys(responses), path).toContain('401')
      const repeats = parameters.some(({ name, in: place }: { name: string; in: string }) => name === 'Idempotency-Key' && place === 'header')
      expect(repeats, path).toBe(refusals.includes('idempotency-mismatch'))
    }
  })

  it('is there for people to read as well, with every call and how it is refused', async () => {
    const { text } = await market.call('GET', '/docs')
    for (const { method, path, refusals } of operations) {
      expect(text).toContain(`${method.toUpperCase()} ${path}</code>`)
      for (const code of refusals) expect(text).toContain(code)
    }
  })

  it('tells an answer about what was there already from one about what came into being', async () => {
    const { paths } = (await market.call('GET', '/openapi.json')).json
    for (const path of ['/v1/jobs/{id}/reports', '/v1/operators/subjects']) expect(Object.keys(paths[path].post.responses)).toEqual(expect.arrayContaining(['200', '201']))
  })

  it('describes what an unsigned, empty call is answered with', async () => {
    const { paths } = (await market.call('GET', '/openapi.json')).json
    for (const { method, path } of operations) {
      const { status } = await market.call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'nobody'), { ...(method === 'get' ? {} : { body: {} }), token: 'none' })
      expect(Object.keys(paths[path][method].responses), `${method} ${path}`).toContain(String(status))
    }
  })
})
