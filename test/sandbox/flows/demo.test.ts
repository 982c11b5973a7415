import { createLocalJWKSet, jwtVerify } from 'jose'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { marketplaceEvent } from '../../../src/contract/events.ts'
import { launchClaims } from '../../../src/contract/tokens.ts'
import { instant } from '../../../src/kernel/instant.ts'
import { messagesAbout } from '../../../src/platform/outbox/history/store.ts'
import { signWebhook, verifyWebhook } from '../../../src/platform/outbox/webhook.ts'
import { drainSandbox } from '../../../src/sandbox/flows/drain-sandbox.ts'
import { type FakePlugin, MARKET, PLUGIN } from '../../support/sandbox/fake-plugin.ts'
import { type Market, openMarket, WEBHOOK_SECRET } from '../../support/sandbox/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

describe('a launch', () => {
  const launch = (body: unknown) => market.call('POST', '/demo/launch', { body })
  const verify = async (token: string, publisher = market) => {
    const keys = (await publisher.call('GET', '/.well-known/jwks.json')).json
    expect(keys.keys[0].d).toBeUndefined()
    return jwtVerify(token, createLocalJWKSet(keys), {
      typ: 'launch+jwt',
      issuer: MARKET,
      audience: PLUGIN,
      currentDate: new Date(market.clock.now),
    })
  }

  it('is a signed token for one worker and five minutes', async () => {
    const { status, json } = await launch({
      worker: 'wrk_001',
      exam: 'business-admin',
      locale: 'en',
      timeMultiplier: 1.5,
    })
    expect(status).toBe(200)
    expect(json.url).toBe(`${PLUGIN}/launch?token=${json.token}`)
    const { payload } = await verify(json.token)
    expect(launchClaims.parse(payload)).toMatchObject({
      sub: 'wrk_001',
      role: 'worker',
      exam: 'business-admin',
      locale: 'en',
      timeMultiplier: 1.5,
      returnUrl: `${MARKET}/workers/wrk_001?lang=en`,
    })
    expect((payload.exp as number) - (payload.iat as number)).toBe(300)
  })

  it('has an id of its own every time', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await verify((await launch({ worker: 'wrk_001' })).json.token)).payload.jti),
    )
    expect(new Set(ids).size).toBe(3)
  })

  it('is refused for a worker who is not there', async () => {
    expect((await launch({ worker: 'wrk_999' })).status).toBe(404)
  })

  it('is open to any name of an operator or author', async () => {
    expect((await verify((await launch({ worker: 'opr_demo', role: 'operator' })).json.token)).payload).toMatchObject({
      role: 'operator',
      name: '運営の見本',
    })
    expect((await launch({ worker: 'aut_anybody', role: 'author' })).status).toBe(200)
  })

  it.each([{}, { worker: 'wrk_001', role: 'king' }, { worker: 'wrk 001' }, { worker: 'wrk_001', timeMultiplier: 9 }])(
    'refuses %j',
    async (body) => {
      const answer = await launch(body)
      expect(answer.status).toBe(422)
      expect(answer.json.code).toBe('malformed')
      expect(answer.json.issues.length).toBeGreaterThan(0)
    },
  )
})

