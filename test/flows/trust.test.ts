import { generateKeyPair, importJWK } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { closeOpenAttempt } from '../../src/attempt/store.ts'
import { gradeAttempt } from '../../src/flows/close-attempt.ts'
import { eraseWorker } from '../../src/flows/erase-worker.ts'
import { openSession } from '../../src/flows/open-session.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import type { AttemptId } from '../../src/kernel/id.ts'
import { hours, instant, milliseconds, minutes, seconds } from '../../src/kernel/instant.ts'
import { signWebhook } from '../../src/platform/outbox/webhook.ts'
import type { World } from '../../src/world/world.ts'
import { reworded } from '../support/changed-bank.ts'
import {
  answerAll,
  decideStanding,
  drainForDays,
  operator,
  pass,
  rows,
  save,
  sendWebhook,
  sit,
  startCall,
  submit,
} from '../support/exam-hall.ts'
import { MARKET, PLUGIN, type TokenChange, WEBHOOK_SECRET } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const iat = NOON / 1_000
const enter = (token: string) => w.call('POST', '/api/session', { body: { token } })
const hex = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('hex')

describe('a launch', () => {
  it('opens a session for the worker it names', async () => {
    const reply = await enter(await w.market.launchToken({ sub: 'w-1', returnUrl: `${MARKET}/back` }))
    expect(reply.status).toBe(201)
    expect(reply.json).toEqual({
      session: expect.any(String),
      worker: 'w-1',
      role: 'worker',
      expiresAt: new Date(NOON + 8 * 3_600_000).toISOString(),
    })
    expect((await w.call('GET', '/api/exams', { token: reply.json.session })).json.exams).toMatchObject([
      { id: 'tiny', itemCount: 8, passScore: 70 },
    ])
  })

  const refused: Record<string, { claims?: Record<string, unknown>; change?: TokenChange; reason: string }> = {
    'has expired': { change: { claims: { iat: iat - 400, exp: iat - 100 } }, reason: 'expired' },
    'is for another audience': { change: { claims: { aud: 'https://other.example' } }, reason: 'audience' },
    'comes from another issuer': { change: { claims: { iss: 'https://evil.example' } }, reason: 'issuer' },
    'is of another type': { change: { header: { typ: 'service+jwt' } }, reason: 'type' },
    'is of no type': { change: { header: { typ: undefined } as never }, reason: 'type' },
    'lives longer than five minutes': { change: { claims: { exp: iat + 301 } }, reason: 'lifetime' },
    'ends before it begins': { change: { claims: { iat: iat + 4, exp: iat + 3 } }, reason: 'lifetime' },
    'ends as it begins': { change: { claims: { iat: iat + 4, exp: iat + 4 } }, reason: 'lifetime' },
    'was issued in the future': { change: { claims: { iat: iat + 60, exp: iat + 200 } }, reason: 'not-yet-valid' },
    'is signed with an unknown key': { change: { header: { kid: 'market-9' } }, reason: 'key-unknown' },
    'names no key': { change: { header: { kid: undefined } as never }, reason: 'key-unknown' },
    'sends its person back elsewhere': {
      claims: { returnUrl: 'https://evil.example/market.example' },
      reason: 'claims',
    },
    'sends its person back to a look-alike': { claims: { returnUrl: `${MARKET}.evil.example/` }, reason: 'claims' },
    'sends its person back to a script': { claims: { returnUrl: 'javascript:alert(1)' }, reason: 'claims' },
    'has a role that there is not': { claims: { role: 'admin' }, reason: 'claims' },
    'gives a name that turns the text around it': { claims: { name: 'Mallory\u202e' }, reason: 'claims' },
    'gives a name with a control in it': { claims: { name: 'Mal\u0007lory' }, reason: 'claims' },
    'gives a name that nobody sees': { claims: { name: '\u200b\u2060' }, reason: 'claims' },
    'names nobody': { claims: { sub: '' }, reason: 'claims' },
    'names a worker with a path in it': { claims: { sub: '../w-2' }, reason: 'claims' },
    'gives four times the time': { claims: { timeMultiplier: 4 }, reason: 'claims' },
    'has no id': { change: { claims: { jti: undefined } }, reason: 'claims' },
    'has no end': { change: { claims: { exp: undefined } }, reason: 'claims' },
  }
  it.each(Object.entries(refused))('that %s is refused', async (_, { claims = {}, change = {}, reason }) => {
    const reply = await enter(await w.market.launchToken({ sub: 'w-1', ...claims }, change))
    expect([reply.status, reply.json.code, reply.json.reason]).toEqual([401, 'token-refused', reason])
    expect(await rows(w, 'select worker from workers')).toEqual([])
  })

  it('that is signed by somebody else under the marketplace’s key id is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    expect((await enter(await w.market.launchToken({ sub: 'w-1' }, { key: privateKey }))).json.reason).toBe('signature')
  })

  it('that is not signed at all is refused', async () => {
    const [, payload] = (await w.market.launchToken({ sub: 'w-1' })).split('.')
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'launch+jwt', kid: 'market-1' })).toString(
      'base64url',
    )
    for (const token of [`${header}.${payload}.`, `${header}.${payload}.AAAA`]) {
      const reply = await enter(token)
      expect([reply.json.code, ['algorithm', 'malformed'].includes(reply.json.reason)]).toEqual(['token-refused', true])
    }
  })

  it('that is signed with the public key as a shared secret is refused', async () => {
    const [jwk] = w.market.jwks.keys
    const secrets = [JSON.stringify(jwk), String(jwk?.x), Buffer.from(String(jwk?.x), 'base64url').toString('latin1')]
    for (const secret of secrets) {
      const token = await w.market.launchToken(
        { sub: 'w-1' },
        { header: { alg: 'HS256' }, key: new TextEncoder().encode(secret.padEnd(32, '=')) },
      )
      expect((await enter(token)).json).toMatchObject({ code: 'token-refused', reason: 'algorithm' })
    }
  })

  it('is good once: a replay is refused, also when both come at once', async () => {
    const token = await w.market.launchToken({ sub: 'w-1' })
    const replies = await Promise.all([enter(token), enter(token), enter(token)])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 401, 401])
    expect(replies.filter(({ json }) => json.reason === 'replayed')).toHaveLength(2)
    w.clock.advance(minutes(4))
    expect((await enter(token)).json.reason).toBe('replayed')
  })

  it('is good until its end, and for the skew of two clocks after it', async () => {
    const [a, b] = [await w.market.launchToken({ sub: 'w-1' }), await w.market.launchToken({ sub: 'w-2' })]
    w.clock.advance(seconds(304))
    expect((await enter(a)).status).toBe(201)
    w.clock.advance(seconds(2))
    expect((await enter(b)).json.reason).toBe('expired')
  })

  it('that is too large or no token is refused without a look at keys', async () => {
    expect((await enter('x'.repeat(9_000))).json.reason).toBe('too-large')
    expect((await enter('no.token')).json.reason).toBe('malformed')
  })

  it('while the marketplace’s keys cannot be read is refused as such, and its token is not used up', async () => {
    let down = true
    const world: World = {
      ...w.world,
      settings: { ...w.world.settings, marketplace: { ...w.world.settings.marketplace } },
      fetch: async (url, init) => (down ? new Response('down', { status: 500 }) : w.market.fetch(url, init)),
    }
    const token = await w.market.launchToken({ sub: 'w-1' })
    expect(await openSession(world, token)).toEqual({
      ok: false,
      problem: { code: 'token-refused', reason: 'keys-unavailable' },
    })
    const lost: World = {
      ...world,
      settings: { ...world.settings, marketplace: { ...world.settings.marketplace } },
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    }
    expect(await openSession(lost, token)).toEqual({
      ok: false,
      problem: { code: 'token-refused', reason: 'keys-unavailable' },
    })
    down = false
    expect((await openSession(world, token)).ok).toBe(true)
  })
})

