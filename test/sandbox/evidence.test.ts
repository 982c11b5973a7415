import * as fc from 'fast-check'
import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant, toRfc3339 } from '../../src/kernel/instant.ts'
import { headBadges } from '../../src/sandbox/evidence/evidence.ts'
import { DID, listed, PLUGIN } from '../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../support/sandbox/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const shown = async (worker: string) =>
  (await market.call('GET', `/api/workers/${worker}?category=business-admin`)).json

describe('badges', () => {
  it('shows a badge whose signature is good', async () => {
    const body = await market.badgeBody('crd_ok')
    expect((await market.call('PUT', '/v1/workers/wrk_001/badges/crd_ok', { body })).json).toEqual({
      version: 1,
      applied: true,
    })
    expect((await shown('wrk_001')).badges).toMatchObject([
      { credential: 'crd_ok', status: 'active', url: `${PLUGIN}/credentials/crd_ok` },
    ])
    expect((await market.call('GET', '/workers/wrk_001')).text).toContain(`href="${PLUGIN}/credentials/crd_ok"`)
  })

  it('says on the profile and in the search what a certificate rests on, and nothing where the plugin did not say', async () => {
    const put = async (worker: string, parts?: readonly string[]) => {
      const credential = `crd_parts_${worker}`
      const body = { ...(await market.badgeBody(credential)), ...(parts ? { parts } : {}) }
      expect((await market.call('PUT', `/v1/workers/${worker}/badges/${credential}`, { body })).status).toBe(200)
      return [(await shown(worker)).badges, (await market.call('GET', `/workers/${worker}?lang=ja`)).text] as const
    }
    const [both, withBoth] = await put('wrk_020', ['knowledge', 'practical'])
    expect(both).toMatchObject([{ parts: ['knowledge', 'practical'] }])
    expect(withBoth).toContain('知識＋実技')
    const [, withOne] = await put('wrk_021', ['knowledge'])
    expect(withOne).toContain('知識のみ')
    const [before, withNone] = await put('wrk_022')
    expect(before[0]).not.toHaveProperty('parts')
    expect(withNone).not.toMatch(/知識のみ|知識＋実技/)
    const search = await market.call('GET', '/workers?certified=1&lang=ja')
    expect(search.text.match(/知識＋実技/g)).toHaveLength(1)
  })

  it('refuses a badge of an unknown part', async () => {
    const body = { ...(await market.badgeBody('crd_oral')), parts: ['oral'] }
    expect((await market.call('PUT', '/v1/workers/wrk_023/badges/crd_oral', { body })).status).toBe(422)
  })

  type Change = Parameters<Market['plugin']['badge']>[1]
  const at = () => Math.floor(market.clock.now / 1_000)
  const bad: readonly (readonly [string, () => Promise<Change> | Change])[] = [
    ['is signed with another key', async () => ({ key: (await generateKeyPair('ES256')).privateKey })],
    ['is a service token', () => ({ header: { typ: 'service+jwt' } })],
    ['names a key of another issuer', () => ({ header: { kid: 'did:web:evil.example#key-1' } })],
    ['names a key by its short name', () => ({ header: { kid: 'key-1' } })],
    ['names an unknown key', () => ({ header: { kid: `${DID}#key-9` } })],
    ['has another iss', () => ({ claims: { iss: 'did:web:evil.example' } })],
    ['has another issuer', () => ({ claims: { issuer: { id: 'did:web:evil.example' } } })],
    ['has a jti that is not its id', () => ({ claims: { jti: 'urn:uuid:1' } })],
    ['has a sub that is not its subject', () => ({ claims: { sub: 'urn:uuid:1' } })],
    ['has an exp that is not its end', () => ({ claims: { exp: at() + 5 } })],
    ['has an nbf that is not its start', () => ({ claims: { nbf: at() - 5 } })],
    [
      'begins in the future',
      () => ({ claims: { nbf: at() + 120, validFrom: toRfc3339(instant((at() + 120) * 1_000)) } }),
    ],
    ['wraps a vc claim', () => ({ claims: { vc: {} } })],
    ['is no verifiable credential', () => ({ claims: { type: ['OpenBadgeCredential'] } })],
    ['brings its own key', () => ({ header: { jwk: {} } })],
  ]
  it.each(bad)('refuses and does not show a badge that %s', async (_, change) => {
    const body = await market.badgeBody('crd_bad', { jwt: await market.plugin.badge('crd_bad', await change()) })
    const answer = await market.call('PUT', '/v1/workers/wrk_002/badges/crd_bad', { body })
    expect(answer.status).toBe(422)
    expect(answer.json.code).toBe('badge-refused')
    expect((await shown('wrk_002')).badges).toEqual([])
  })

  it('refuses a badge that the status list has revoked, until the plugin says so itself', async () => {
    market.plugin.revoked.add(7)
    const jwt = await market.plugin.badge('crd_revoked', { claims: { credentialStatus: listed(7) } })
    const put = async (change: { status?: string; version?: number }) =>
      market.call('PUT', '/v1/workers/wrk_003/badges/crd_revoked', {
        body: await market.badgeBody('crd_revoked', { jwt, ...change }),
      })
    const refused = await put({})
    expect([refused.status, refused.json]).toMatchObject([422, { code: 'badge-refused', reason: 'is-revoked' }])
    expect((await put({ status: 'revoked', version: 2 })).json).toEqual({ version: 2, applied: true })
  })

  it('asks the plugin to try again while its status list cannot be read', async () => {
    market.plugin.listStatus = 503
    market.advance(120_000)
    const body = await market.badgeBody('crd_listed', {
      jwt: await market.plugin.badge('crd_listed', { claims: { credentialStatus: listed(8) } }),
    })
    const put = () => market.call('PUT', '/v1/workers/wrk_004/badges/crd_listed', { body })
    const refused = await put()
    expect([refused.status, refused.json]).toMatchObject([503, { code: 'badge-refused', reason: 'list-unreadable' }])
    market.plugin.listStatus = 200
    market.advance(31_000)
    expect((await put()).json).toEqual({ version: 1, applied: true })
  })

  it.each([
    ['an end', { validUntil: '2099-01-01T00:00:00.000Z' }, 'end-differs'],
    ['a start', { issuedAt: '2020-01-01T00:00:00.000Z' }, 'start-differs'],
  ])('refuses %s that the issuer did not sign', async (_, change, reason) => {
    const body = { ...(await market.badgeBody('crd_bad')), ...change }
    const answer = await market.call('PUT', '/v1/workers/wrk_002/badges/crd_bad', { body })
    expect([answer.status, answer.json.reason]).toEqual([422, reason])
  })

  it('refuses a body that is not well formed, and says where', async () => {
    const answer = await market.call('PUT', '/v1/workers/wrk_002/badges/crd_bad', {
      body: { ...(await market.badgeBody('crd_bad')), level: 9 },
    })
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject({ code: 'malformed', issues: [{ path: 'level' }] })
    expect((await market.call('PUT', '/v1/workers/wrk_002/badges/crd_bad', { body: '{' })).json.code).toBe('malformed')
  })

  it('refuses a body of more than 64 KB', async () => {
    expect(
      (await market.call('PUT', '/v1/workers/wrk_002/badges/crd_bad', { body: { credential: 'x'.repeat(70_000) } }))
        .status,
    ).toBe(413)
  })

  it('keeps the newest version, whatever order they come in', async () => {
    let worker = 100
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([1, 2, 3, 1, 2, 3], { minLength: 6 }), async (order) => {
        worker += 1
        const path = `/v1/workers/wrk_${worker}/badges/crd_order`
        const statuses = { 1: 'active', 2: 'suspended', 3: 'revoked' } as Record<number, string>
        for (const version of order)
          expect(
            (
              await market.call('PUT', path, {
                body: await market.badgeBody('crd_order', { version, status: statuses[version] as string }),
              })
            ).status,
          ).toBe(200)
        expect((await shown(`wrk_${worker}`)).badges).toMatchObject([{ version: 3, status: 'revoked' }])
      }),
      { numRuns: 8 },
    )
  })

  it('shows a badge as expired once its time is over', async () => {
    const later = await openMarket()
    await later.certify('wrk_001')
    later.advance(86_400_000 * 366)
    const entry = (await later.call('GET', '/api/workers/wrk_001?category=business-admin')).json
    expect(entry.badges[0].status).toBe('expired')
    expect(entry.boost).toBe(0)
    expect(entry.reasons.map((reason: { code: string }) => reason.code)).toContain('certificate-expired')
    await later.close()
  })
})

