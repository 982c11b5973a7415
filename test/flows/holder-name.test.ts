import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { days } from '../../src/kernel/instant.ts'
import { pass, rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const VERIFIED = { by: 'Terrace', on: '2026-11-02' }

interface Subject {
  readonly narrative: string
  readonly identifier?: readonly { readonly identityType: string; readonly identityHash: string }[]
}

const subjectOf = async (credential: string) =>
  decodeJwt((await w.call('GET', `/credentials/${credential}.jwt`)).text).credentialSubject as Subject
const page = async (path: string) => (await w.call('GET', path, { headers: { accept: 'text/html' } })).text

it('the name stands on a certificate as the marketplace gives it, and who verified the identity when', async () => {
  await w.launch('w-1', { identity: VERIFIED })
  const { credential } = await pass(w, 'w-1', { identity: VERIFIED })
  const { narrative, identifier } = await subjectOf(credential)
  expect(identifier).toEqual([{ type: 'IdentityObject', hashed: false, identityHash: 'みなと', identityType: 'name' }])
  expect(narrative).toContain('監督なしで受験しました。本人であることは、Terraceが2026-11-02に確認しました。')
  const shown = await page(`/credentials/${credential}?lang=en`)
  expect(shown).toContain('みなと')
  expect(shown).toContain('Identity verified by Terrace on')
  expect(shown).not.toContain('Identity was not checked')
})

it('an identity that the last launch does not tell is not claimed', async () => {
  await w.launch('w-1', { identity: VERIFIED })
  const { credential } = await pass(w, 'w-1')
  expect((await subjectOf(credential)).narrative).not.toContain('Terrace')
  expect(await page(`/credentials/${credential}?lang=en`)).toContain('Identity was not checked')
})

it('a launch whose identity is none is refused', async () => {
  for (const identity of [
    { by: '', on: '2026-11-02' },
    { by: 'Terrace', on: 'yesterday' },
    { by: 'a\u202eb', on: '2026-11-02' },
  ]) {
    const token = await w.market.launchToken({ sub: 'w-1', identity })
    expect((await w.call('POST', '/api/session', { body: { token } })).json.code).toBe('token-refused')
  }
})

it('a worker who wants no name on certificates is named on none that follow, nor on their pages', async () => {
  const before = (await pass(w, 'w-1')).credential
  const { token } = await w.launch('w-1')
  expect((await w.call('DELETE', '/api/name', { token })).json).toEqual({ name: 'none' })
  w.clock.advance(days(30))
  const { credential } = await pass(w, 'w-1')
  expect((await subjectOf(credential)).identifier).toBeUndefined()
  for (const path of [`/credentials/${credential}`, `/credentials/${credential}/print`]) {
    const text = await page(`${path}?lang=en`)
    expect(text).toContain('No name given')
    expect(text).not.toContain('みなと')
  }
  expect(await page(`/credentials/${before}?lang=en`)).toContain('みなと')
  const again = (await w.launch('w-1')).token
  expect((await w.call('PUT', '/api/name', { token: again })).json).toEqual({ name: 'shown' })
  expect(await rows(w, "select is_unnamed from workers where worker = 'w-1'")).toEqual([{ is_unnamed: 0 }])
})

it('the name is taken back and put on by forms of the page of certificates', async () => {
  const { token } = await w.launch('w-1')
  const shown = async () => (await w.call('GET', '/certificates?lang=en', { token })).text
  const press = (path: string) =>
    w.call('POST', path, { token, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' })
  expect(await shown()).toContain('Leave the name out of new certificates')
  const hidden = await press('/certificates/name/hide')
  expect([hidden.status, hidden.headers.get('location')]).toEqual([303, '/certificates#name'])
  expect(await shown()).toContain('Put the name on new certificates')
  await press('/certificates/name/show')
  expect(await shown()).toContain('Leave the name out of new certificates')
})

it('whoever gets no certificates has no name to take back', async () => {
  const { token } = await w.launch('op-1', { role: 'operator' })
  expect((await w.call('DELETE', '/api/name', { token })).json.code).toBe('forbidden')
  expect((await w.call('GET', '/certificates', { token })).text).not.toContain('/certificates/name/')
})