describe('a session', () => {
  it('ends after eight hours', async () => {
    const { token } = await w.launch('w-1')
    w.clock.advance(milliseconds(hours(8) - 1_000))
    expect((await w.call('GET', '/api/exams', { token })).status).toBe(200)
    w.clock.advance(seconds(1))
    expect((await w.call('GET', '/api/exams', { token })).json.code).toBe('unauthenticated')
  })

  it('of another secret is none, even after it was good under its own', async () => {
    const { token } = await w.launch('w-1')
    expect((await w.call('GET', '/api/exams', { token })).status).toBe(200)
    const other = createApp({
      openWorld: () => ({
        ...w.world,
        settings: { ...w.world.settings, sessionSecret: 'another-session-secret-that-is-long-enough-00002' },
      }),
    })
    expect((await other.request(`${PLUGIN}/api/exams`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(
      401,
    )
  })

  it('that was altered is none', async () => {
    const { token } = await w.launch('w-1')
    const [header, payload, signature] = token.split('.') as [string, string, string]
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), role: 'operator' }),
    ).toString('base64url')
    for (const bad of [
      `${header}.${forged}.${signature}`,
      `${header}.${payload}.`,
      `${Buffer.from('{"alg":"none","typ":"session+jwt"}').toString('base64url')}.${forged}.`,
      await w.market.launchToken({ sub: 'w-1' }),
    ]) {
      expect((await w.call('GET', '/api/exams', { token: bad })).status).toBe(401)
    }
  })

  it('of an author or operator sits no exam, and of a worker is no staff', async () => {
    for (const role of ['author', 'operator']) {
      const { token } = await w.launch(`${role}-1`, { role })
      expect((await startCall(w, token)).json.code).toBe('forbidden')
    }
    const { token } = await w.launch('w-1')
    expect((await w.call('GET', '/api/staff/deliveries', { token })).status).toBe(403)
  })
})

