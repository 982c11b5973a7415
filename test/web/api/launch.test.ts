import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minutes } from '../../../src/kernel/instant.ts'
import { readSettings } from '../../../src/world/settings.ts'
import { rows } from '../../support/exam-hall.ts'
import { MARKET, PLUGIN } from '../../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'
import { testEnvironment } from '../../support/test-settings.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const html = { accept: 'text/html,application/xhtml+xml', 'accept-language': 'en' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const linkOf = async (sub: string, claims: Record<string, unknown> = {}) =>
  `/launch?token=${await w.market.launchToken({ sub, name: `Name of ${sub}`, ...claims })}`
const tokenOf = (link: string) => new URLSearchParams({ token: link.split('=')[1] as string }).toString()
const cookiesIn = (headers: Headers) => headers.getSetCookie().map((cookie) => cookie.split(';')[0] as string)
const enter = async (sub: string, claims: Record<string, unknown> = {}) =>
  cookiesIn((await w.call('GET', await linkOf(sub, claims))).headers)[0] as string
const whoHas = async (cookie: string) => (await w.call('GET', '/api/me', { headers: { cookie } })).json?.worker

describe('the list of operators', () => {
  const withList = async (change: object) =>
    Object.assign(w.world.settings, readSettings(await testEnvironment(change)))
  const ask = async (sub: string, claims: Record<string, unknown> = {}) =>
    w.call('POST', '/api/session', {
      body: { token: await w.market.launchToken({ sub, role: 'operator', ...claims }) },
    })

  it('is empty until it is set: the launch says how to set it, to a program and on a page', async () => {
    await withList({ KENTEI_OPERATORS: undefined })
    const refused = await ask('opr_1')
    expect(refused).toMatchObject({
      status: 403,
      json: {
        code: 'not-listed',
        role: 'operator',
        worker: 'opr_1',
        detail: expect.stringContaining('KENTEI_OPERATORS="opr_1"'),
      },
    })
    const page = await w.call('GET', await linkOf('opr_1', { role: 'operator' }), { headers: html })
    expect([page.status, page.headers.getSetCookie()]).toEqual([403, []])
    expect(page.text).toContain('KENTEI_OPERATORS')
    expect(await rows(w, 'select id from sessions')).toEqual([])
  })

  it.each([
    ['an id', 'opr_1, opr_2', 'opr_2', {}, 201],
    ['an id that only begins alike', 'opr_1', 'opr_11', {}, 403],
    ['a claim', 'department=certification', 'x', { department: 'certification' }, 201],
    ['a claim that is a list', 'groups=kentei', 'x', { groups: ['a', 'kentei'] }, 201],
    ['a claim of another value', 'groups=kentei', 'x', { groups: ['kentei-2'] }, 403],
    ['a claim that is missing', 'groups=kentei', 'x', {}, 403],
    ['a claim that every object has', 'constructor=x', 'x', {}, 403],
  ])('knows %s', async (_, list, sub, claims, status) => {
    await withList({ KENTEI_OPERATORS: list })
    expect((await ask(sub, claims)).status).toBe(status)
  })

  it('leaves workers alone, and authors unless they have a list too', async () => {
    await withList({ KENTEI_OPERATORS: 'opr_1' })
    expect((await ask('w-1', { role: 'worker' })).status).toBe(201)
    expect((await ask('aut-1', { role: 'author' })).status).toBe(201)
    await withList({ KENTEI_OPERATORS: 'opr_1', KENTEI_AUTHORS: 'aut-2' })
    expect((await ask('aut-1', { role: 'author' })).json).toMatchObject({
      code: 'not-listed',
      role: 'author',
      detail: expect.stringContaining('KENTEI_AUTHORS'),
    })
    expect((await ask('aut-2', { role: 'author' })).status).toBe(201)
  })

  it('that cannot be read is named by its variable and entry, not by what it says', async () => {
    const env = await testEnvironment({ KENTEI_OPERATORS: 'opr_1, <secret>' })
    expect(() => readSettings(env)).toThrow(/KENTEI_OPERATORS/)
    expect(() => readSettings(env)).toThrow(/entry 2/)
    expect(() => readSettings(env)).not.toThrow(/secret/)
  })
})

