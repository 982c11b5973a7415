import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blockKey, type DatedKey, rotateKeys } from '../../src/credential/key-life.ts'
import { openKeyRing } from '../../src/credential/keys.ts'
import { contentSignedBy, digestOf, signAnew } from '../../src/credential/sign-credential.ts'
import { expireCredentials } from '../../src/flows/change-credential-status.ts'
import { resignCredentials } from '../../src/flows/resign-credentials.ts'
import { days } from '../../src/kernel/instant.ts'
import type { Settings } from '../../src/world/settings.ts'
import { decideStanding, operator, pass, rows } from '../support/exam-hall.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const keysNow = () => w.world.settings.keys as readonly DatedKey[]
const take = (keys: readonly DatedKey[]) => {
  ;(w.world as { settings: Settings }).settings = { ...w.world.settings, keys }
}
const active = () => keysNow().find(({ use, state }) => use === 'credential' && state === 'active') as DatedKey
/** The key leaks and is blocked; what the thief has is returned. */
async function leak() {
  const stolen = active()
  take(await blockKey(keysNow(), stolen, w.clock.now))
  return openKeyRing(PLUGIN, [stolen])
}
const tokenOf = async (credential: string) => (await w.call('GET', `/credentials/${credential}.jwt`)).text
const judge = async (token: string) =>
  (await w.call('POST', '/api/credentials/verify', { body: { credential: token } })).json
const verdict = async (token: string) => (await judge(token)).verdict
const contentOf = async (credential: string) => decodeJwt(await tokenOf(credential))
const badge = (worker: string, credential: string) => w.market.badges.get(`${worker} ${credential}`)?.body
const kidOf = (token: string) => decodeProtectedHeader(token).kid
const become = async (credential: string, status: string) =>
  w.call('POST', `/api/staff/credentials/${credential}/status`, {
    token: await operator(w),
    body: { status, why: 'decided' },
  })

describe('a blocked key', () => {
  it('makes its badges invalid at once and says why, those that were verified before too; the page and the frame do not call them valid', async () => {
    const { credential } = await pass(w, 'w-1')
    const token = await tokenOf(credential)
    expect(await verdict(token)).toBe('valid')
    await leak()
    const answer = await judge(token)
    expect(answer).toMatchObject({ verdict: 'invalid' })
    expect(answer.checks.at(-1)).toMatchObject({
      check: 'key',
      outcome: 'failed',
      detail: 'The key was blocked by its issuer.',
    })
    const page = (await w.call('GET', `/credentials/${credential}`, { headers: { accept: 'text/html' } })).text
    for (const said of ['有効な証明書ではありません', '発行者が使用を止めました'])
      expect(page.includes(said), said).toBe(true)
    expect((await w.call('GET', `/embed/${credential}`)).text.includes('署名を確認済み')).toBe(false)
  })

  it('lets the status lists be signed by its successor', async () => {
    await pass(w, 'w-1')
    const before = kidOf((await w.call('GET', '/status/1')).text)
    await leak()
    const after = kidOf((await w.call('GET', '/status/1')).text)
    expect(after).not.toBe(before)
    expect(after).toContain(active().jwk.kid)
  })
})

