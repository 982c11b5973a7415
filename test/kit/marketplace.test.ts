import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { amountRange, clientName } from '../../src/kit/answer-calls.ts'
import { createMarketplace } from '../../src/kit/index.ts'
import { generateKeys } from '../../src/kit/keys.ts'
import { memoryStore } from '../../src/kit/memory.ts'
import { RETRY_WAITS } from '../../src/platform/outbox/delivery.ts'
import { amountBucket } from '../../src/sandbox/escrow/paid-work.ts'
import { KENTEI, MARKET, openFakeKentei } from './fake-kentei.ts'

const signal = (version: number, change: object = {}) => ({
  priorMean: 0.3,
  equivalentReviews: 3,
  validUntil: '2027-01-01T00:00:00.000Z',
  version,
  explanation: { ja: '', en: '' },
  ...change,
})
const SIGNAL = '/v1/workers/wrk_1/ranking-signals/business-admin'

const event = (id: string) => ({
  id,
  type: 'credential.suspended',
  timestamp: '2026-11-28T03:00:00.000Z',
  data: { credential: 'crd_1', worker: 'wrk_1', exam: 'business-admin', version: 2 },
})

describe('a marketplace of the kit', () => {
  it('is not made with an address that is no origin', async () => {
    const rest = { keys: await generateKeys(), store: memoryStore(), answers: { standing: () => undefined } }
    expect(() => createMarketplace({ ...rest, origin: `${MARKET}/`, kentei: KENTEI })).toThrow(
      /^origin is to be an origin/,
    )
    expect(() => createMarketplace({ ...rest, origin: MARKET, kentei: 'kentei' })).toThrow(/^kentei is to be an origin/)
  })

  it('sends a person over with a token that its published keys verify', async () => {
    const { market, clock } = await openFakeKentei()
    const url = new URL(await market.launchUrl({ sub: 'wrk_1', name: 'つどい', exam: 'business-admin' }))
    expect(url.origin + url.pathname).toBe(`${KENTEI}/launch`)
    const jwks = await (await market.fetch(new Request(`${MARKET}/.well-known/jwks.json`))).json()
    expect(JSON.stringify(jwks)).not.toContain('"d"')
    const { payload } = await jwtVerify(url.searchParams.get('token') ?? '', createLocalJWKSet(jwks as never), {
      ...{ issuer: MARKET, audience: KENTEI, typ: 'launch+jwt', currentDate: new Date(clock.now) },
    })
    expect(payload).toMatchObject({ sub: 'wrk_1', role: 'worker', locale: 'ja', name: 'つどい' })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
  })

  it('leaves what is not its own to the site', async () => {
    const { market } = await openFakeKentei()
    const serves = (method: string, path: string) => market.serves(new Request(`${MARKET}${path}`, { method }))
    expect(serves('GET', '/v1/workers/wrk_1/standing')).toBe(true)
    expect(serves('POST', '/webhooks/kentei')).toBe(true)
    expect(serves('GET', '/v1/workers/wrk_1')).toBe(false)
    expect(serves('GET', '/')).toBe(false)
    const wrong = await market.fetch(new Request(`${MARKET}/v1/workers/wrk_1/standing`, { method: 'PUT' }))
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET'])
  })

  it('names an exception of an answer to whoever looks after it, and to nobody else', async () => {
    const report = vi.fn()
    const bug = new Error('the database is away')
    const { call } = await openFakeKentei({ report, answers: { standing: () => Promise.reject(bug) } })
    const { status, json } = await call('GET', '/v1/workers/wrk_1/standing')
    expect([status, json]).toEqual([500, expect.objectContaining({ code: 'internal' })])
    expect(JSON.stringify(json)).not.toContain('away')
    expect(report).toHaveBeenCalledWith(bug)
  })

  it('lets no answer out that the contract does not have: hidden reviews of fewer than five', async () => {
    const report = vi.fn()
    const reviews = (n: number) => ({
      worker: 'wrk_1',
      revealed: { count: 0, clients: 0, axes: null },
      hidden: { n, againMean: 9, safeShare: 1, batches: 1, asOf: '2026-11' },
      version: 1,
    })
    const answers = { standing: () => undefined, reviews: (worker: string) => reviews(worker === 'wrk_5' ? 5 : 4) }
    const { call } = await openFakeKentei({ report, answers })
    expect((await call('GET', '/v1/reviews/aggregates?worker=wrk_5')).status).toBe(200)
    expect((await call('GET', '/v1/reviews/aggregates?worker=wrk_4')).status).toBe(500)
    expect(String(report.mock.calls[0])).toContain('get /v1/reviews/aggregates')
  })

  it('tells paid work in ranges and under names that lead nowhere', async () => {
    const work = {
      ...{ contract: 'ctr_1', client: 'cli_secret', worker: 'wrk_1', exam: null, amount: 12_347, status: 'released' },
      ...{ releasedAt: '2026-11-01T00:00:00.000Z', refunded: false, reviewed: true, version: 3 },
    }
    const answers = {
      standing: () => undefined,
      paidWork: () => ({ contracts: [work, { ...work, contract: 'ctr_2' }], next: null }),
    }
    const { call } = await openFakeKentei({ answers })
    const { status, json } = await call('GET', '/v1/escrow/contracts?worker=wrk_1&state=released')
    const [first, second] = (json as { contracts: { client: string; amountBucket: string }[] }).contracts
    expect(status).toBe(200)
    expect(JSON.stringify(json)).not.toMatch(/12347|cli_secret/)
    expect([first?.amountBucket, first?.client]).toEqual(['5000-19999', second?.client])
    for (const yen of [1, 4_999, 5_000, 999_999, 1_000_000, 5e8]) expect(amountRange(yen)).toBe(amountBucket(yen))
  })

  it('names a client to each Kentei otherwise, and always alike', async () => {
    const { names } = await generateKeys()
    const told = (kentei: string) => clientName(names, { client: 'cli_1', kentei })
    expect(await told('https://kentei.example')).toBe(await told('https://kentei.example'))
    expect(await told('https://kentei.example')).not.toBe(await told('https://other.example'))
  })

  it('answers 404 for what it does not offer', async () => {
    const { call, market } = await openFakeKentei()
    expect((await call('GET', '/v1/exams/business-admin/jobs')).status).toBe(404)
    expect((await call('GET', '/v1/reviews/aggregates?worker=wrk_1')).status).toBe(404)
    const said = await (await market.fetch(new Request(`${MARKET}/.well-known/kentei-marketplace.json`))).json()
    expect(said).toEqual({ offers: ['events'] })
  })
})

