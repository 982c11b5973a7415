import { importJWK, type JWK, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blockKey, type DatedKey, freshToolKey } from '../../../src/credential/key-life.ts'
import type { StoredKey, ToolUse } from '../../../src/world/settings.ts'
import { PLUGIN } from '../../support/fake-market.ts'
import { type FixedWorld, fixedWorld, NOON } from '../../support/fixed-world.ts'
import { ownToken } from '../../support/own-token.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const iat = NOON / 1_000

const keyFor = (use: StoredKey['use']) => w.world.settings.keys.find((key) => key.use === use) as StoredKey

/** A token that a key signs for this service. */
async function tokenOf(
  { jwk }: StoredKey,
  scope: string,
  change: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const alg = jwk.kty === 'OKP' ? 'EdDSA' : 'ES256'
  return new SignJWT({ iss: PLUGIN, aud: PLUGIN, iat, exp: iat + 300, jti: crypto.randomUUID(), scope, ...change })
    .setProtectedHeader({ alg, kid: jwk.kid as string, typ: 'service+jwt', ...header })
    .sign(await importJWK({ ...jwk, alg: undefined, use: undefined } as JWK, alg))
}

const setKeys = (keys: readonly StoredKey[]) => Object.assign(w.world, { settings: { ...w.world.settings, keys } })

/** Makes a key for a tool, as `kentei keys generate` does, and has the service know it. */
async function toolKey(use: ToolUse, person?: string): Promise<DatedKey> {
  const { own, known } = await freshToolKey(use, NOON, person)
  setKeys([...w.world.settings.keys, known])
  return own
}

describe('a token of the product’s own service key', () => {
  const calls = [
    ['statistics:read', 'GET', '/admin/exams/tiny/statistics', undefined, 200],
    ['sessions:end', 'POST', '/admin/sessions/end', { role: 'author', why: 'x' }, 200],
    ['exams:publish', 'POST', '/admin/exams?author=aut_1', {}, 422],
  ] as const

  it.each(calls)('is good once: %s', async (scope, method, path, body, status) => {
    const token = await ownToken(w, scope)
    expect((await w.call(method, path, { token, body })).status).toBe(status)
    const again = await w.call(method, path, { token, body })
    expect([again.status, again.json]).toMatchObject([401, { code: 'token-refused', reason: 'replayed' }])
    expect((await w.call(method, path, { token: await ownToken(w, scope), body })).status).toBe(status)
  })

  it('is good for one of many calls that come at once', async () => {
    const token = await ownToken(w, 'statistics:read')
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await w.call('GET', '/admin/exams/tiny/statistics', { token })).status),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  })

  it.each([
    ['ends before it begins', { iat: iat + 4, exp: iat + 3 }],
    ['lives longer than five minutes', { exp: iat + 301 }],
    ['begins in the future', { iat: iat + 60, exp: iat + 200 }],
    ['has no id', { jti: undefined }],
  ])('that %s is refused', async (_, change) => {
    for (const [scope, method, path, body] of calls)
      expect((await w.call(method, path, { token: await ownToken(w, scope, change), body })).status).toBe(401)
  })
})

const publish = (token: string, query = '?author=aut_1') =>
  w.call('POST', `/admin/exams${query}`, { token, body: { bank: w.bank } })
const measure = (token: string) => w.call('GET', '/admin/exams/tiny/statistics', { token })