describe('a change of standing', () => {
  let plugin: FakePlugin
  let own: Market
  beforeEach(async () => {
    await own?.close()
    own = await openMarket()
    plugin = own.plugin
  })
  afterAll(() => own.close())
  const suspend = (worker = 'wrk_001') =>
    own.call('POST', `/demo/workers/${worker}/standing`, { body: { status: 'suspended' } })

  it('raises the version and is told to the plugin, signed both ways', async () => {
    expect((await suspend()).json).toEqual({ status: 'suspended', version: 2 })
    expect(await drainSandbox(own.world)).toEqual({ delivered: 1, failed: 0 })
    const [delivery] = plugin.deliveries
    const headers = delivery?.headers as Record<string, string>
    const event = marketplaceEvent.parse(JSON.parse(delivery?.body as string))
    expect(event).toMatchObject({ type: 'worker.standing_changed', data: { worker: 'wrk_001', version: 2 } })
    expect(headers['webhook-id']).toBe(event.id)
    expect(headers['webhook-signature']).toContain(
      new Webhook(WEBHOOK_SECRET).sign(event.id, new Date(own.clock.now), delivery?.body as string),
    )
    const published = (await own.call('GET', '/.well-known/webhook-keys.json')).json.keys
    expect(published[0]).toMatch(/^whpk_/)
    expect(
      (
        await verifyWebhook({
          headers: (name) => headers[name],
          body: delivery?.body as string,
          keys: published,
          now: own.clock.now,
        })
      ).ok,
    ).toBe(true)
  })

  it('survives an outage: it is tried again, and delivered once', async () => {
    plugin.webhookStatus = 0
    await suspend()
    expect(await drainSandbox(own.world)).toEqual({ delivered: 0, failed: 1 })
    expect(await drainSandbox(own.world)).toEqual({ delivered: 0, failed: 0 })
    own.advance(6_000)
    plugin.webhookStatus = 503
    expect(await drainSandbox(own.world)).toEqual({ delivered: 0, failed: 1 })
    plugin.webhookStatus = 204
    own.advance(6_000)
    expect(await drainSandbox(own.world)).toEqual({ delivered: 0, failed: 0 })
    own.advance(6 * 60_000)
    expect(await drainSandbox(own.world)).toEqual({ delivered: 1, failed: 0 })
    own.advance(86_400_000)
    expect(await drainSandbox(own.world)).toEqual({ delivered: 0, failed: 0 })
    expect(new Set(plugin.deliveries.map((delivery) => delivery.headers['webhook-id'])).size).toBe(1)
    expect(new Set(plugin.deliveries.map((delivery) => delivery.body)).size).toBe(1)
    expect(plugin.deliveries).toHaveLength(2)
  })

  it('is given up after the last try', async () => {
    plugin.webhookStatus = 500
    await suspend()
    for (let i = 0; i < 8; i++) {
      await drainSandbox(own.world)
      own.advance(12 * 3_600_000)
    }
    expect(plugin.deliveries).toHaveLength(8)
    expect(await messagesAbout(own.world.db, 'wrk_001')).toMatchObject([
      { status: 'dead', attempts: 8, lastError: expect.stringMatching(/^500; given up at /) },
    ])
  })

  it('is sent by one of two drains that run at once', async () => {
    await Promise.all([suspend('wrk_001'), suspend('wrk_002'), suspend('wrk_003')])
    await Promise.all([drainSandbox(own.world), drainSandbox(own.world)])
    expect(plugin.deliveries).toHaveLength(3)
  })

  it('is refused when it is no standing, or nobody’s', async () => {
    expect((await own.call('POST', '/demo/workers/wrk_001/standing', { body: { status: 'famous' } })).status).toBe(422)
    expect((await own.call('POST', '/demo/workers/wrk_999/standing', { body: { status: 'good' } })).status).toBe(404)
  })

  it('by erasure forgets the worker and their badges, and tells', async () => {
    await own.certify('wrk_004')
    await own.call('POST', '/demo/workers/wrk_004/erase')
    await drainSandbox(own.world)
    expect(JSON.parse(plugin.deliveries[0]?.body as string)).toMatchObject({
      type: 'worker.deleted',
      data: { worker: 'wrk_004', version: 2 },
    })
    expect((await own.call('GET', '/api/workers/wrk_004')).status).toBe(410)
    expect((await own.certify('wrk_004')).badge.status).toBe(410)
  })
})