describe('evidence that the kit keeps', () => {
  it('is a badge once it verifies, in its newest state', async () => {
    const { call, newBadge, market, clock } = await openFakeKentei()
    const badge = await newBadge()
    const put = (status: string, version: number) =>
      call('PUT', `/v1/workers/wrk_1/badges/${badge.credential}`, { ...badge.body, status, version })
    expect(await put('active', 1)).toMatchObject({ status: 200, json: { version: 1, applied: true } })
    expect(await put('suspended', 3)).toMatchObject({ json: { applied: true } })
    expect(await put('active', 2)).toMatchObject({ status: 200, json: { applied: false } })
    expect(await market.badgesOf('wrk_1')).toMatchObject([{ credential: badge.credential, status: 'suspended' }])
    await put('active', 4)
    clock.now += 2 * 3_600_000
    expect(await market.badgesOf('wrk_1')).toMatchObject([{ status: 'expired' }])
  })

  it('is no badge whose beginning is told otherwise than it was signed', async () => {
    const { call, newBadge, market } = await openFakeKentei()
    const { credential, body } = await newBadge()
    const earlier = { ...body, issuedAt: '2020-01-01T00:00:00.000Z', status: 'active', version: 1 }
    expect(await call('PUT', `/v1/workers/wrk_1/badges/${credential}`, earlier)).toMatchObject({
      status: 422,
      json: { code: 'badge-refused', reason: 'start-differs' },
    })
    expect(await market.badgesOf('wrk_1')).toEqual([])
  })

  it('is no badge whose end is told otherwise than it was signed', async () => {
    const { call, newBadge, market } = await openFakeKentei()
    const { credential, body } = await newBadge()
    const longer = { ...body, validUntil: '2030-01-01T00:00:00.000Z', status: 'active', version: 1 }
    expect(await call('PUT', `/v1/workers/wrk_1/badges/${credential}`, longer)).toMatchObject({
      status: 422,
      json: { code: 'badge-refused', reason: 'end-differs' },
    })
    expect(await market.badgesOf('wrk_1')).toEqual([])
  })

  it('is a signal that counts while an active badge of the exam stands behind it, and the person is not suspended', async () => {
    let standing: 'good' | 'suspended' = 'good'
    const answers = { standing: () => ({ status: standing, version: 1 }) }
    const { call, newBadge, market, clock } = await openFakeKentei({ answers })
    const counted = async () => (await market.signalsOf('wrk_1')).map((one) => one.counted)
    await call('PUT', SIGNAL, signal(1))
    expect(await counted()).toEqual([false])
    const { credential, body } = await newBadge()
    await call('PUT', `/v1/workers/wrk_1/badges/${credential}`, { ...body, status: 'active', version: 1 })
    expect(await counted()).toEqual([true])
    standing = 'suspended'
    expect(await counted()).toEqual([false])
    standing = 'good'
    await call('PUT', SIGNAL, signal(2, { validUntil: new Date(clock.now).toISOString() }))
    expect(await counted()).toEqual([false])
    await call('DELETE', SIGNAL, { version: 4 })
    await call('PUT', SIGNAL, signal(3))
    expect(await market.signalsOf('wrk_1')).toMatchObject([{ withdrawn: true, counted: false, version: 4 }])
  })

  it('is frozen in a contract where it stood when the contract was formed', async () => {
    const formedAt = new Date(Date.UTC(2026, 10, 28, 3, 30)).toISOString()
    const formedContract = (id: string) => ({
      worker: 'wrk_1',
      exam: 'business-admin',
      formedAt: id === 'ctr_early' ? '2026-11-01T00:00:00.000Z' : formedAt,
    })
    const answers = { standing: () => ({ status: 'good' as const, version: 1 }), formedContract }
    const { call, newBadge, market, clock } = await openFakeKentei({ answers })
    const [one, other] = [await newBadge(), await newBadge()]
    for (const { credential, body } of [one, other])
      await call('PUT', `/v1/workers/wrk_1/badges/${credential}`, { ...body, status: 'active', version: 1 })
    clock.now += 1_800_000
    const freeze = (contract: string, { credential }: { credential: string }) =>
      call('PUT', `/v1/contracts/${contract}/skill-context`, { credential })
    expect(await freeze('ctr_early', one)).toMatchObject({ status: 422, json: { code: 'malformed' } })
    const first = await freeze('ctr_1', one)
    expect(first).toMatchObject({ status: 200, json: { credential: one.credential, applied: true } })
    expect(await freeze('ctr_1', one)).toMatchObject({ status: 200, json: { ...first.json, applied: false } })
    expect((await freeze('ctr_1', other)).status).toBe(409)
    expect(await market.certificateOf('ctr_1')).toBe(one.credential)
  })
})