describe('a service token', () => {
  const events = (token: string) => w.call('GET', '/api/events', { token })

  it('needs the scope of what is asked', async () => {
    expect((await events(await w.market.serviceToken('events:read'))).status).toBe(200)
    expect((await events(await w.market.serviceToken('credentials:read events:read'))).status).toBe(200)
    for (const scope of ['credentials:read', 'events:reader', '']) {
      const reply = await events(await w.market.serviceToken(scope))
      expect([reply.status, reply.json.code]).toEqual([403, 'forbidden'])
    }
    expect(
      (await w.call('DELETE', '/api/workers/w-1', { token: await w.market.serviceToken('credentials:read') })).status,
    ).toBe(403)
  })

  it('is good once, and is neither a launch nor a session', async () => {
    const token = await w.market.serviceToken('events:read')
    await events(token)
    expect((await events(token)).json.reason).toBe('replayed')
    expect((await events(await w.market.launchToken({ sub: 'w-1' }))).json.reason).toBe('type')
    expect((await events((await w.launch('w-1')).token)).json.code).toBe('token-refused')
    expect((await w.call('GET', '/api/events')).json.code).toBe('unauthenticated')
  })

  it('reads a worker’s credentials, with the status that they have now', async () => {
    const { credential } = await pass(w, 'w-1')
    const read = async () =>
      w.call('GET', '/api/workers/w-1/credentials', { token: await w.market.serviceToken('credentials:read') })
    expect((await read()).json).toMatchObject({
      worker: 'w-1',
      credentials: [
        { id: credential, exam: 'tiny', status: 'active', version: 1, url: `${PLUGIN}/credentials/${credential}` },
      ],
    })
    w.clock.now = instant(Date.parse('2028-11-25T03:00:00Z'))
    expect((await read()).json.credentials[0].status).toBe('expired')
    expect(
      (await w.call('GET', '/api/workers/w-9/credentials', { token: await w.market.serviceToken('credentials:read') }))
        .status,
    ).toBe(404)
  })
})

