import { importJWK, type JWK, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const iat = NOON / 1_000

/** A token of the product's own service key. */
async function ownToken(scope: string, change: Record<string, unknown> = {}): Promise<string> {
  const jwk = w.world.settings.keys.find(({ use }) => use === 'service')?.jwk as JWK
  return new SignJWT({ iss: PLUGIN, aud: PLUGIN, iat, exp: iat + 300, jti: crypto.randomUUID(), scope, ...change })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid as string, typ: 'service+jwt' })
    .sign(await importJWK({ ...jwk, use: undefined } as JWK, 'ES256'))
}

describe('a token of the product’s own service key', () => {
  const calls = [
    ['statistics:read', 'GET', '/admin/exams/tiny/statistics', undefined, 200],
    ['exams:publish', 'POST', '/admin/exams?author=aut_1', {}, 422],
  ] as const

  it.each(calls)('is good once: %s', async (scope, method, path, body, status) => {
    const token = await ownToken(scope)
    expect((await w.call(method, path, { token, body })).status).toBe(status)
    const again = await w.call(method, path, { token, body })
    expect([again.status, again.json]).toMatchObject([401, { code: 'token-refused', reason: 'replayed' }])
    expect((await w.call(method, path, { token: await ownToken(scope), body })).status).toBe(status)
  })

  it('is good for one of many calls that come at once', async () => {
    const token = await ownToken('statistics:read')
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await w.call('GET', '/admin/exams/tiny/statistics', { token })).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  })

  it.each([
    ['ends before it begins', { iat: iat + 4, exp: iat + 3 }],
    ['lives longer than five minutes', { exp: iat + 301 }],
    ['begins in the future', { iat: iat + 60, exp: iat + 200 }],
    ['has no id', { jti: undefined }],
  ])('that %s is refused', async (_, change) => {
    for (const [scope, method, path, body] of calls) expect((await w.call(method, path, { token: await ownToken(scope, change), body })).status).toBe(401)
  })
})