describe('a write of Kentei', () => {
  it('is done once under its key, and another one under it is refused', async () => {
    const { call } = await openFakeKentei()
    const first = await call('PUT', SIGNAL, signal(1), 'key-1')
    expect(await call('PUT', SIGNAL, signal(1), 'key-1')).toEqual(first)
    expect((await call('PUT', SIGNAL, signal(2), 'key-1')).json).toMatchObject({ code: 'idempotency-mismatch' })
  })

  it('may be repeated under its key after a refusal, which changed nothing', async () => {
    let known = false
    const answers = { standing: () => (known ? { status: 'good' as const, version: 1 } : undefined) }
    const { call } = await openFakeKentei({ answers })
    expect((await call('PUT', SIGNAL, signal(1), 'key-1')).status).toBe(404)
    known = true
    expect((await call('PUT', SIGNAL, signal(1), 'key-1')).status).toBe(200)
  })

  it('waits while the same one is being answered', async () => {
    const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const answers = {
      standing: () => ({ status: 'good' as const, version: 1 }),
      openCase: async () => {
        begun.resolve()
        await ended.promise
        return { case: 'cas_1', status: 'open', version: 1 }
      },
    }
    const { call } = await openFakeKentei({ answers })
    const report = {
      subject: { type: 'credential', id: 'crd_1', worker: 'wrk_1' },
      policy: 'p',
      automated: false,
      evidence: {},
    }
    const first = call('POST', '/v1/moderation/cases', report, 'key-1')
    await begun.promise
    const again = await call('POST', '/v1/moderation/cases', report, 'key-1')
    expect(again.json).toMatchObject({ code: 'idempotency-in-flight' })
    ended.resolve()
    expect(await first).toMatchObject({ status: 201, json: { case: 'cas_1' } })
  })
})