describe('a webhook', () => {
  const event = { id: 'evt-1', type: 'worker.standing_changed', data: { worker: 'w-1', version: 2 } }
  const post = (headers: Record<string, string>, body: string) =>
    w.call('POST', '/webhooks/marketplace', { headers, body })
  const sign = async (body: string, id = 'evt-1', at = w.clock.now) => ({
    ...(await signWebhook({ id, at, body, signers: [{ secret: WEBHOOK_SECRET }] })),
  })

  it('is applied once, however often it comes', async () => {
    await w.launch('w-1')
    const { headers, body } = await w.market.webhook(event)
    expect((await post(headers, body)).json).toEqual({ applied: true })
    const again = await Promise.all([post(headers, body), post(headers, body)])
    expect(again.map(({ json }) => json)).toEqual([{ applied: false }, { applied: false }])
    expect(await rows(w, 'select id from outbox')).toHaveLength(1)
    expect(await rows(w, "select id from inbox where id = 'evt-1'")).toHaveLength(1)
  })

  it('that comes five times at once is applied by one of them', async () => {
    await w.launch('w-1')
    const { headers, body } = await w.market.webhook(event)
    const replies = await Promise.all(Array.from({ length: 5 }, () => post(headers, body)))
    expect(replies.map(({ status }) => status)).toEqual(Array(5).fill(200))
    expect(replies.filter(({ json }) => json.applied)).toHaveLength(1)
    expect(await rows(w, 'select id from outbox')).toHaveLength(1)
  })

  const changes: Record<
    string,
    { change: (headers: Record<string, string>) => Record<string, string | undefined>; reason: string }
  > = {
    'no id': { change: (h) => ({ ...h, 'webhook-id': undefined }), reason: 'missing-headers' },
    'no timestamp': { change: (h) => ({ ...h, 'webhook-timestamp': undefined }), reason: 'missing-headers' },
    'no signature': { change: (h) => ({ ...h, 'webhook-signature': undefined }), reason: 'missing-headers' },
    'junk after the timestamp': {
      change: (h) => ({ ...h, 'webhook-timestamp': `${h['webhook-timestamp']}abc` }),
      reason: 'malformed-timestamp',
    },
    'a timestamp in hexadecimal': {
      change: (h) => ({ ...h, 'webhook-timestamp': `0x${Number(h['webhook-timestamp']).toString(16)}` }),
      reason: 'malformed-timestamp',
    },
    'another timestamp': {
      change: (h) => ({ ...h, 'webhook-timestamp': String(Number(h['webhook-timestamp']) + 1) }),
      reason: 'no-matching-signature',
    },
    'another id': { change: (h) => ({ ...h, 'webhook-id': 'evt-2' }), reason: 'no-matching-signature' },
    'a wrong signature': {
      change: (h) => ({ ...h, 'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }),
      reason: 'no-matching-signature',
    },
    'a signature of an unknown version': {
      change: (h) => ({ ...h, 'webhook-signature': `v2${h['webhook-signature']?.slice(2)}` }),
      reason: 'no-matching-signature',
    },
  }
  it.each(Object.entries(changes))('with %s is refused', async (_, { change, reason }) => {
    const { headers, body } = await w.market.webhook(event)
    const changed = Object.fromEntries(
      Object.entries(change(headers)).filter((entry): entry is [string, string] => entry[1] !== undefined),
    )
    const reply = await post(changed, body)
    expect([reply.status, reply.json.code, reply.json.reason]).toEqual([401, 'signature-invalid', reason])
    expect(await rows(w, 'select id from inbox')).toEqual([])
  })

  it('is signed over the raw body: another spelling of the same JSON is refused', async () => {
    const { headers, body } = await w.market.webhook(event)
    expect((await post(headers, `${body} `)).json.reason).toBe('no-matching-signature')
  })

  it('is taken within five minutes of its time, either way', async () => {
    const at = (shift: number) => w.market.webhook({ ...event, id: `evt-${shift}` }, instant(NOON + shift))
    for (const [shift, status] of [
      [-300_000, 200],
      [-301_000, 401],
      [300_000, 200],
      [301_000, 401],
    ] as const) {
      const { headers, body } = await at(shift)
      expect((await post(headers, body)).status).toBe(status)
    }
  })

  it('is taken with one good signature among others', async () => {
    const { headers, body } = await w.market.webhook(event)
    expect(
      (await post({ ...headers, 'webhook-signature': `v1,AAAA v1a,BBBB ${headers['webhook-signature']}` }, body))
        .status,
    ).toBe(200)
  })

  const bodies: Record<string, string> = {
    'is not JSON': '{"id":',
    'is empty': '',
    'has an id other than its header': JSON.stringify({
      id: 'evt-7',
      type: event.type,
      timestamp: '2026-11-25T03:00:00.000Z',
      data: event.data,
    }),
    'is of an unknown type': JSON.stringify({
      id: 'evt-1',
      type: 'worker.promoted',
      timestamp: '2026-11-25T03:00:00.000Z',
      data: event.data,
    }),
    'has no version': JSON.stringify({
      id: 'evt-1',
      type: event.type,
      timestamp: '2026-11-25T03:00:00.000Z',
      data: { worker: 'w-1' },
    }),
  }
  it.each(Object.entries(bodies))('whose body %s, though signed, is malformed and not noted', async (_, body) => {
    const reply = await post(await sign(body), body)
    expect([reply.status, reply.json.code]).toEqual([422, 'malformed'])
    expect(await rows(w, 'select id from inbox')).toEqual([])
  })

  it('that is signed and no JSON is told so', async () => {
    const body = 'hello'
    expect((await post(await sign(body), body)).json.issues).toEqual([{ path: '', message: 'the body is not JSON' }])
  })

  it('may come without a body at all, and is refused', async () => {
    expect((await w.call('POST', '/webhooks/marketplace')).json).toMatchObject({
      code: 'signature-invalid',
      reason: 'missing-headers',
    })
  })

  it('of an escrow, a review or a case is noted and asks nothing', async () => {
    for (const type of [
      'contract.formed',
      'escrow.released',
      'escrow.refunded',
      'review.revealed',
      'moderation.case_decided',
      'moderation.appeal_decided',
    ]) {
      expect((await sendWebhook(w, { id: `evt-${type}`, type, data: { worker: 'w-1', version: 1 } })).json).toEqual({
        applied: true,
      })
    }
    expect(await rows(w, 'select id from outbox')).toEqual([])
    expect(await rows(w, 'select id from inbox')).toHaveLength(6)
  })
})

describe('erasure', () => {
  const NAME = 'みなと かおる'

  /** Everything that lies in the database, as text. */
  async function everything(): Promise<string> {
    const tables = await rows(w, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    const contents = await Promise.all(
      tables.map(async ({ name }) => JSON.stringify([name, ...(await rows(w, `select * from "${name}"`))])),
    )
    return contents.join('\n')
  }

  /** A worker with a delivered pass, a reinstated suspension, and another attempt that is open. */
  async function known() {
    const passed = await pass(w, 'w-1', { name: NAME })
    await w.drain()
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    await decideStanding(w, 'w-1', 'good')
    w.market.spoil = ({ path }) =>
      path.includes('/ranking-signals/') ? new Response(null, { status: 410 }) : undefined
    await w.drain()
    const [{ subject, jwt }] = await rows(w, 'select subject, jwt from credentials')
    w.clock.now = instant(NOON + 14 * 86_400_000)
    const open = await sit(w, 'w-1', { name: NAME })
    await answerAll(w, open)
    await w.call('POST', `/api/attempts/${open.id}/events`, {
      token: open.token,
      body: { events: [{ kind: 'paste', at: '2026-11-25T03:00:00Z' }] },
    })
    const before = await everything()
    for (const text of [NAME, subject, jwt]) expect(before.includes(text)).toBe(true)
    return { passed, open, subject, jwt }
  }

  const doors: Record<string, () => Promise<unknown>> = {
    'a service call': async () =>
      expect(
        (await w.call('DELETE', '/api/workers/w-1', { token: await w.market.serviceToken('workers:erase') })).json,
      ).toEqual({ worker: 'w-1', erased: true }),
    'a webhook': async () =>
      expect(
        (await sendWebhook(w, { id: 'evt-del', type: 'worker.deleted', data: { worker: 'w-1', version: 9 } })).json,
      ).toEqual({ applied: true }),
  }
  it.each(Object.entries(doors))(
    'by %s takes name, subject, signed credential and answers out of every table',
    async (_, erase) => {
      const { open, subject, jwt, passed } = await known()
      await erase()
      const after = await everything()
      for (const text of [NAME, subject, jwt]) expect(after.includes(text)).toBe(false)
      expect(await rows(w, 'select * from responses')).toEqual([])
      expect(await rows(w, 'select * from attempt_signals')).toEqual([])
      // the credential proves nothing any more: it is revoked in the list, and no longer on record
      expect(await rows(w, 'select distinct status from credentials')).toEqual([{ status: 'revoked' }])
      const verified = await w.call('POST', '/api/credentials/verify', { body: { credential: jwt } })
      expect(['revoked', 'unknown']).toContain(verified.json.verdict)
      expect((await w.call('GET', `/credentials/${passed.credential}.jwt`)).text).not.toContain(jwt)
      // the session ended with it, and the attempt is gone
      expect((await w.call('GET', `/api/attempts/${open.id}`, { token: open.token })).status).toBe(401)
      expect(await rows(w, 'select id from attempts')).toEqual([])
      expect((await save(w, open, [{ item: 'q1', revision: 9, response: null }])).status).not.toBe(200)
    },
  )

  it('is for good: neither the old session nor a new launch can start', async () => {
    const { open } = await known()
    await doors['a service call']?.()
    w.clock.now = instant(w.clock.now + 15 * 86_400_000)
    const launched = await w.call('POST', '/api/session', {
      body: { token: await w.market.launchToken({ sub: 'w-1', name: NAME }) },
    })
    expect([launched.status, launched.json]).toEqual([
      409,
      expect.objectContaining({ code: 'not-eligible', reason: 'worker-erased' }),
    ])
    expect((await startCall(w, open.token)).status).toBe(401)
    expect((await everything()).includes(NAME)).toBe(false)
  })

  it('sends nothing more, dead letters that are replayed included', async () => {
    await known()
    await doors['a service call']?.()
    w.market.spoil = () => undefined
    w.market.calls.splice(0)
    await w.call('POST', '/api/staff/deliveries/replay-dead', { token: await operator(w) })
    await drainForDays(w, 3)
    expect(w.market.contractCalls).toEqual([])
    expect(w.market.calls.filter(({ path }) => path !== '/webhooks/kentei')).toEqual([])
  })

  it('a second time changes nothing; of somebody unknown is not found', async () => {
    await known()
    await doors['a service call']?.()
    const before = await rows(w, 'select * from tombstones')
    expect(before).toHaveLength(1)
    w.clock.advance(minutes(1))
    await doors['a service call']?.()
    expect(await rows(w, 'select * from tombstones')).toEqual(before)
    expect(
      (await w.call('DELETE', '/api/workers/w-9', { token: await w.market.serviceToken('workers:erase') })).status,
    ).toBe(404)
  })

  it('while a pass is being graded leaves no credential behind', async () => {
    const sitting = await sit(w, 'w-1', { name: NAME })
    await answerAll(w, sitting)
    await closeOpenAttempt(w.db, {
      id: sitting.id as AttemptId,
      reason: 'submitted',
      now: w.clock.now,
      actor: 'w-1',
      overdue: false,
    })
    // when the erasure comes between the reading and the batch of the grade
    let erased = false
    const db = new Proxy(w.db, {
      get(target, member) {
        const value = Reflect.get(target, member)
        if (member !== 'batch') return typeof value === 'function' ? value.bind(target) : value
        return async (statements: never) => {
          if (!erased) {
            erased = true
            await eraseWorker(w.world, 'w-1')
          }
          return target.batch(statements)
        }
      },
    })
    await gradeAttempt({ ...w.world, db }, sitting.id as AttemptId)
    expect(erased).toBe(true)
    expect((await everything()).includes(NAME)).toBe(false)
    expect(await rows(w, 'select id from credentials')).toEqual([])
    expect(await rows(w, 'select id from outbox')).toEqual([])
  })

  it('leaves other people alone', async () => {
    await known()
    const other = await pass(w, 'w-2', { name: 'Sora' })
    await doors['a service call']?.()
    expect((await rows(w, "select name from workers where worker = 'w-2'"))[0].name).toBe('Sora')
    expect((await rows(w, 'select status, holder_name from credentials where id = ?', [other.credential]))[0]).toEqual({
      status: 'active',
      holder_name: 'Sora',
    })
  })
})

describe('the events log', () => {
  const read = async (after?: string) =>
    w.call('GET', `/api/events${after === undefined ? '' : `?after=${after}`}`, {
      token: await w.market.serviceToken('events:read'),
    })

  it('is read page by page with a cursor, or after the id of an event', async () => {
    const credentials: string[] = []
    for (let n = 0; n < 3; n++) credentials.push((await pass(w, `w-${n}`)).credential)
    const all = await read()
    expect(all.json.events.map(({ data }: { data: { credential: string } }) => data.credential)).toEqual(credentials)
    const cursors = all.json.events.map(({ cursor }: { cursor: string }) => cursor)
    expect(cursors.map(Number)).toEqual([NOON, NOON + 1, NOON + 2])
    expect(all.json.events[0]).toEqual({
      cursor: cursors[0],
      id: expect.stringMatching(/^evt_/),
      type: 'credential.issued',
      timestamp: new Date(NOON).toISOString(),
      data: { credential: credentials[0], worker: 'w-0', exam: 'tiny', version: 1 },
    })
    expect(all.json.next).toBe(cursors[2])
    const after = async (place: string) =>
      (await read(place)).json.events.map(({ cursor }: { cursor: string }) => cursor)
    expect(await after(cursors[0])).toEqual(cursors.slice(1))
    expect(await after(all.json.events[1].id)).toEqual(cursors.slice(2))
    expect((await read(cursors[2])).json).toEqual({ events: [], next: cursors[2] })
    for (const bad of ['evt_none', '-1', '1e3']) expect((await read(bad)).json.code).toBe('malformed')
  })

  it('gives a hundred at a time', async () => {
    await rows(
      w,
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 150) insert into event_log (id, type, at, data) select 'evt_' || i, 'credential.issued', 0, ? from n",
      [JSON.stringify({ credential: 'crd_1', worker: 'w-1', exam: 'tiny', version: 1 })],
    )
    const first = await read()
    expect(first.json.events).toHaveLength(100)
    const second = await read(first.json.next)
    expect(second.json.events).toHaveLength(50)
    expect((await read(second.json.next)).json.events).toEqual([])
  })

  it('has the same events as the subscribers get', async () => {
    await pass(w, 'w-1')
    await w.drain()
    expect((await read()).json.events[0].id).toBe(w.market.events[0]?.id)
  })
})

describe('an idempotency key', () => {
  const key = { 'idempotency-key': '"start-1"' }

  it('gives a repeated start the same reply, to the byte', async () => {
    const { token } = await w.launch('w-1')
    const first = await startCall(w, token, key)
    w.clock.advance(minutes(3))
    const second = await startCall(w, token, key)
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect(second.status).toBe(201)
    expect(second.headers.get('content-type')).toContain('application/json')
  })

  it('gives a repeated submission the same reply, and a refused start the same refusal', async () => {
    const sitting = await sit(w, 'w-1')
    const submitted = await submit(w, sitting, { 'idempotency-key': '"submit-1"' })
    expect((await submit(w, sitting, { 'idempotency-key': '"submit-1"' })).text).toBe(submitted.text)
    const refused = await startCall(w, sitting.token, key)
    const again = await startCall(w, sitting.token, key)
    expect([again.status, again.text, again.headers.get('content-type')]).toEqual([
      409,
      refused.text,
      'application/problem+json',
    ])
  })

  it('with another payload or another path is a mismatch', async () => {
    const { token } = await w.launch('w-1')
    const { json } = await startCall(w, token, key)
    const other = await w.call('POST', '/api/exams/tiny/attempts', { token, headers: key, body: {} })
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-mismatch'])
    const elsewhere = await w.call('POST', `/api/attempts/${json.id}/submit`, {
      token,
      headers: key,
      body: { lease: json.lease },
    })
    expect(elsewhere.json.code).toBe('idempotency-mismatch')
    expect((await w.call('GET', `/api/attempts/${json.id}`, { token })).json.status).toBe('open')
  })

  it('while its request is in flight is told so; after a minute it may be used again', async () => {
    const { token } = await w.launch('w-1')
    const body = JSON.stringify({ locale: 'ja' })
    const hash = hex(
      await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`POST\n/api/exams/tiny/attempts\n${body}`)),
    )
    await rows(
      w,
      "insert into idempotency_keys (caller, key, payload_hash, status, body, created_at) values ('w-1', 'start-1', ?, null, null, ?)",
      [hash, w.clock.now],
    )
    const busy = await w.call('POST', '/api/exams/tiny/attempts', { token, headers: key, body })
    expect([busy.status, busy.json.code]).toEqual([409, 'idempotency-in-flight'])
    expect(await rows(w, 'select id from attempts')).toEqual([])
    w.clock.advance(milliseconds(60_001))
    expect((await w.call('POST', '/api/exams/tiny/attempts', { token, headers: key, body })).status).toBe(201)
  })

  it('that comes five times at once does its work once', async () => {
    const { token } = await w.launch('w-1')
    const replies = await Promise.all(Array.from({ length: 5 }, () => startCall(w, token, key)))
    for (const { status, json } of replies)
      expect([201, 409]).toContain(json.code === 'idempotency-in-flight' ? 409 : status)
    expect(replies.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
    expect(await rows(w, 'select id from attempts')).toHaveLength(1)
  })

  it('belongs to its caller', async () => {
    const [a, b] = [await w.launch('w-1'), await w.launch('w-2')]
    const [first, second] = [await startCall(w, a.token, key), await startCall(w, b.token, key)]
    expect([first.status, second.status]).toEqual([201, 201])
    expect(first.json.id).not.toBe(second.json.id)
  })

  it('is forgotten after a day', async () => {
    const { token } = await w.launch('w-1')
    const first = await startCall(w, token, key)
    w.clock.advance(milliseconds(hours(24) + 1))
    const next = await startCall(w, (await w.launch('w-1')).token, key)
    expect(next.text).not.toBe(first.text)
    expect(next.json.code).toBe('not-eligible')
  })

  it.each(['start-1', '""', '"a', `"${'x'.repeat(256)}"`, '"ü"'.replace('ü', '\u00fc')])(
    'of the form %s is malformed, and nothing is done',
    async (header) => {
      const { token } = await w.launch('w-1')
      const reply = await startCall(w, token, { 'idempotency-key': header })
      expect([reply.status, reply.json.code]).toEqual([422, 'malformed'])
      expect(await rows(w, 'select id from attempts')).toEqual([])
    },
  )

  it('is given back after a failure of ours', async () => {
    const { token } = await w.launch('w-1')
    await rows(w, 'alter table shown_items rename to shown_items_away')
    expect((await startCall(w, token, key)).status).toBe(500)
    await rows(w, 'alter table shown_items_away rename to shown_items')
    expect((await startCall(w, token, key)).status).toBe(201)
  })
})

describe('the door for publishing', () => {
  it('takes no token of the marketplace', async () => {
    const bank = reworded(w.bank, '言い換えた')
    for (const token of [await w.market.serviceToken('exams:publish'), 'x']) {
      expect((await w.call('POST', '/admin/exams?author=aut-1', { token, body: bank })).json.code).toBe(
        'unauthenticated',
      )
    }
    expect((await w.call('POST', '/admin/exams', { token: (await w.launch('w-1')).token, body: bank })).json.code).toBe(
      'forbidden',
    )
    expect(await rows(w, 'select hash from exam_versions')).toHaveLength(1)
  })

  it('takes the product’s own service key, with the name of whose work it is', async () => {
    const stored = w.world.settings.keys.find(({ use }) => use === 'service')
    const key = (await importJWK({ ...stored?.jwk, use: undefined } as never, 'ES256')) as CryptoKey
    const token = () =>
      w.market.serviceToken('exams:publish', {
        key,
        header: { kid: String(stored?.jwk.kid) },
        claims: { iss: PLUGIN, aud: PLUGIN },
      })
    w.clock.advance(milliseconds(1))
    const bank = reworded(w.bank, '言い換えた')
    expect((await w.call('POST', '/admin/exams', { token: await token(), body: bank })).json).toMatchObject({
      code: 'malformed',
      issues: [{ path: 'author' }],
    })
    expect(
      (await w.call('POST', '/admin/exams?author=aut-1', { token: await token(), body: bank })).json,
    ).toMatchObject({ exam: 'tiny', version: 1, hash: bank.hash, state: 'waiting' })
  })

  it('publishing the same exam twice changes nothing', async () => {
    await publishExam(w.world, w.bank)
    expect(await rows(w, 'select hash from exam_versions')).toHaveLength(1)
  })
})
