import { createHash } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pass, rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

interface Identity {
  readonly identityType: string
  readonly salt: string
  readonly identityHash: string
}

const ask = async (email: unknown) =>
  w.call('PUT', '/api/identity', { token: (await w.launch('w-1')).token, body: { email } })
const identityIn = async (credential: string) =>
  (
    decodeJwt((await w.call('GET', `/credentials/${credential}.jwt`)).text).credentialSubject as {
      identifier?: Identity[]
    }
  ).identifier?.find(({ identityType }) => identityType === 'emailAddress')

it('stands in the credentials of who asked for it, under a salt of its own, and the address is kept nowhere', async () => {
  expect((await ask('Minato@Example.jp')).json).toEqual({ identity: 'hashed' })
  const identity = (await identityIn((await pass(w, 'w-1')).credential)) as Identity
  expect(identity.salt).toMatch(/^[0-9a-f]{32}$/)
  expect(identity.identityHash).toBe(
    `sha256$${createHash('sha256').update(`minato@example.jp${identity.salt}`).digest('hex')}`,
  )
  expect(JSON.stringify(await rows(w, 'select * from workers')).toLowerCase()).not.toContain('minato@')
  expect(await identityIn((await pass(w, 'w-2')).credential)).toBeUndefined()
})

it('can be taken back before a pass, and goes when the worker is erased', async () => {
  await ask('minato@example.jp')
  expect((await w.call('DELETE', '/api/identity', { token: (await w.launch('w-1')).token })).json).toEqual({
    identity: 'none',
  })
  expect(await identityIn((await pass(w, 'w-1')).credential)).toBeUndefined()
  await ask('minato@example.jp')
  const { token } = await w.launch('w-1')
  await w.call('DELETE', '/api/workers/w-1', { token: await w.market.serviceToken('workers:erase') })
  expect(await rows(w, "select identity from workers where worker = 'w-1'")).toEqual([])
  const late = await w.call('PUT', '/api/identity', { token, body: { email: 'minato@example.jp' } })
  expect(late.status).toBe(401)
})

it('is made of nothing but an e-mail address', async () => {
  for (const email of ['', 'minato', 7, undefined]) expect((await ask(email)).json.code).toBe('malformed')
})

it('is asked for and taken back on the page of certificates, which forgets what was entered', async () => {
  const { token } = await w.launch('w-1')
  const page = async () => (await w.call('GET', '/certificates', { token })).text
  const post = (
    path: string,
    fields: Record<string, string> = {},
    as: Record<string, string> = { authorization: `Bearer ${token}` },
  ) =>
    w.call('POST', path, {
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...as },
    })
  const wrong = await post('/certificates/address', { email: 'minato@"><b>' })
  expect([wrong.status, wrong.headers.get('cache-control')]).toEqual([422, 'no-store'])
  expect(wrong.text).toMatch(/role="alert"[\s\S]*value="minato@&quot;&gt;&lt;b&gt;"/)
  expect(await page()).toContain('入れていない')

  const asked = await post('/certificates/address', { email: ' Minato@Example.jp ' })
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/certificates#address'])
  const { credential } = await pass(w, 'w-1')
  const identity = (await identityIn(credential)) as Identity
  expect(identity.identityHash).toBe(
    `sha256$${createHash('sha256').update(`minato@example.jp${identity.salt}`).digest('hex')}`,
  )
  const on = await page()
  expect(on).not.toContain('name="email"')
  expect(on.toLowerCase()).not.toContain('minato@')

  // another site can post with the visitor's cookie, and is refused
  expect(
    (
      await post(
        '/certificates/address/forget',
        {},
        { cookie: `__Host-kentei=${token}`, origin: 'https://elsewhere.example' },
      )
    ).status,
  ).toBe(403)
  expect(await page()).not.toContain('name="email"')
  await post('/certificates/address/forget')
  expect(await page()).toContain('name="email"')
})

it('is nothing for those who get no certificates', async () => {
  const { token } = await w.launch('op-1', { role: 'operator' })
  expect((await w.call('GET', '/certificates', { token })).text).not.toContain('name="email"')
  expect((await w.call('PUT', '/api/identity', { token, body: { email: 'a@example.jp' } })).json.code).toBe('forbidden')
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await w.call('POST', '/certificates/address', { token, headers, body: 'email=a%40example.jp' })).status).toBe(
    403,
  )
})