describe('events of Kentei', () => {
  it('are applied once, whether they come by webhook or are asked for', async () => {
    const heard: string[] = []
    const { tell, door, market } = await openFakeKentei({ heard: ({ id }) => void heard.push(id) })
    expect(await tell(event('evt_1'))).toEqual({ status: 200, json: { received: true, duplicate: false } })
    expect(await tell(event('evt_1'))).toEqual({ status: 200, json: { received: true, duplicate: true } })
    door.events = ['evt_1', 'evt_2', 'evt_3'].map(event)
    expect(await market.catchUp()).toBe(2)
    expect(heard).toEqual(['evt_1', 'evt_2', 'evt_3'])
    const { asked } = door
    expect(await market.catchUp()).toBe(0)
    expect(door.asked).toBe(asked + 1)
  })

  it('are refused where the signature is of other bytes', async () => {
    const { tell } = await openFakeKentei()
    expect(await tell(event('evt_1'), '{}')).toMatchObject({
      status: 401,
      json: { code: 'signature-invalid', reason: 'no-matching-signature' },
    })
  })

  it('come again where applying them failed', async () => {
    let fails = true
    const heard = vi.fn(() => {
      if (fails) throw new Error('not now')
    })
    const { tell } = await openFakeKentei({ heard })
    expect((await tell(event('evt_1'))).status).toBe(500)
    fails = false
    expect(await tell(event('evt_1'))).toMatchObject({ json: { duplicate: false } })
    expect(heard).toHaveBeenCalledTimes(2)
  })
})

it('an event of Kentei whose process ends while it is applied comes again, and is not applied beside itself before that', async () => {
  const heard = vi.fn(() => new Promise<void>(() => {}))
  const { tell, clock } = await openFakeKentei({ heard })
  void tell(event('evt_1'))
  await vi.waitUntil(() => heard.mock.calls.length === 1)
  expect(await tell(event('evt_1'))).toMatchObject({ status: 409, json: { code: 'idempotency-in-flight' } })
  clock.now += 60_000
  heard.mockImplementation(async () => {})
  expect(await tell(event('evt_1'))).toMatchObject({ json: { duplicate: false } })
  expect(await tell(event('evt_1'))).toMatchObject({ json: { duplicate: true } })
})