describe('signing anew', () => {
  it('gives holders their certificate back: number, subject, dates and content as they were, under the key of now', async () => {
    const { credential } = await pass(w, 'w-1')
    const old = await tokenOf(credential)
    await leak()
    expect(await resignCredentials(w.world)).toEqual({ resigned: 1, refused: [] })
    const token = await tokenOf(credential)
    expect(token.split('.')[1]).toBe(old.split('.')[1])
    expect(kidOf(token)).toContain(active().jwk.kid)
    expect(await verdict(token)).toBe('valid')
    expect(await verdict(old)).toBe('invalid')
    expect(await resignCredentials(w.world)).toEqual({ resigned: 0, refused: [] })
  })

  it('gives nothing to what a thief signed, be it made up or a copy under the stolen key', async () => {
    const { credential } = await pass(w, 'w-1')
    const token = await tokenOf(credential)
    const thief = await leak()
    const content = { ...(await contentSignedBy(token, thief)), name: 'Forged' }
    const madeUp = await signAnew(`x.${Buffer.from(JSON.stringify(content)).toString('base64url')}.x`, thief)
    await resignCredentials(w.world)
    for (const forged of [madeUp, await signAnew(token, thief)]) expect(await verdict(forged)).toBe('invalid')
    expect((await rows(w, 'select count(*) as n from credentials'))[0].n).toBe(1)
  })

  it('tells the marketplace and the subscribers: standing, badge with the new token, signal', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    const [before, shown] = [w.market.contractCalls.length, badge('w-1', credential)]
    await leak()
    await resignCredentials(w.world)
    await w.drain()
    expect(w.market.contractCalls.slice(before).map(({ method, path }) => `${method} ${path.split('/')[4]}`)).toEqual([
      'GET standing',
      'PUT badges',
      'PUT ranking-signals',
    ])
    const anew = badge('w-1', credential)
    expect(anew).toMatchObject({ credential: await tokenOf(credential), status: 'active' })
    expect(anew?.version).toBeGreaterThan(shown?.version as number)
    expect((await rows(w, 'select type from event_log order by seq')).map(({ type }) => type)).toEqual([
      'credential.issued',
      'credential.resigned',
    ])
  })

  it('leaves every state what it was', async () => {
    const [suspended, revoked, expired] = [await pass(w, 'w-1'), await pass(w, 'w-2'), await pass(w, 'w-3')].map(
      ({ credential }) => credential,
    ) as [string, string, string]
    await w.drain()
    await become(suspended, 'suspended')
    await become(revoked, 'revoked')
    await w.drain()
    await leak()
    const signals = w.market.contractCalls.length
    expect((await resignCredentials(w.world)).resigned).toBe(3)
    await w.drain()
    expect(await verdict(await tokenOf(suspended))).toBe('suspended')
    expect(await verdict(await tokenOf(revoked))).toBe('revoked')
    // what the marketplace shows as suspended it shows under the new token; nothing else of the two is told
    const told = (worker: string) =>
      w.market.contractCalls
        .slice(signals)
        .filter(({ path }) => path.split('/')[3] === worker)
        .map(({ method, path }) => `${method} ${path.split('/')[4]}`)
    expect(['w-1', 'w-2', 'w-3'].map(told)).toEqual([
      ['PUT badges'],
      [],
      ['GET standing', 'PUT badges', 'PUT ranking-signals'],
    ])
    expect(badge('w-1', suspended)).toMatchObject({ status: 'suspended', credential: await tokenOf(suspended) })
    w.clock.advance(days(2_000))
    await expireCredentials(w.world)
    expect(await verdict(await tokenOf(expired))).toBe('expired')
  })

  it('waits with a badge that a standing keeps from being shown', async () => {
    w.market.decide('w-1', 'restricted')
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    expect(badge('w-1', credential)).toBeUndefined()
    await leak()
    await resignCredentials(w.world)
    await w.drain()
    expect(badge('w-1', credential)).toBeUndefined()
    await decideStanding(w, 'w-1', 'good')
    for (let n = 0; n < 4; n++) await w.drain()
    expect(badge('w-1', credential)?.credential).toBe(await tokenOf(credential))
  })

  it('happens once, however many do it, and beside a change of state', async () => {
    const credentials = await Promise.all(
      ['w-1', 'w-2', 'w-3'].map(async (worker) => (await pass(w, worker)).credential),
    )
    await leak()
    const [first, second] = await Promise.all([
      resignCredentials(w.world),
      resignCredentials(w.world),
      become(credentials[0] as string, 'suspended'),
    ])
    const third = await resignCredentials(w.world)
    expect(first.resigned + second.resigned + third.resigned).toBe(3)
    expect(await Promise.all(credentials.map(async (credential) => verdict(await tokenOf(credential))))).toEqual([
      'suspended',
      'valid',
      'valid',
    ])
    expect(
      (await rows(w, "select data ->> 'credential' as c, max(data ->> 'version') as v from event_log group by 1"))
        .map(({ v }) => Number(v))
        .sort(),
    ).toEqual([2, 2, 3])
  })

  it('touches nothing while no key is blocked: a retired key keeps what it signed', async () => {
    const { credential } = await pass(w, 'w-1')
    const token = await tokenOf(credential)
    take(await rotateKeys(keysNow(), 'credential', w.clock.now))
    expect(await resignCredentials(w.world)).toEqual({ resigned: 0, refused: [] })
    expect(await tokenOf(credential)).toBe(token)
    expect(await verdict(token)).toBe('valid')
  })

  it('signs no stored token that is not of its record', async () => {
    const [one, other] = [await pass(w, 'w-1'), await pass(w, 'w-2')]
    await rows(w, 'update credentials set jwt = (select jwt from credentials where id = ?) where id = ?', [
      other.credential,
      one.credential,
    ])
    await leak()
    expect(await resignCredentials(w.world)).toEqual({ resigned: 1, refused: [one.credential] })
    expect(await verdict(await tokenOf(one.credential))).toBe('invalid')
  })

  it.each(['while its key is in use', 'after its key has retired'])(
    'lets a renewal name the certificate before it as it is now, when the key leaks %s',
    async (when) => {
      const first = await pass(w, 'w-1')
      const signer = active()
      w.clock.advance(days(400))
      if (when.startsWith('after')) take(await rotateKeys(keysNow(), 'credential', w.clock.now))
      const renewal = await pass(w, 'w-1')
      const [ofBefore, before] = [await tokenOf(renewal.credential), await contentOf(renewal.credential)]
      take(await blockKey(keysNow(), keysNow().find(({ jwk }) => jwk.kid === signer.jwk.kid) as DatedKey, w.clock.now))
      await resignCredentials(w.world)
      const after = await contentOf(renewal.credential)
      expect(after).toEqual({
        ...before,
        relatedResource: [
          {
            id: `${PLUGIN}/credentials/${first.credential}.jwt`,
            digestSRI: await digestOf(await tokenOf(first.credential)),
          },
        ],
      })
      expect(after.relatedResource).not.toEqual(before.relatedResource)
      // and so does what wallets fetch from now on
      expect(
        JSON.parse((await w.call('GET', `/credentials/${renewal.credential}.vc.json`)).text).relatedResource,
      ).toEqual(after.relatedResource)
      for (const { credential } of [first, renewal]) expect(await verdict(await tokenOf(credential))).toBe('valid')
      expect(await verdict(ofBefore)).toBe(when.startsWith('after') ? 'valid' : 'invalid')
      expect(await resignCredentials(w.world)).toEqual({ resigned: 0, refused: [] })
      const { history } = (
        await w.call('GET', `/api/staff/credentials/${renewal.credential}/history`, { token: await operator(w) })
      ).json
      expect(history.at(-1)).toMatchObject({
        change: 'resigned',
        cause: 'key-blocked',
        from: 'active',
        to: 'active',
        version: 2,
      })
    },
  )

  it('finds nothing of somebody who was erased', async () => {
    await pass(w, 'w-1')
    await w.call('DELETE', '/api/workers/w-1', { token: await w.market.serviceToken('workers:erase') })
    await leak()
    expect(await resignCredentials(w.world)).toEqual({ resigned: 0, refused: [] })
  })

  it('goes by an index, page by page', async () => {
    const plan = await rows(
      w,
      "explain query plan select * from credentials where substr(jwt, 1, instr(jwt, '.') - 1) in ('a', 'b') and id > 'c' order by id limit 5",
    )
    expect(plan.map(({ detail }) => detail).join()).toContain('credentials_by_header')
  })
})
