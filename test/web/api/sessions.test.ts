import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraseWorker } from '../../../src/flows/erase-worker.ts'
import { hours, minutes, plus } from '../../../src/kernel/instant.ts'
import { endSessionStatement, endSessionsOf, forgetSessions } from '../../../src/marketplace/sessions/store.ts'
import { rows, save, sit, startCall, submit } from '../../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString())
const response = { text: '42' }

describe('a session is a record', () => {
  it('is named by its token, which says nothing else than whose it is', async () => {
    const { token, session } = await w.launch('w-1', { name: '高橋 みなと' })
    expect(claimsOf(token)).toEqual({ jti: session.id, sub: 'w-1', exp: expect.any(Number) })
    expect(await rows(w, 'select id, worker, role, name, ended_at from sessions')).toEqual([
      { id: session.id, worker: 'w-1', role: 'worker', name: '高橋 みなと', ended_at: null },
    ])
  })

  it('refuses a token without a record, though its signature is right', async () => {
    const { token, session } = await w.launch('w-1')
    await w.db.run(`delete from sessions where id = '${session.id}'`)
    expect((await w.call('GET', '/api/exams', { token })).json.code).toBe('unauthenticated')
  })

  it.each([
    [
      'ended',
      async (id: string) => void (await endSessionStatement(w.db, { id, why: 'signed-out', now: w.clock.now })),
    ],
    [
      'ended with all others of its person',
      async () => void (await endSessionsOf(w.db, { worker: 'w-1' }, w.clock.now)),
    ],
    [
      'ended with all others of its role',
      async () => void (await endSessionsOf(w.db, { role: 'worker' }, w.clock.now)),
    ],
    ['erased with its person', async () => void (await eraseWorker(w.world, 'w-1'))],
    ['over', async () => w.clock.advance(hours(8))],
  ])('lets nothing more happen once it is %s', async (_, end) => {
    const sitting = await sit(w, 'w-1')
    const item = sitting.items.find(({ type }) => type === 'numeric')?.ref as string
    expect((await save(w, sitting, [{ item, revision: 1, response }])).status).toBe(200)
    const [{ id }] = (await rows(w, 'select id from sessions')) as [{ id: string }]
    const before = await rows(w, 'select * from responses')
    await end(id)
    const { token } = sitting
    const replies = [
      await save(w, sitting, [{ item, revision: 2, response: { text: '43' } }]),
      await save(
        w,
        sitting,
        sitting.items.slice(0, 2).map(({ ref }) => ({ item: ref, revision: 3, response: null })),
      ),
      await submit(w, sitting),
      await startCall(w, token),
      await w.call('POST', `/api/attempts/${sitting.id}/lease`, { token }),
      await w.call('GET', `/api/attempts/${sitting.id}`, { token }),
      await w.call('GET', '/records', { token }),
    ]
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 401))
    if (_ !== 'erased with its person') expect(await rows(w, 'select * from responses')).toEqual(before)
  })

  it('of staff ends after thirty idle minutes, and notes its use at most once a minute', async () => {
    const { token } = await w.launch('op-1', { role: 'operator' })
    const look = async () => (await w.call('GET', '/api/staff/deliveries', { token })).status
    const seen = async () => (await rows(w, 'select seen_at from sessions'))[0].seen_at - w.clock.now
    w.clock.advance(minutes(0.9))
    expect([await look(), await seen()]).toEqual([200, -minutes(0.9)])
    w.clock.advance(minutes(29))
    expect([await look(), await seen()]).toEqual([200, 0])
    w.clock.advance(minutes(29.9))
    expect([await look(), await seen()]).toEqual([200, 0])
    w.clock.advance(minutes(30))
    expect(await look()).toBe(401)
  })

  it('of a candidate does not end by thinking', async () => {
    const { token } = await w.launch('w-1')
    w.clock.advance(hours(7))
    expect((await w.call('GET', '/api/exams', { token })).status).toBe(200)
  })

  it('is forgotten a week after its time', async () => {
    await w.launch('w-1')
    w.clock.advance(hours(1))
    await w.launch('w-2')
    await forgetSessions(w.db, plus(w.clock.now, hours(7 * 24 + 7.5)))
    expect(await rows(w, 'select worker from sessions')).toEqual([{ worker: 'w-2' }])
  })

  it('is not given to somebody erased, whatever the launch says', async () => {
    await w.launch('w-1', { name: '高橋 みなと' })
    await eraseWorker(w.world, 'w-1')
    expect(await rows(w, 'select name from sessions')).toEqual([])
    const again = await w.call('POST', '/api/session', {
      body: { token: await w.market.launchToken({ sub: 'w-1', name: '高橋 みなと' }) },
    })
    expect([again.status, again.json.reason]).toEqual([409, 'worker-erased'])
    expect(await rows(w, 'select name from sessions')).toEqual([])
  })
})