describe('events of the marketplace', () => {
  const announceThree = async (market: Awaited<ReturnType<typeof openFakeKentei>>['market']) => {
    for (const [worker, version] of [
      ['wrk_1', 1],
      ['wrk_1', 2],
      ['wrk_2', 1],
    ] as const)
      await market.announce('worker.standing_changed', { worker, version })
  }

  it('are sent once each, signed, those about one worker in their order', async () => {
    const { market, arrived } = await openFakeKentei()
    await announceThree(market)
    const rounds = await Promise.all([market.deliver(), market.deliver()])
    expect(rounds.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(3)
    expect(arrived.every(({ genuine }) => genuine)).toBe(true)
    const told = arrived.map(({ body }) => JSON.parse(body).data as { worker: string; version: number })
    expect(told.flatMap(({ worker, version }) => (worker === 'wrk_1' ? [version] : []))).toEqual([1, 2])
    expect(told).toHaveLength(3)
    expect(await market.undelivered()).toEqual({ waiting: [], dead: [] })
  })

  it('wait for Kentei by the table of retries, the same bytes under the same id each time, and hold up the worker they are about alone', async () => {
    const { market, arrived, door, clock } = await openFakeKentei()
    door.status = 503
    door.retryAfter = '60'
    await announceThree(market)
    expect(await market.deliver()).toEqual({ delivered: 0, waiting: 2, dead: 0 })
    expect(arrived.map(({ body }) => JSON.parse(body).data.worker)).toEqual(['wrk_1', 'wrk_2'])
    door.status = 200
    clock.now += 59_000
    expect(await market.deliver()).toEqual({ delivered: 0, waiting: 2, dead: 0 })
    clock.now += 1_000
    expect(await market.deliver()).toEqual({ delivered: 3, waiting: 0, dead: 0 })
    expect(arrived[2]).toEqual(arrived[0])
  })

  it('are all sent within a minute once Kentei is there again, however long each would have waited', async () => {
    const { market, arrived, door, clock } = await openFakeKentei()
    door.status = 503
    await announceThree(market)
    for (let round = 0; round < 4; round += 1) {
      await market.deliver()
      clock.now += 3_600_000
    }
    await market.deliver()
    arrived.splice(0)
    // too soon: neither is due, nor is it a minute since the first was tried
    expect(await market.deliver()).toEqual({ delivered: 0, waiting: 2, dead: 0 })
    clock.now += 60_000
    await market.deliver()
    expect(arrived).toHaveLength(1)
    door.status = 200
    clock.now += 60_000
    expect(await market.deliver()).toEqual({ delivered: 3, waiting: 0, dead: 0 })
  })

  it('are given up after the last try, and are sent again when somebody says so', async () => {
    const { market, arrived, door, clock } = await openFakeKentei()
    door.status = 500
    await market.announce('worker.deleted', { worker: 'wrk_1', version: 3 })
    for (const _ of RETRY_WAITS) {
      await market.deliver()
      clock.now += 12 * 3_600_000
    }
    expect(arrived).toHaveLength(RETRY_WAITS.length)
    expect((await market.undelivered()).dead).toMatchObject([{ type: 'worker.deleted', worker: 'wrk_1' }])
    door.status = 200
    expect(await market.resend()).toBe(1)
    expect(await market.deliver()).toEqual({ delivered: 1, waiting: 0, dead: 0 })
    expect(new Set(arrived.map(({ id }) => id)).size).toBe(1)
  })
})

describe('a refusal of Kentei', () => {
  it('is an error with its status and stable code', async () => {
    const refusal = { title: 'It was erased for good', status: 410, code: 'gone' }
    const { market } = await openFakeKentei({ fetch: async () => Response.json(refusal, { status: 410 }) })
    await expect(market.kentei.credentialsOf('wrk_1')).rejects.toMatchObject({ status: 410, code: 'gone' })
  })
})

afterAll(() => vi.restoreAllMocks())