describe('faults', () => {
  const set = (body: unknown) => market.call('POST', '/demo/faults', { body })

  it('meet every call of the plugin and nobody else’s', async () => {
    const calls = [
      ['GET', '/v1/workers/wrk_003/standing'],
      ['GET', '/v1/escrow/contracts?worker=wrk_003'],
      ['GET', '/v1/reviews/aggregates?worker=wrk_003'],
      ['PUT', '/v1/contracts/ctr_none/skill-context'],
      ['POST', '/v1/moderation/cases'],
      ['GET', '/v1/moderation/cases/cas_none'],
    ] as const
    for (const [method, path] of calls) {
      await set({ status: 503, times: 1 })
      expect((await market.call('GET', '/v1/workers/wrk_003/reviews')).status).toBe(200)
      const ask = async () => (await market.call(method, path, method === 'GET' ? {} : { body: {} })).status
      expect([await ask(), (await ask()) < 500], path).toEqual([503, true])
    }
  })

  it('come by themselves to calls about the flaky and the slow worker', async () => {
    for (const path of ['/v1/workers/W/standing', '/v1/escrow/contracts?worker=W', '/v1/reviews/aggregates?worker=W']) {
      const statuses: number[] = []
      for (let n = 0; n < 6; n++)
        statuses.push(
          (
            await market.call('GET', path.replace('W', 'wrk_flaky'), {
              token: await market.plugin.serviceToken({ claims: { scope: 'standing:read escrow:read reviews:read' } }),
            })
          ).status,
        )
      expect(statuses.filter((status) => status === 503)).toHaveLength(4)
      market.waits.length = 0
      await market.call('GET', path.replace('W', 'wrk_slow'))
      expect(market.waits).toEqual([3_000])
    }
    for (let n = 0; n < 3; n++) expect((await market.call('GET', '/v1/workers/wrk_flaky/reviews')).status).toBe(200)
  })
  const ask = async () => (await market.call('GET', '/v1/workers/wrk_001/standing')).status

  it('spoil the next calls of the API, and then no more', async () => {
    expect((await set({ status: 503, times: 2 })).status).toBe(200)
    expect([await ask(), await ask(), await ask()]).toEqual([503, 503, 200])
  })

  it('can slow calls down', async () => {
    market.waits.length = 0
    await set({ delayMs: 250, times: 1 })
    expect([await ask(), await ask()]).toEqual([200, 200])
    expect(market.waits).toEqual([250])
  })

  it('can be taken back', async () => {
    await set({ status: 500, times: 100 })
    await set({ times: 0 })
    expect(await ask()).toBe(200)
  })

  it.each([{}, { times: 10_001 }, { times: 1, delayMs: 60_001 }, { times: 1, status: 200 }])(
    'refuse %j',
    async (body) => {
      expect((await set(body)).status).toBe(422)
    },
  )
})

describe('events of the plugin', () => {
  const event = (id: string) => ({
    id,
    type: 'credential.issued',
    timestamp: '2026-11-25T03:00:00.000Z',
    data: { credential: 'crd_1', worker: 'wrk_001', exam: 'business-admin', version: 1 },
  })
  const tell = async (body: string, id: string, secret = WEBHOOK_SECRET) => {
    const headers = await signWebhook({ id, at: market.clock.now, body, signers: [{ secret }] })
    return market.call('POST', '/webhooks/kentei', { body, headers: { ...headers } })
  }

  it('are taken once', async () => {
    const body = JSON.stringify(event('evt_1'))
    expect((await tell(body, 'evt_1')).json).toEqual({ received: true, duplicate: false })
    expect((await tell(body, 'evt_1')).json).toEqual({ received: true, duplicate: true })
  })

  it('are refused when the body names another event than the header', async () => {
    expect(await tell(JSON.stringify(event('evt_4')), 'evt_3')).toMatchObject({
      status: 422,
      json: { code: 'malformed', issues: [{ path: 'id' }] },
    })
    expect((await tell(JSON.stringify(event('evt_3')), 'evt_3')).json.duplicate).toBe(false)
  })

  it('are refused with another signature', async () => {
    const answer = await tell(JSON.stringify(event('evt_2')), 'evt_2', 'whsec_c29tZWJvZHkgZWxzZQ==')
    expect(answer.status).toBe(401)
    expect(answer.json.code).toBe('signature-invalid')
  })
})

describe('the test clock', () => {
  it.each(['P0D', 'PT0S', '-P1D', 'P1M', 'PT1.5S', 'P3661D', 'P99999W', 'P1DT', 'PT', '', 'tomorrow'])(
    'is not moved by %j',
    async (advance) => {
      const before = (await market.call('GET', '/demo/clock')).json.now
      expect(await market.call('POST', '/demo/clock', { body: { advance } })).toMatchObject({
        status: 422,
        json: { code: 'malformed', issues: [{ path: 'advance' }] },
      })
      expect((await market.call('GET', '/demo/clock')).json.now).toBe(before)
    },
  )

  it('stops while its times still have four digits for the year', async () => {
    const { now } = market.clock
    market.clock.now = instant(Date.UTC(9000, 11, 31))
    expect(await market.call('POST', '/demo/clock', { body: { advance: 'P1D' } })).toMatchObject({
      status: 422,
      json: { issues: [{ path: 'advance' }] },
    })
    market.clock.now = now
  })
})
