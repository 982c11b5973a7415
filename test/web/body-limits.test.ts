import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyLimits } from '../../src/web/body-limits.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { tooLarge } from '../support/too-large.ts'

let w: FixedWorld
beforeAll(async () => {
  w = await fixedWorld()
})
afterAll(() => w.close())

const MEGABYTE = 1_048_576

describe('a body that is larger than its route takes', () => {
  it('is refused on every route, however its length is declared, and no more of it is read', async () => {
    // whoever was signed out at the desk is told that, whatever is sent
    const isOfDesk = (method: string, path: string, way: string) =>
      (method === 'PUT' && /^[/]staff[/]desk[/]x[/](files|assets)/.test(path)) ||
      (path === '/staff/desk/x/import' && way === 'declared')
    const answers = []
    for (const { method, path, way, init, asked } of tooLarge(w.app, 2 * MEGABYTE)) {
      const response = await w.app.request(`${PLUGIN}${path}`, init)
      answers.push([
        method,
        path,
        way,
        response.status === (isOfDesk(method, path, way) ? 401 : 413),
        (asked?.bytes ?? 0) < 1.3 * MEGABYTE,
        response.headers.get('connection'),
      ])
    }
    expect(answers.length).toBeGreaterThan(150)
    expect(answers.filter(([, , , ...rest]) => JSON.stringify(rest) !== '[true,true,"close"]')).toEqual([])
  })

  it('is refused by a limit of 64 KB where nothing else is said', async () => {
    const raised = bodyLimits.raised.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, 'x')}`)
    for (const { method, path, init, asked } of tooLarge(w.app, 65_537).filter(
      ({ method, path }) => !raised.includes(`${method} ${path}`),
    )) {
      expect([method, path, (await w.app.request(`${PLUGIN}${path}`, init)).status]).toEqual([method, path, 413])
      expect(asked?.bytes ?? 0).toBeLessThan(300_000)
    }
  })

  it.each([
    ['POST', '/api/session', 65_536],
    ['POST', '/launch', 65_536],
    ['POST', '/webhooks/marketplace', 65_536],
    ['PUT', '/api/attempts/att_1/responses', 262_144],
    ['POST', '/api/credentials/verify/batch', 1_048_576],
    ['POST', '/admin/exams', 65_536],
  ])('of a program is told its limit: %s %s', async (method, path, limitBytes) => {
    const { status, headers, json } = await w.call(method, path, { body: 'x'.repeat(limitBytes + 1) })
    expect([status, headers.get('content-type'), json]).toMatchObject([
      413,
      'application/problem+json',
      { code: 'payload-too-large', limitBytes },
    ])
  })

  it.each([
    '/exams/tiny/start',
    '/attempts/att_1',
    '/attempts/att_1/submit',
    '/staff/attempts/att_1/void',
    '/credentials/crd_1/concern',
  ])('of a person is told in a page: %s', async (path) => {
    const { token } = await w.launch('w-1')
    const { status, headers, text } = await w.call('POST', path, {
      token,
      body: `a=${'x'.repeat(262_144)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect([status, headers.get('content-type')]).toEqual([413, 'text/html; charset=UTF-8'])
    expect(text).toContain('送られた内容が大きすぎます')
  })

  it('is refused by what it declares, before any of it comes; a length that is no number too', async () => {
    for (const length of ['65537', '-1x', '1e9', 'NaN']) {
      const { status } = await w.call('POST', '/api/session', {
        body: { token: 'x' },
        headers: { 'content-length': length },
      })
      expect([length, status]).toEqual([length, 413])
    }
  })

  it('is one byte more than one that is taken', async () => {
    for (const [path, bytes] of [
      ['/api/session', 65_536],
      ['/api/credentials/verify/batch', MEGABYTE],
    ] as const) {
      const statuses = []
      for (const size of [bytes, bytes + 1])
        statuses.push((await w.call('POST', path, { body: 'x'.repeat(size) })).status)
      expect([path, statuses]).toEqual([path, [422, 413]])
    }
  })

  it('does not keep a paper with a long answer from being saved', async () => {
    const { token } = await w.launch('w-1')
    expect((await w.call('PUT', '/api/attempts/att_1/responses', { token, body: 'x'.repeat(262_144) })).status).toBe(
      422,
    )
    expect(
      (
        await w.call('POST', '/attempts/att_1', {
          token,
          body: `a=${'x'.repeat(262_000)}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
      ).status,
    ).toBe(404)
  })
})

describe('a batch of verifications', () => {
  const tokenOf = (scope: string) => w.market.serviceToken(scope)
  const batch = (count: number, letters: number) => ({
    credentials: Array.from({ length: count }, (_, i) => `${i}${'A'.repeat(letters)}`),
  })
  const send = (body: unknown, token?: string) =>
    w.call('POST', '/api/credentials/verify/batch', { body, ...(token ? { token } : {}) })

  it('of more than a megabyte is taken from the marketplace alone, and up to 20 MB', async () => {
    const large = batch(900, 20_000)
    expect((await send(large)).json).toMatchObject({ code: 'payload-too-large', limitBytes: 1_048_576 })
    expect((await send(large, (await w.launch('op-1', { role: 'operator' })).token)).status).toBe(413)
    const answered = await send(large, await tokenOf('credentials:read'))
    expect([answered.status, answered.json.results.length]).toEqual([200, 900])
    expect((await send(batch(1_000, 21_000), await tokenOf('credentials:read'))).json).toMatchObject({
      code: 'payload-too-large',
      limitBytes: 20_971_520,
    })
  })

  it('under a token that is not good for it is refused before it is read', async () => {
    const spent = await tokenOf('credentials:read')
    await send(batch(1, 1), spent)
    expect((await send(batch(1, 1), spent)).json).toMatchObject({ code: 'token-refused', reason: 'replayed' })
    expect((await send(batch(1, 1), await tokenOf('events:read'))).status).toBe(403)
    expect((await send(batch(1, 1), 'x')).status).toBe(401)
  })
})

describe('a bundle of an exam', () => {
  const large = 'x'.repeat(1_000_000)
  it('is read from those alone who may hand one in', async () => {
    const statusOf = async (role: string, path: string) =>
      (await w.call('POST', path, { token: (await w.launch(`${role}-1`, { role })).token, body: large })).status
    expect([
      await statusOf('worker', '/admin/exams'),
      await statusOf('author', '/admin/exams'),
      await statusOf('operator', '/admin/exams'),
    ]).toEqual([413, 422, 422])
    expect((await w.call('POST', '/admin/exams', { token: 'x', body: large })).status).toBe(413)
    const folder = '/staff/desk/tiny/import'
    expect([await statusOf('worker', folder), await statusOf('author', folder)]).toEqual([413, 422])
    const ended = await w.app.request(`${PLUGIN}${folder}`, {
      method: 'POST',
      body: large,
      headers: { 'content-length': String(large.length) },
    })
    expect([ended.status, ended.headers.get('connection')]).toEqual([401, 'close'])
  })
})