describe('signing out', () => {
  const cookieOf = async (claims: Record<string, unknown> = {}) => {
    const reply = await w.call('GET', `/launch?token=${await w.market.launchToken({ sub: 'w-1', ...claims })}`)
    return (reply.headers.get('set-cookie') ?? '').split(';')[0] as string
  }

  it('ends the session of a program at once', async () => {
    const { token } = await w.launch('w-1', { name: '高橋 みなと' })
    expect((await w.call('GET', '/api/me', { token })).json).toMatchObject({
      worker: 'w-1',
      role: 'worker',
      name: '高橋 みなと',
      launchedAt: expect.any(String),
    })
    const ended = await w.call('DELETE', '/api/session', { token })
    expect([ended.json, ended.headers.get('clear-site-data')]).toEqual([{ ended: true }, '"storage"'])
    for (const [method, path] of [
      ['GET', '/api/me'],
      ['DELETE', '/api/session'],
    ] as const)
      expect((await w.call(method, path, { token })).status).toBe(401)
  })

  it('takes the cookie out of the browser and leaves a kept copy of it worthless', async () => {
    const cookie = await cookieOf()
    const out = await w.call('POST', '/sign-out', { headers: { cookie, origin: 'https://kentei.example' } })
    expect([out.status, out.headers.get('location')]).toEqual([303, '/signed-out'])
    expect(out.headers.get('set-cookie')).toMatch(/__Host-kentei=;.*Max-Age=0/)
    expect(out.headers.get('clear-site-data')).toBe('"storage"')
    expect((await w.call('GET', '/records', { headers: { cookie } })).status).toBe(401)
    expect((await w.call('GET', '/signed-out')).text).toContain('サインアウトしました')
  })

  it('cannot be done to somebody by another site', async () => {
    const cookie = await cookieOf()
    expect((await w.call('POST', '/sign-out', { headers: { cookie, origin: 'https://evil.example' } })).status).toBe(
      403,
    )
    expect((await w.call('GET', '/', { headers: { cookie } })).status).toBe(200)
  })

  it('is a button on every page of somebody who is signed in', async () => {
    const sitting = await sit(w, 'w-1')
    for (const path of [
      '/',
      '/exams/tiny',
      '/records',
      '/certificates',
      '/about/ranking',
      `/attempts/${sitting.id}`,
      `/attempts/${sitting.id}/review`,
    ]) {
      expect([path, (await w.call('GET', path, { token: sitting.token })).text.includes('action="/sign-out"')]).toEqual(
        [path, true],
      )
    }
    const { token } = await w.launch('op-1', { role: 'operator' })
    for (const path of [
      '/staff/deliveries',
      '/staff/attempts',
      '/staff/credentials',
      '/staff/leaks',
      '/staff/sessions',
      '/staff/exams',
      '/staff/exams/tiny',
    ]) {
      expect([path, (await w.call('GET', path, { token })).text.includes('action="/sign-out"')]).toEqual([path, true])
    }
    expect((await w.call('GET', '/about/ranking')).text).not.toContain('/sign-out')
  })

  it('is seen by operators on pages that lead to every session of staff', async () => {
    for (let n = 1; n <= 52; n += 1) await w.launch(`aut-${n}`, { role: 'author' })
    const { token } = await w.launch('op-1', { role: 'operator' })
    const first = await w.call('GET', '/staff/sessions', { token })
    const on = /href="(\/staff\/sessions\?before=[^"#]+)/.exec(first.text)?.[1] as string
    const second = await w.call('GET', on, { token })
    const seen = [first, second].map(({ text }) => [...text.matchAll(/class="sub">((?:aut|op)-\d+)</g)].length)
    expect(seen).toEqual([50, 3])
    expect(second.text).not.toContain('#staff')
    // what was typed to end some comes back where it cannot be done
    const [why, worker] = ['x'.repeat(401), 'aut-1']
    const refused = await w.call('POST', '/staff/sessions/end', {
      token,
      body: new URLSearchParams({ whose: 'worker', worker, why }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(refused.status).toBe(422)
    expect(refused.text).toMatch(new RegExp(`name="worker" value="${worker}"[^]*name="why" value="${why}"`))
  })

  it('is done for others by an operator: of one person, or of everybody in a role', async () => {
    const tokens = await Promise.all(['w-1', 'w-1', 'w-2'].map(async (worker) => (await w.launch(worker)).token))
    const author = (await w.launch('aut-1', { role: 'author' })).token
    const { token } = await w.launch('op-1', { role: 'operator' })
    const end = (body: object, by = token) => w.call('POST', '/api/staff/sessions/end', { token: by, body })
    const living = async () =>
      Promise.all([...tokens, author].map(async (one) => (await w.call('GET', '/api/exams', { token: one })).status))
    expect((await end({ worker: 'w-1', why: 'lost their telephone' }, author)).status).toBe(403)
    for (const body of [
      { worker: 'w-1' },
      { why: 'x' },
      { worker: 'w-1', role: 'worker', why: 'x' },
      { role: 'king', why: 'x' },
    ])
      expect((await end(body)).json.code).toBe('malformed')
    expect((await end({ worker: 'w-1', why: 'lost their telephone' })).json).toEqual({ ended: 2 })
    expect(await living()).toEqual([401, 401, 200, 200])
    expect((await end({ role: 'author', why: 'the list changed' })).json).toEqual({ ended: 1 })
    expect(await living()).toEqual([401, 401, 200, 401])
    expect((await end({ role: 'operator', why: 'the list changed' })).json).toEqual({ ended: 1 })
    expect((await end({ role: 'worker', why: 'x' })).status).toBe(401)
  })
})
