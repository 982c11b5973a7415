import { exportJWK, generateKeyPair } from 'jose'
import { afterEach, expect, it, vi } from 'vitest'
import { instant } from '../../src/kernel/instant.ts'
import { publishedKeys } from '../../src/platform/http/trusted-token.ts'

afterEach(() => vi.useRealTimers())

it('keys that a clock hours ahead has read are read again for a new one once the clock is set right', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const { publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  const published = [{ ...jwk, kid: 'old' }]
  const find = publishedKeys('https://market.example/jwks.json', {
    fetch: async () => Response.json({ keys: published }),
    now: () => instant(Date.now()),
  })
  const keyOf = (kid: string) => find({ alg: 'ES256', kid }, { payload: '', signature: '' })
  const right = Date.now()
  vi.setSystemTime(right + 5 * 3_600_000)
  await keyOf('old')
  vi.setSystemTime(right)
  published.push({ ...jwk, kid: 'new' })
  expect(await keyOf('new')).toMatchObject({ type: 'public' })
  expect(find.fresh).toBe(true)
})
