import { Hono } from 'hono'
import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { generateKey, openKeyRing, ownKeySource } from '../../../src/credential/keys.ts'
import { LIST_TTL } from '../../../src/credential/status-list.ts'
import { changeStatusStatement } from '../../../src/credential/store.ts'
import { milliseconds, minutes, plus, seconds } from '../../../src/kernel/instant.ts'
import { bitAt, decodeStatusList, listStatusSource, type StatusBits } from '../../../src/verify/status-list.ts'
import { assembleVerifier } from '../../../src/verify/verify-credential.ts'
import { issuerRoutes } from '../../../src/web/public/issuer-routes.ts'
import type { World } from '../../../src/world/world.ts'
import { publicWorld } from '../../support/public-world.ts'
import { input } from '../../support/sample-credential.ts'

let w: Awaited<ReturnType<typeof publicWorld>>
beforeEach(async () => {
  w = await publicWorld()
})

const LIST = `/status/${input.status.list}`
const get = (headers: Record<string, string> = {}) => w.app.request(LIST, { headers })
const etagOf = async (headers = {}) => (await get(headers)).headers.get('etag') as string
const change = (to: 'active' | 'suspended' | 'revoked', id: string = input.id) =>
  changeStatusStatement(w.world.db, { id, to, cause: 'operator', at: w.clock.now })
const wait = (by: number) => {
  w.clock.now = plus(w.clock.now, milliseconds(by))
}
const bitsOf = async (token: string) =>
  (await decodeStatusList((decodeJwt(token).credentialSubject as { encodedList: string }).encodedList)) as StatusBits

describe('a status list', () => {
  it('is signed once for many readers', async () => {
    const texts = new Set<string>()
    for (let n = 0; n < 5; n++) texts.add(await (await get()).text())
    expect(texts.size).toBe(1)
  })

  it('is signed again when a bit has changed, and only then before its ttl is nearly over', async () => {
    await w.issue({ id: 'crd_2', status: { list: input.status.list, index: 7 } })
    const first = await etagOf()
    await change('suspended')
    await change('active')
    wait(minutes(4))
    expect(await etagOf()).toBe(first)
    await change('revoked')
    const second = await etagOf()
    expect(second).not.toBe(first)
    await change('revoked', 'crd_2')
    const third = await get()
    const bits = await bitsOf(await third.text())
    expect([bitAt(bits, input.status.index), bitAt(bits, 7), bitAt(bits, 8)]).toEqual([1, 1, 0])
    expect(third.headers.get('etag')).not.toBe(second)
    wait(LIST_TTL - seconds(15))
    expect(await etagOf()).not.toBe(third.headers.get('etag'))
  })

  it('never states a validity that is not begun or over, however often it is asked for', async () => {
    for (let n = 0; n < 12; n++) {
      const { nbf, exp } = decodeJwt(await (await get()).text())
      expect((nbf as number) * 1_000).toBeLessThanOrEqual(w.clock.now)
      expect((exp as number) * 1_000 - w.clock.now).toBeGreaterThan(LIST_TTL)
      wait(minutes(3))
    }
  })

  it('answers 304 to whoever has it, and the list to whoever has another', async () => {
    const response = await get()
    const etag = response.headers.get('etag') as string
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await get({ 'if-none-match': known })
      expect([again.status, await again.text(), again.headers.get('etag'), again.headers.get('content-type')]).toEqual([
        304,
        '',
        etag,
        null,
      ])
      expect(again.headers.get('cache-control')).toBe(response.headers.get('cache-control'))
    }
    for (const known of ['"x"', etag.slice(1, -1), '']) expect((await get({ 'if-none-match': known })).status).toBe(200)
    await change('revoked')
    expect((await get({ 'if-none-match': etag })).status).toBe(200)
  })

  it('may be cached for exactly its ttl', async () => {
    for (const after of [0, minutes(2), minutes(2)]) {
      wait(after)
      const response = await get()
      const { ttl } = decodeJwt(await response.text()).credentialSubject as { ttl: number }
      expect(response.headers.get('cache-control')).toBe(`public, max-age=${ttl / 1_000}`)
    }
  })

  it('is signed by the new key as soon as keys are changed', async () => {
    const kid = async () =>
      JSON.parse(Buffer.from((await (await get()).text()).split('.')[0] as string, 'base64url').toString()).kid
    const before = await kid()
    const keys = [await generateKey('credential'), { ...w.world.settings.keys[0], state: 'retired' }]
    Object.assign(w.world, { settings: { ...w.world.settings, keys } })
    expect(await kid()).not.toBe(before)
    expect(await kid()).toBe((await openKeyRing(w.world.settings.origin, w.world.settings.keys)).keys[0]?.kid)
  })
})

describe('a revocation', () => {
  /** Somebody else's verifier, who reads the list and keeps it for its ttl. */
  const stranger = () => {
    const keys = ownKeySource(w.ring)
    let loads = 0
    const load = async () => {
      loads += 1
      return (await get()).text()
    }
    const verifier = assembleVerifier({ keys, status: listStatusSource({ keys, load }) })
    return { verdict: async () => (await verifier.verify(w.jwt, w.clock.now)).verdict, loads: () => loads }
  }
  const ownVerdict = async () => ((await (await w.verify(w.jwt)).json()) as { verdict: string }).verdict

  it('shows in our own verifier and in our list at once, and elsewhere within the ttl', async () => {
    const { verdict, loads } = stranger()
    expect([await verdict(), await ownVerdict()]).toEqual(['valid', 'valid'])
    wait(1_000)
    await change('revoked')
    expect([await ownVerdict(), await stranger().verdict(), await verdict()]).toEqual(['revoked', 'revoked', 'valid'])
    wait(LIST_TTL - 1_001)
    expect([await verdict(), loads()]).toEqual(['valid', 1])
    wait(1)
    expect([await verdict(), loads()]).toEqual(['revoked', 2])
  })

  it('shows at once in another isolate, which has signed the list before', async () => {
    const other = new Hono<{ Variables: { world: World } }>()
    other.use(async (c, next) => {
      c.set('world', w.world)
      await next()
    })
    other.route('/', issuerRoutes())
    const bits = async () =>
      Promise.all(
        [w.app, other].map(async (app) =>
          bitAt(await bitsOf(await (await app.request(LIST)).text()), input.status.index),
        ),
      )
    expect(await bits()).toEqual([0, 0])
    await change('revoked')
    expect(await bits()).toEqual([1, 1])
  })
})