describe('the badges beside a name', () => {
  const [past, now, later, last] = [1, 2, 3, 4].map(instant) as [
    ReturnType<typeof instant>,
    ReturnType<typeof instant>,
    ReturnType<typeof instant>,
    ReturnType<typeof instant>,
  ]
  const badge = (exam: string, status: 'active' | 'revoked' | 'suspended', validUntil = later) => ({
    exam,
    status,
    validUntil,
  })

  it('are, of each exam, the one that stands longest; what was corrected or renewed is left to the list', () => {
    const [corrected, stands, renewal, other] = [
      badge('a', 'revoked', last),
      badge('a', 'active'),
      badge('a', 'active', last),
      badge('b', 'active'),
    ]
    expect(headBadges([corrected, stands], now)).toEqual([stands])
    expect(headBadges([stands, renewal, other], now)).toEqual([renewal, other])
  })

  it('are all where none stands: a suspension or an end is not left out', () => {
    const fallen = [badge('a', 'active', past), badge('a', 'suspended'), badge('b', 'revoked')]
    expect(headBadges(fallen, now)).toEqual(fallen)
  })
})

describe('ranking signals', () => {
  const path = (worker: string) => `/v1/workers/${worker}/ranking-signals/business-admin`

  it('a signal without a verified badge does not count', async () => {
    await market.call('PUT', path('wrk_010'), { body: market.signalBody() })
    expect((await shown('wrk_010')).boost).toBe(0)
  })

  it('ends by itself at validUntil', async () => {
    const later = await openMarket()
    await later.certify('wrk_011')
    const boost = async () => (await later.call('GET', '/api/workers/wrk_011?category=business-admin')).json.boost
    later.advance(86_400_000 * 30 - 1)
    expect(await boost()).toBeGreaterThan(0)
    later.advance(1)
    expect(await boost()).toBe(0)
    await later.close()
  })

  it('a withdrawal leaves a tombstone that an older signal cannot lift', async () => {
    await market.certify('wrk_012')
    expect((await shown('wrk_012')).boost).toBeGreaterThan(0)
    expect((await market.call('DELETE', path('wrk_012'), { body: { version: 3 } })).json).toEqual({
      version: 3,
      applied: true,
    })
    expect((await shown('wrk_012')).boost).toBe(0)
    expect((await market.call('PUT', path('wrk_012'), { body: market.signalBody({ version: 2 }) })).json).toEqual({
      version: 2,
      applied: false,
    })
    expect((await shown('wrk_012')).boost).toBe(0)
    expect((await market.call('PUT', path('wrk_012'), { body: market.signalBody({ version: 4 }) })).json.applied).toBe(
      true,
    )
    expect((await shown('wrk_012')).boost).toBeGreaterThan(0)
  })

  it('stops counting at once when the badge is suspended', async () => {
    await market.certify('wrk_013')
    await market.call('PUT', '/v1/workers/wrk_013/badges/crd_wrk_013', {
      body: await market.badgeBody('crd_wrk_013', { version: 2, status: 'suspended' }),
    })
    const entry = await shown('wrk_013')
    expect(entry.boost).toBe(0)
    expect(entry.reasons.map((reason: { code: string }) => reason.code)).toContain('certificate-suspended')
  })
})

describe('Idempotency-Key', () => {
  const path = '/v1/workers/wrk_020/ranking-signals/business-admin'
  const put = (key: string, body: unknown) => market.call('PUT', path, { body, headers: { 'Idempotency-Key': key } })

  it('gives the same request the same answer', async () => {
    const body = market.signalBody()
    const first = await put('"key-1"', body)
    expect(first.json).toEqual({ version: 1, applied: true })
    expect((await put('"key-1"', body)).json).toEqual(first.json)
  })

  it('refuses another request with the same key', async () => {
    const answer = await put('"key-1"', market.signalBody({ version: 2 }))
    expect(answer.status).toBe(422)
    expect(answer.json.code).toBe('idempotency-mismatch')
  })

  it('refuses a key that is not a quoted string', async () => {
    expect((await put('key-2', market.signalBody())).json).toMatchObject({
      code: 'malformed',
      issues: [{ path: 'Idempotency-Key' }],
    })
  })

  it('lets a refused request be tried again with its key', async () => {
    expect((await put('"key-3"', { version: 0 })).status).toBe(422)
    expect((await put('"key-3"', market.signalBody({ version: 3 }))).json.applied).toBe(true)
  })
})
