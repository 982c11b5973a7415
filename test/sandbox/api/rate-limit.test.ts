import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MARKET } from '../../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const LIMIT = 3_000

describe('the limit of requests', () => {
  it('refuses the one after the last, says when to come again, and leaves others alone', async () => {
    const ask = (clientAddress: string, headers: Record<string, string> = {}) =>
      market.app.request(`${MARKET}/demo/clock`, { headers }, { clientAddress })
    for (let n = 1; n < LIMIT; n++) await ask('192.0.2.1')
    const last = await ask('192.0.2.1')
    expect(last.status).toBe(200)
    expect(last.headers.get('RateLimit')).toMatch(/^"market";r=0;t=\d+$/)
    const refused = await ask('192.0.2.1', { 'X-Forwarded-For': '198.51.100.7' })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(((await refused.json()) as { code: string }).code).toBe('rate-limited')
    expect((await ask('192.0.2.2')).status).toBe(200)
  })
})