describe('a launch while somebody else is signed in', () => {
  it('asks first: no cookie changes, nothing is spent, and both are named', async () => {
    const cookie = await enter('w-1')
    const link = await linkOf('w-2', { name: '<b>Mallory' })
    const asked = await w.call('GET', link, { headers: { ...html, cookie } })
    expect([asked.status, asked.headers.getSetCookie(), asked.headers.get('cache-control')]).toEqual([
      200,
      [],
      'no-store',
    ])
    // a browser tells the origin of the answer, and the address with the token to no other site
    expect(asked.headers.get('referrer-policy')).toBe('same-origin')
    expect(asked.text).toContain('<bdi>Name of w-1</bdi>')
    expect(asked.text).toContain('<bdi>&lt;b&gt;Mallory')
    expect(await whoHas(cookie)).toBe('w-1')
    const done = await w.call('POST', '/launch/confirm', {
      body: tokenOf(link),
      headers: { ...form, cookie, origin: PLUGIN },
    })
    expect(done.status).toBe(303)
    expect(await whoHas(cookiesIn(done.headers)[0] as string)).toBe('w-2')
    // who was there is signed out, and the token is used up
    expect(await whoHas(cookie)).toBeUndefined()
    expect((await w.call('POST', '/api/session', { body: { token: link.split('=')[1] } })).json.reason).toBe('replayed')
    expect(
      (await w.call('POST', '/launch/confirm', { body: tokenOf(link), headers: { ...form, origin: PLUGIN } })).status,
    ).toBe(401)
  })

  it('is answered by our own page only', async () => {
    const cookie = await enter('w-1')
    const body = tokenOf(await linkOf('w-2'))
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: MARKET },
      { 'sec-fetch-site': 'cross-site' },
    ] as Record<string, string>[]) {
      expect((await w.call('POST', '/launch/confirm', { body, headers: { ...form, cookie, ...headers } })).status).toBe(
        403,
      )
    }
    expect(await whoHas(cookie)).toBe('w-1')
  })

  it('is asked about also where another site posts, so that the browser holds the cookie back', async () => {
    const posted = await w.call('POST', '/launch', {
      body: tokenOf(await linkOf('w-2')),
      headers: { ...form, ...html, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    })
    expect([posted.status, posted.headers.getSetCookie()]).toEqual([303, []])
    const cookie = await enter('w-1')
    const asked = await w.call('GET', posted.headers.get('location') as string, { headers: { ...html, cookie } })
    expect([asked.status, asked.headers.getSetCookie()]).toEqual([200, []])
    expect(asked.text).toContain('action="/launch/confirm"')
  })

  it('gives the token the five minutes that it has', async () => {
    const cookie = await enter('w-1')
    const link = await linkOf('w-2')
    w.clock.advance(minutes(6))
    expect(
      (await w.call('POST', '/launch/confirm', { body: tokenOf(link), headers: { ...form, cookie, origin: PLUGIN } }))
        .json.reason,
    ).toBe('expired')
    expect(await whoHas(cookie)).toBe('w-1')
  })

  it('goes through for the same person, whose earlier session ends', async () => {
    const cookie = await enter('w-1')
    const again = await w.call('GET', await linkOf('w-1', { exam: 'tiny' }), { headers: { ...html, cookie } })
    expect([again.status, again.headers.get('location')]).toEqual([303, '/exams/tiny?lang=ja'])
    expect([await whoHas(cookie), await whoHas(cookiesIn(again.headers)[0] as string)]).toEqual([undefined, 'w-1'])
    expect(
      (await rows(w, 'select ended_why from sessions order by launched_at, id')).map(({ ended_why }) => ended_why),
    ).toEqual(['replaced', null])
  })

  it('goes through when who was there has signed out', async () => {
    const cookie = await enter('w-1')
    await w.call('DELETE', '/api/session', { headers: { cookie, origin: PLUGIN } })
    expect((await w.call('GET', await linkOf('w-2'), { headers: { ...html, cookie } })).status).toBe(303)
  })

  it('turns a token into a bearer session without a word: a program has no browser to lose', async () => {
    const cookie = await enter('w-1')
    expect(
      (await w.call('POST', '/api/session', { body: { token: await w.market.launchToken({ sub: 'w-2' }) } })).status,
    ).toBe(201)
    expect(await whoHas(cookie)).toBe('w-1')
  })
})

describe('the way back after another launch', () => {
  const leave = async (to: string, cookie = '') => {
    const left = await w.call('GET', `/launch/again?${new URLSearchParams({ to })}`, { headers: { cookie } })
    return { status: left.status, location: left.headers.get('location'), kept: cookiesIn(left.headers).join('; ') }
  }

  it('leads over the marketplace to the page that was left', async () => {
    const cookie = await enter('op-1', { role: 'operator', returnUrl: `${MARKET}/staff` })
    const left = await leave('/staff/attempts?worker=w-1', cookie)
    expect(left).toMatchObject({ status: 303, location: `${MARKET}/staff` })
    const back = await w.call('GET', await linkOf('op-1', { role: 'operator' }), {
      headers: { cookie: `${cookie}; ${left.kept}` },
    })
    expect(back.headers.get('location')).toBe('/staff/attempts?worker=w-1')
    expect(back.headers.getSetCookie().some((one) => /kentei-back=;.*Max-Age=0/.test(one))).toBe(true)
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/launch?token=x',
    'evil',
    '/a b',
    `/${'a'.repeat(600)}`,
  ])('never leads to %j', async (to) => {
    const { kept } = await leave(to)
    expect(kept).toBe('')
    const made = await w.call('GET', await linkOf('w-1'), {
      headers: { cookie: `__Host-kentei-back=${encodeURIComponent(to)}` },
    })
    expect(made.headers.get('location')).toBe('/?lang=ja')
  })

  it('does not lead a worker into the pages of staff', async () => {
    const { kept } = await leave('/staff/attempts')
    expect((await w.call('GET', await linkOf('w-1'), { headers: { cookie: kept } })).headers.get('location')).toBe(
      '/?lang=ja',
    )
  })
})