describe('the key of a tool', () => {
  it('does the one thing that it is for: an author key hands in, a statistics key reads', async () => {
    const [author, statistics] = [await toolKey('author'), await toolKey('statistics')]
    expect((await publish(await tokenOf(author, 'exams:publish'))).status).toBe(200)
    expect((await measure(await tokenOf(statistics, 'statistics:read'))).status).toBe(200)
    // whatever scope it writes into its tokens
    for (const scope of ['exams:publish', 'statistics:read', 'exams:publish statistics:read']) {
      expect((await measure(await tokenOf(author, scope))).status).toBe(401)
      expect((await publish(await tokenOf(statistics, scope))).status).toBe(401)
    }
  })

  it.each(['author', 'statistics'] as const)('opens no other route: %s', async (use) => {
    const key = await toolKey(use)
    const own = use === 'author' ? 'POST /admin/exams' : 'GET /admin/exams/:exam/statistics'
    const routes = [
      ...new Map(w.app.routes.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values(),
    ].filter(({ method, path }) => method !== 'ALL' && `${method} ${path}` !== own)
    expect(routes.length).toBeGreaterThan(100)
    const scope = 'exams:publish statistics:read credentials:read workers:erase events:write'
    for (const { method, path } of routes) {
      const asked = path.replace(':exam', 'tiny').replaceAll(/:\w+(?:\{[^}]*\})?/g, 'x')
      const body = method === 'GET' ? {} : { body: {} }
      const anybody = await w.call(method, asked, body)
      const reply = await w.call(method, asked, { ...body, token: await tokenOf(key, scope) })
      expect([anybody.status, 401], `${method} ${path}`).toContain(reply.status)
    }
  })

  it('is good once', async () => {
    const token = await tokenOf(await toolKey('author'), 'exams:publish')
    expect((await publish(token)).status).toBe(200)
    expect((await publish(token)).json).toMatchObject({ code: 'token-refused', reason: 'replayed' })
  })

  it('is refused once it is blocked, and nothing takes its place', async () => {
    const key = await toolKey('author')
    const known = w.world.settings.keys as readonly DatedKey[]
    const left = await blockKey(known, known.find(({ jwk }) => jwk.kid === key.jwk.kid) as DatedKey, NOON)
    expect(left).toHaveLength(known.length)
    setKeys(left)
    expect((await publish(await tokenOf(key, 'exams:publish'))).status).toBe(401)
  })

  it.each(['credential', 'webhook', 'proof', 'statistics'] as const)(
    'cannot be played by a %s key, whatever its token says',
    async (use) => {
      const key = use === 'statistics' ? await toolKey(use) : keyFor(use)
      for (const header of [{}, { use: 'author' }, { jwk: key.jwk }])
        expect((await publish(await tokenOf(key, 'exams:publish', { use: 'author' }, header))).status).toBe(401)
      // nor under the name of one
      const author = await toolKey('author')
      if (key.jwk.kty === 'EC')
        expect((await publish(await tokenOf(key, 'exams:publish', {}, { kid: author.jwk.kid }))).status).toBe(401)
    },
  )

  it('is published nowhere: for others the service does not vouch for it', async () => {
    const { jwk } = await toolKey('author')
    for (const path of ['/.well-known/jwks.json', '/.well-known/did.json'])
      expect((await w.call('GET', path)).text).not.toContain(jwk.kid)
  })

  it('of a person hands in for that person alone', async () => {
    const key = await toolKey('author', 'aut_ben')
    expect((await publish(await tokenOf(key, 'exams:publish'), '?author=aut_eve')).status).toBe(403)
    expect((await publish(await tokenOf(key, 'exams:publish'), '')).status).toBe(200)
    expect((await publish(await tokenOf(key, 'exams:publish'), '?author=aut_ben')).status).toBe(200)
    // one that is nobody's own has to say
    expect((await publish(await tokenOf(await toolKey('author'), 'exams:publish'), '')).status).toBe(422)
  })

  it('may send a bundle, and only an author’s may', async () => {
    const body = { bank: 'x'.repeat(100_000) }
    const send = async (token: string) => (await w.call('POST', '/admin/exams?author=aut_1', { token, body })).status
    expect(await send(await tokenOf(await toolKey('author'), 'exams:publish'))).toBe(422)
    expect(await send(await tokenOf(await toolKey('statistics'), 'statistics:read exams:publish'))).toBe(413)
  })
})
