import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { calls } from '../../src/contract/kentei/calls.ts'
import { minutes } from '../../src/kernel/instant.ts'
import { reworded } from '../support/changed-bank.ts'
import { pass, rows, sit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, type Reply } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const WHY = 'because'
const PERSON = 'wrk_and_operator'

/** What staff may do to a person, by route: the bodies that the calls and the forms take. */
async function actsOn(credential: string, attempt: string) {
  const [concern] = await rows(w, 'select id from concerns')
  return {
    'POST /api/staff/attempts/{id}/deadline': [`/api/staff/attempts/${attempt}/deadline`, { minutes: 5, why: WHY }],
    'POST /api/staff/attempts/{id}/void': [`/api/staff/attempts/${attempt}/void`, { why: WHY }],
    'PUT /api/staff/workers/{worker}/accommodation': [
      `/api/staff/workers/${PERSON}/accommodation`,
      { timeMultiplier: 2, why: WHY },
    ],
    'POST /api/staff/credentials/{id}/status': [
      `/api/staff/credentials/${credential}/status`,
      { status: 'suspended', why: WHY },
    ],
    'POST /api/staff/credentials/{id}/reissue': [`/api/staff/credentials/${credential}/reissue`, { why: WHY }],
    'POST /api/staff/attempts/{id}/case': [`/api/staff/attempts/${attempt}/case`, { policy: 'own', note: WHY }],
    'POST /api/staff/credentials/{id}/case': [
      `/api/staff/credentials/${credential}/case`,
      { policy: 'own', note: WHY },
    ],
    'POST /staff/attempts/:id/extend': [
      `/staff/attempts/${attempt}/extend`,
      { minutes: '5', why: WHY, worker: PERSON },
    ],
    'POST /staff/attempts/:id/void': [`/staff/attempts/${attempt}/void`, { why: WHY, worker: PERSON }],
    'POST /staff/accommodation': ['/staff/accommodation', { worker: PERSON, timeMultiplier: '2', why: WHY }],
    'POST /staff/credentials/:id/:act{correct|suspend|reinstate|revoke}': [
      `/staff/credentials/${credential}/suspend`,
      { why: WHY },
    ],
    'POST /staff/credentials/:id/concerns/:concern': [
      `/staff/credentials/${credential}/concerns/${concern?.id ?? 'none'}`,
      {},
    ],
  } as Record<string, [path: string, body: Record<string, unknown>]>
}

/** What staff do that is about nobody, or about work that has a rule of its own (`own-proposal`). */
const aboutNobody = new Set([
  'POST /admin/exams',
  'POST /api/staff/proposals/{id}/approve',
  'POST /api/staff/proposals/{id}/return',
  'POST /api/staff/proposals/{id}/withdraw',
  'POST /api/staff/exams/{exam}/roll-back',
  'POST /api/staff/reconcile',
  'POST /api/staff/restored',
  'POST /api/staff/deliveries/{id}/replay',
  'POST /api/staff/deliveries/replay-dead',
  // ending one's own sessions is signing out
  'POST /api/staff/sessions/end',
  'POST /admin/sessions/end',
  'POST /staff/deliveries/replay-dead',
  'POST /staff/deliveries/:id/replay',
  'POST /staff/leaks',
  'POST /staff/exams/:exam/roll-back',
  // drafts: another person approves what is handed in
  'POST /staff/desk/:exam',
  'POST /staff/desk/:exam/check',
  'POST /staff/desk/:exam/hand-in',
  'POST /staff/desk/:exam/history',
  'POST /staff/desk/:exam/import',
  'POST /staff/desk/:exam/new',
  'POST /staff/exams/:exam/items/:item/rest',
  'PUT /staff/desk/:exam/files',
  'PUT /staff/desk/:exam/assets/:name',
  'POST /staff/proposals/:id/approve',
  'POST /staff/proposals/:id/return',
  'POST /staff/proposals/:id/withdraw',
  'POST /staff/sessions/end',
])

/** Does every act on a person's open attempt and certificate. */
async function doAll(token: string, credential: string, attempt: string): Promise<Record<string, Reply>> {
  const replies: Record<string, Reply> = {}
  for (const [route, [path, body]] of Object.entries(await actsOn(credential, attempt))) {
    const isForm = path.startsWith('/staff/')
    const text = isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body)
    replies[route] = await w.call(route.split(' ')[0] as string, path, {
      token,
      body: text,
      headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
    })
  }
  return replies
}

