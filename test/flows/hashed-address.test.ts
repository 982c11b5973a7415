import { createHash } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { pass, rows } from './exam-hall.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

interface Identity {
  readonly salt: string
  readonly identityHash: string
}

const ask = async (email: unknown) => w.call('PUT', '/api/identity', { token: (await w.launch('w-1')).token, body: { email } })
const identityIn = async (credential: string) => (decodeJwt((await w.call('GET', `/credentials/${credential}.jwt`)).text).credentialSubject as { identifier?: Identity[] }).identifier?.[0]

it('stands in the credentials of who asked for it, under a salt of its own, and the address is kept nowhere', async () => {
  expect((await ask('Minato@Example.jp')).json).toEqual({ identity: 'hashed' })
  const identity = (await identityIn((await pass(w, 'w-1')).credential)) as Identity
  expect(identity.salt).toMatch(/^[0-9a-f]{32}$/)
  expect(identity.identityHash).toBe(`sha256$${createHash('sha256').update(`minato@example.jp${identity.salt}`).digest('hex')}`)
  expect(JSON.stringify(await rows(w, 'select * from workers')).toLowerCase()).not.toContain('minato@')
  expect(await identityIn((await pass(w, 'w-2')).credential)).toBeUndefined()
})

it('can be taken back before a pass, and goes when the worker is erased', async () => {
  await ask('minato@example.jp')
  expect((await w.call('DELETE', '/api/identity', { token: (await w.launch('w-1')).token })).json).toEqual({ identity: 'none' })
  expect(await identityIn((await pass(w, 'w-1')).credential)).toBeUndefined()
  await ask('minato@example.jp')
  await w.call('DELETE', '/api/workers/w-1', { token: await w.market.serviceToken('workers:erase') })
  expect(await rows(w, "select identity from workers where worker = 'w-1'")).toEqual([{ identity: null }])
})

it('is made of nothing but an e-mail address', async () => {
  for (const email of ['', 'minato', 7, undefined]) expect((await ask(email)).json.code).toBe('malformed')
})
