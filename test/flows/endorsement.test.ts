import { decodeJwt, decodeProtectedHeader, generateKeyPair, importJWK, type JWK, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, plus } from '../../src/kernel/instant.ts'
import { endorseExams } from '../../src/sandbox/flows/endorse-exams.ts'
import { pass } from '../support/exam-hall.ts'
import { MARKET, PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { certify, openBothSides } from './two-sides.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const PATH = '/api/achievements/tiny/endorsement'
const token = () => w.market.serviceToken('achievements:endorse')
const put = async (endorsement: unknown, path = PATH) =>
  w.call('PUT', path, { token: await token(), body: { endorsement } })
const achievement = async () =>
  (await w.call('GET', '/achievements/tiny', { headers: { accept: 'application/json' } })).json as {
    endorsementJwt?: string[]
  }
const page = async (path: string) => (await w.call('GET', `${path}?lang=en`, { headers: { accept: 'text/html' } })).text
const carried = (jwt: string) =>
  (decodeJwt(jwt).credentialSubject as { achievement: { endorsementJwt?: string[] } }).achievement.endorsementJwt

describe('an endorsement of the marketplace', () => {
  it('stands in the document of the achievement and on the pages until it is withdrawn, and in no badge, which would carry it on', async () => {
    const before = await pass(w, 'w-1')
    const jwt = await w.market.endorsement('tiny')
    expect((await put(jwt)).json).toEqual({ exam: 'tiny', endorsed: true })
    expect((await achievement()).endorsementJwt).toEqual([jwt])
    const after = await pass(w, 'w-2')
    const textOf = async (id: string) => (await w.call('GET', `/credentials/${id}.jwt`)).text
    for (const { credential } of [before, after]) expect(carried(await textOf(credential))).toBeUndefined()
    const html = await page('/achievements/tiny')
    for (const text of [
      'Endorsed by',
      'Market',
      'Good &lt;evidence&gt; of skill.',
      'The signature of the endorsement is right.',
    ])
      expect(html).toContain(text)
    // strangers read one sentence in their own language, and not what somebody wrote in another
    const certificate = await page(`/credentials/${before.credential}`)
    expect(certificate).toContain('Market endorses this exam. We checked the signature of the endorsement.')
    expect(certificate).not.toContain('Good &lt;evidence&gt; of skill.')
    expect(
      (await w.call('POST', '/api/credentials/verify', { body: { credential: await textOf(after.credential) } })).json
        .verdict,
    ).toBe('valid')

    expect((await w.call('DELETE', PATH, { token: await token() })).json).toEqual({ exam: 'tiny', endorsed: false })
    expect((await achievement()).endorsementJwt).toBeUndefined()
    expect(await page('/achievements/tiny')).not.toContain('Endorsed by')
    expect(await page(`/credentials/${before.credential}`)).not.toContain('endorses this exam')
  })

  it('ends by itself: it stays on the page as ended, and no document carries it', async () => {
    const until = plus(w.clock.now, days(1))
    const exp = Math.floor(until / 1_000)
    await put(await w.market.endorsement('tiny', { claims: { exp, validUntil: new Date(exp * 1_000).toISOString() } }))
    expect((await achievement()).endorsementJwt).toHaveLength(1)
    w.clock.now = plus(w.clock.now, days(2))
    expect((await achievement()).endorsementJwt).toBeUndefined()
    expect(await page('/achievements/tiny')).toContain('The endorsement has ended.')
  })

  it('is taken with the scope of its own only', async () => {
    const body = { endorsement: await w.market.endorsement('tiny') }
    expect((await w.call('PUT', PATH, { body })).status).toBe(401)
    expect((await w.call('PUT', PATH, { body, token: await w.market.serviceToken('credentials:read') })).status).toBe(
      403,
    )
    expect((await put(body.endorsement, '/api/achievements/none/endorsement')).status).toBe(404)
  })

  const stranger = generateKeyPair('ES256')
  const other = { id: 'https://kentei.example/achievements/other', type: ['EndorsementSubject'] }
  it.each<[string, () => Promise<unknown>]>([
    ['no token', async () => 'abc'],
    ['signed by another key', async () => w.market.endorsement('tiny', { key: (await stranger).privateKey })],
    [
      'under a key that is not published',
      () => w.market.endorsement('tiny', { header: { kid: 'did:web:market.example#other' } }),
    ],
    ['of another issuer', () => w.market.endorsement('tiny', { header: { kid: 'did:web:evil.example#market-1' } })],
    ['of another type', () => w.market.endorsement('tiny', { header: { typ: 'service+jwt' } })],
    ['with a key in its header', () => w.market.endorsement('tiny', { header: { jwk: { kty: 'EC' } } })],
    [
      'about another achievement',
      () => w.market.endorsement('tiny', { claims: { credentialSubject: other, sub: other.id } }),
    ],
    [
      'a badge, and no endorsement',
      () => w.market.endorsement('tiny', { claims: { type: ['VerifiableCredential', 'OpenBadgeCredential'] } }),
    ],
    ['whose claims disagree', () => w.market.endorsement('tiny', { claims: { jti: 'urn:uuid:other' } })],
    [
      'that has not begun',
      () => w.market.endorsement('tiny', { claims: { nbf: 4_000_000_000, validFrom: '2096-10-02T07:06:40Z' } }),
    ],
    [
      'that has ended',
      () => w.market.endorsement('tiny', { claims: { exp: 1_790_000_000, validUntil: '2026-09-21T14:13:20Z' } }),
    ],
    ['without a name', () => w.market.endorsement('tiny', { claims: { name: undefined } })],
    [
      'of a subject that is none',
      () => w.market.endorsement('tiny', { claims: { credentialSubject: { id: `${PLUGIN}/achievements/tiny` } } }),
    ],
    ['too large', () => w.market.endorsement('tiny', { claims: { more: 'x'.repeat(5_000) } })],
  ])('is refused when it is %s', async (_, make) => {
    const refused = await put(await make())
    expect([refused.status, refused.json.code, refused.json.issues[0].path]).toEqual([422, 'malformed', 'endorsement'])
    expect((await achievement()).endorsementJwt).toBeUndefined()
  })
})

describe('the reference marketplace', () => {
  it('endorses by itself what certifies its work: achievement and page carry what its did:web key signed', async () => {
    const both = await openBothSides({ workers: [] })
    try {
      const { plugin, sandbox, market } = both
      const read = async (accept: string) =>
        (await plugin.request(`${PLUGIN}/achievements/business-admin?lang=en`, { headers: { accept } })).text()
      const held = async () =>
        (JSON.parse(await read('application/json')) as { endorsementJwt?: string[] }).endorsementJwt
      expect([await held(), (await read('text/html')).includes('Endorsed by')]).toEqual([undefined, false])

      await endorseExams(market)
      const [jwt] = (await held()) as [string]
      const did = (await (await sandbox.request(`${MARKET}/.well-known/did.json`)).json()) as {
        id: string
        assertionMethod: string[]
        verificationMethod: { id: string; publicKeyJwk: JWK }[]
      }
      const { kid } = decodeProtectedHeader(jwt)
      expect([did.id, did.assertionMethod]).toEqual(['did:web:market.example', expect.arrayContaining([kid])])
      const key = await importJWK(did.verificationMethod.find(({ id }) => id === kid)?.publicKeyJwk as JWK, 'ES256')
      const { payload } = await jwtVerify(jwt, key, {
        issuer: did.id,
        subject: `${PLUGIN}/achievements/business-admin`,
        typ: 'JWT',
        currentDate: new Date(both.w.clock.now),
      })
      expect(payload.type).toEqual(['VerifiableCredential', 'EndorsementCredential'])
      expect(await read('text/html')).toContain('market.example')
      const badge = await certify(both.w, 'wrk_013')
      expect(carried(await (await plugin.request(`${PLUGIN}/credentials/${badge}.jwt`)).text())).toBeUndefined()
    } finally {
      await both.close()
    }
  })
})
