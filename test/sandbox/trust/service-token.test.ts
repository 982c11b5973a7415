import * as fc from 'fast-check'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createSandbox } from '../../../src/sandbox/app.ts'
import { endless } from '../../support/endless.ts'
import { MARKET } from '../../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

// jose keeps keys by the clock of the machine
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterAll(() => void vi.useRealTimers())

const PATH = '/v1/workers/wrk_001/standing'

describe('the service door', () => {
  let market: Market
  beforeAll(async () => {
    market = await openMarket()
  })
  afterAll(() => market.close())

  const seconds = () => Math.floor(market.clock.now / 1_000)
  const ask = async (change: Parameters<Market['plugin']['serviceToken']>[0]) =>
    market.call('GET', PATH, { token: await market.plugin.serviceToken(change) })

  it('tells the plugin a standing', async () => {
    const answer = await market.call('GET', PATH)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ status: 'good', version: 1 })
  })

  it('refuses a call without a token', async () => {
    const answer = await market.app.request(`${MARKET}${PATH}`)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  it('refuses a token forged with another key, which it brings along or points to', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    for (const header of [{}, { jwk: await exportJWK(publicKey) }, { jku: 'https://evil.example/jwks.json' }])
      expect((await ask({ key: privateKey, header })).json).toMatchObject({
        code: 'token-refused',
        reason: 'signature',
      })
  })

  const refused: readonly (readonly [string, () => Parameters<Market['plugin']['serviceToken']>[0], string])[] = [
    ['has expired', () => ({ claims: { iat: seconds() - 120, exp: seconds() - 6 } }), 'expired'],
    ['lives longer than five minutes', () => ({ claims: { exp: seconds() + 301 } }), 'lifetime'],
    ['comes from the future', () => ({ claims: { iat: seconds() + 61, exp: seconds() + 90 } }), 'not-yet-valid'],
    ['is a launch token', () => ({ header: { typ: 'launch+jwt' } }), 'type'],
    ['is a badge', () => ({ header: { typ: 'vc+jwt' } }), 'type'],
    ['comes from another issuer', () => ({ claims: { iss: 'https://evil.example' } }), 'issuer'],
    ['is for somebody else', () => ({ claims: { aud: 'https://other.example' } }), 'audience'],
    ['is for several', () => ({ claims: { aud: [MARKET, 'https://other.example'] } }), 'claims'],
    ['has no scope', () => ({ claims: { scope: undefined } }), 'claims'],
    ['names an unknown key', () => ({ header: { kid: 'key-2' } }), 'key-unknown'],
  ]
  it.each(refused)('refuses a token that %s', async (_, change, reason) => {
    const answer = await ask(change())
    expect(answer.status).toBe(401)
    expect(answer.json).toMatchObject({ code: 'token-refused', reason })
  })

  it('cuts off published keys without end, and says that it could not read them', async () => {
    const { asked, body } = endless()
    const app = createSandbox(() => ({ ...market.world, fetch: async () => new Response(body) }))
    const answer = await app.request(`${MARKET}${PATH}`, {
      headers: { authorization: `Bearer ${await market.plugin.serviceToken()}` },
    })
    expect([answer.status, await answer.json()]).toMatchObject([503, { reason: 'keys-unavailable' }])
    expect([asked.bytes < 524_288, asked.cancelled]).toEqual([true, true])
  })

  it('refuses whatever is no token, and fails on none', async () => {
    const part = fc.string({ unit: fc.constantFrom('A', 'b', '_', '-', '=', '+', 'e', 'y', 'J') })
    const odd = fc.oneof(
      part,
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.')),
      fc.string({ unit: 'grapheme-ascii' }),
    )
    await fc.assert(
      fc.asyncProperty(odd, async (token) => {
        const answer = await market.app.request(`${MARKET}${PATH}`, { headers: { authorization: `Bearer ${token}` } })
        expect(answer.status).toBe(401)
      }),
      { examples: [['x'], ['x.x.x'], ['eyJ.eyJ.A'], ['.'], ['..']] },
    )
  })

  it('refuses unsigned tokens', async () => {
    const good = await market.plugin.serviceToken()
    const [, payload, signature] = good.split('.')
    const none = btoa(JSON.stringify({ alg: 'none', kid: 'key-1', typ: 'service+jwt' })).replace(/=+$/, '')
    expect((await market.call('GET', PATH, { token: `${none}.${payload}.` })).json).toMatchObject({
      code: 'token-refused',
    })
    expect((await market.call('GET', PATH, { token: `${none}.${payload}.${signature}` })).json).toMatchObject({
      reason: 'algorithm',
    })
  })

  it('accepts a token once', async () => {
    const token = await market.plugin.serviceToken()
    expect((await market.call('GET', PATH, { token })).status).toBe(200)
    expect((await market.call('GET', PATH, { token })).json).toMatchObject({
      code: 'token-refused',
      reason: 'replayed',
    })
  })

  it('refuses a token whose scope is for something else', async () => {
    const answer = await ask({ claims: { scope: 'badges:write' } })
    expect(answer.status).toBe(403)
    expect(answer.json.code).toBe('forbidden')
  })

  it('does not know workers it does not have', async () => {
    expect((await market.call('GET', '/v1/workers/wrk_999/standing')).status).toBe(404)
  })

  it('says 410 of a worker who was erased', async () => {
    expect((await market.call('POST', '/demo/workers/wrk_050/erase')).status).toBe(200)
    const answer = await market.call('GET', '/v1/workers/wrk_050/standing')
    expect(answer.status).toBe(410)
    expect(answer.json.code).toBe('worker-erased')
  })

  it('looks for an unknown key once per cooldown', async () => {
    vi.setSystemTime(Date.now() + 11_000)
    const before = market.plugin.keyFetches()
    for (let i = 0; i < 5; i++) await ask({ header: { kid: `nobody-${i}` } })
    expect(market.plugin.keyFetches()).toBe(before + 1)
  })
})

describe('the service door while the plugin publishes no keys', () => {
  it('asks the plugin to try again, and recovers', async () => {
    const market = await openMarket()
    market.plugin.jwksStatus = 503
    const answer = await market.call('GET', PATH)
    expect(answer.status).toBe(503)
    expect(answer.json).toMatchObject({ code: 'token-refused', reason: 'keys-unavailable' })
    market.plugin.jwksStatus = 200
    expect((await market.call('GET', PATH)).status).toBe(200)
    market.plugin.jwksStatus = 503
    vi.setSystemTime(Date.now() + 15 * 60_000)
    expect((await market.call('GET', PATH)).status).toBe(200)
    // for a day, and no longer
    market.advance(25 * 3_600_000)
    vi.setSystemTime(Date.now() + 15 * 60_000)
    expect((await market.call('GET', PATH)).json).toMatchObject({ code: 'token-refused', reason: 'keys-unavailable' })
    await market.close()
  })
})