describe('nobody acts on their own case', () => {
  it('and every act of staff is known to be about somebody or not', async () => {
    const api = calls
      .filter(({ tag, method }) => tag === 'Operators' && method !== 'get')
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    const pages = w.app.routes
      .filter(({ method, path }) => method !== 'GET' && method !== 'ALL' && path.startsWith('/staff/'))
      .map(({ method, path }) => `${method} ${path}`)
    const known = new Set([...Object.keys(await actsOn('c', 'a')), ...aboutNobody])
    expect([...api, ...new Set(pages)].filter((route) => !known.has(route))).toEqual([])
  })

  it('whatever the act is, and whatever role they come in', async () => {
    const { credential } = await pass(w, PERSON)
    w.clock.advance(minutes(60 * 24 * 20))
    const open = await sit(w, PERSON)
    await w.call('POST', `/credentials/${credential}/concern`, {
      body: 'kind=other&note=odd',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const before = [
      await rows(w, 'select * from attempts'),
      await rows(w, 'select * from credentials'),
      await rows(w, 'select time_multiplier from workers'),
      await rows(w, 'select * from concerns'),
    ]
    const { token } = await w.launch(PERSON, { role: 'operator' })
    for (const [route, { status, json, text }] of Object.entries(await doAll(token, credential, open.id))) {
      expect([route, status, json?.code ?? text.includes('自分のことは')]).toEqual([
        route,
        403,
        json ? 'own-case' : true,
      ])
    }
    expect([
      await rows(w, 'select * from attempts'),
      await rows(w, 'select * from credentials'),
      await rows(w, 'select time_multiplier from workers'),
      await rows(w, 'select * from concerns'),
    ]).toEqual(before)
  })
})

describe('what changes the rights of others', () => {
  it('needs a launch younger than fifteen minutes', async () => {
    const { credential } = await pass(w, PERSON)
    w.clock.advance(minutes(60 * 24 * 20))
    const open = await sit(w, PERSON)
    const { token } = await w.launch('op-1', { role: 'operator' })
    w.clock.advance(minutes(15))
    const before = [
      await rows(w, 'select * from attempts'),
      await rows(w, 'select * from credentials'),
      await rows(w, 'select time_multiplier from workers'),
    ]
    const replies = await doAll(token, credential, open.id)
    for (const [route, { status, json }] of Object.entries(replies)) {
      if (route.includes('concerns')) continue
      expect([route, status, json?.code]).toEqual([route, 403, json ? 'launch-too-old' : undefined])
      if (json) expect(json).toMatchObject({ withinSeconds: 900, launchedAt: expect.any(String) })
    }
    expect([
      await rows(w, 'select * from attempts'),
      await rows(w, 'select * from credentials'),
      await rows(w, 'select time_multiplier from workers'),
    ]).toEqual(before)
    // what was typed waits on the page, and the way leads over the marketplace
    const page = replies['POST /staff/attempts/:id/extend']?.text ?? ''
    expect(page).toContain(`action="/staff/attempts/${open.id}/extend"`)
    expect(page).toContain('name="why" value="because"')
    expect(page).toContain('name="minutes" value="5"')
    expect(page).toContain('href="/launch/again?')
    expect(
      (await w.call('POST', '/api/staff/sessions/end', { token, body: { worker: PERSON, why: WHY } })).json.code,
    ).toBe('launch-too-old')
  })

  it('is done until then', async () => {
    const open = await sit(w, PERSON)
    const { token } = await w.launch('op-1', { role: 'operator' })
    w.clock.advance(minutes(14.9))
    expect(
      (await w.call('POST', `/api/staff/attempts/${open.id}/deadline`, { token, body: { minutes: 5, why: WHY } }))
        .status,
    ).toBe(200)
  })

  it('is said on the page before a form is filled in', async () => {
    const { token } = await w.launch('op-1', { role: 'operator' })
    const page = async () => (await w.call('GET', '/staff/attempts?worker=w-1', { token })).text
    expect(await page()).not.toContain('/launch/again')
    w.clock.advance(minutes(15))
    expect(await page()).toContain('href="/launch/again?to=%2Fstaff%2Fattempts%3Fworker%3Dw-1"')
  })

  it('is publishing too', async () => {
    const next = reworded(w.bank, '新しい問い')
    const { proposal } = (
      await w.call('POST', '/admin/exams', {
        token: (await w.launch('aut-1', { role: 'author' })).token,
        body: { bank: next, lint: [] },
      })
    ).json
    const { token } = await w.launch('op-1', { role: 'operator' })
    const approve = () =>
      w.call('POST', `/api/staff/proposals/${proposal}/approve`, { token, body: { against: w.bank.hash } })
    w.clock.advance(minutes(15))
    expect((await approve()).json.code).toBe('launch-too-old')
    expect(
      (await w.call('POST', '/api/staff/exams/tiny/roll-back', { token, body: { hash: w.bank.hash, why: WHY } })).json
        .code,
    ).toBe('launch-too-old')
    const page = await w.call('POST', `/staff/proposals/${proposal}/approve`, {
      token,
      body: `against=${w.bank.hash}&why=fine`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect([page.status, page.text.includes('name="why" value="fine"')]).toEqual([403, true])
  })
})
