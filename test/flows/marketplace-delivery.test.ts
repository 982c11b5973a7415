import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expireCredentials } from '../../src/flows/change-credential-status.ts'
import { drainOutbox } from '../../src/flows/drain-outbox.ts'
import { hours, instant, milliseconds, minutes, seconds } from '../../src/kernel/instant.ts'
import { claimMessages, waitingDestinations } from '../../src/platform/outbox/store.ts'
import { verifyWebhook } from '../../src/platform/outbox/webhook.ts'
import {
  answerAll,
  decideStanding,
  drainForDays,
  flunk,
  operator,
  pass,
  rows,
  save,
  sendWebhook,
  sit,
  submit,
} from '../support/exam-hall.ts'
import { MARKET, type MarketCall, PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const refuse = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers })
const sent = (calls: readonly MarketCall[] = w.market.contractCalls) =>
  calls.map(
    ({ method, path }) =>
      `${method} ${path
        .split('/')
        .slice(4)
        .map((part) => part.replace(/^crd_.*/, '*'))
        .join('/')}`,
  )
const forget = () => w.market.calls.splice(0)
const messages = () => rows(w, "select kind, status, attempts, next_at from outbox where kind <> 'event' order by seq")
const statuses = async () => (await messages()).map(({ kind, status }) => `${kind} ${status}`)
const badge = (worker: string, credential: string) => w.market.badges.get(`${worker} ${credential}`)?.body
const signal = (worker: string) => w.market.signals.get(`${worker} tiny`)?.body
const statusBy = async (credential: string, status: string) =>
  w.call('POST', `/api/staff/credentials/${credential}/status`, {
    token: await operator(w),
    body: { status, why: 'decided' },
  })
const drainTwice = async () => {
  await w.drain()
  await w.drain()
}

describe('a pass', () => {
  it('is shown at once while the marketplace is down, and delivered when it is back: standing, badge, signal, once each', async () => {
    w.market.spoil = () => 'lost'
    const { credential, result } = await pass(w, 'w-1')
    expect(result.json.passed).toBe(true)
    await w.drain()
    expect(w.market.badges.size).toBe(0)

    w.market.spoil = () => undefined
    forget()
    await drainForDays(w, 1)
    expect(sent()).toEqual(['GET standing', 'PUT badges/*', 'PUT ranking-signals/tiny'])
    expect(badge('w-1', credential)).toMatchObject({
      exam: 'tiny',
      level: 3,
      title: '小さな検定',
      parts: ['knowledge'],
      status: 'active',
      url: `${PLUGIN}/credentials/${credential}`,
      image: `${PLUGIN}/credentials/${credential}.svg`,
    })
    expect(signal('w-1')).toMatchObject({
      priorMean: expect.any(Number),
      equivalentReviews: expect.any(Number),
      explanation: { ja: expect.any(String), en: expect.any(String) },
    })
    expect(w.market.events).toMatchObject([
      { type: 'credential.issued', data: { credential, worker: 'w-1', exam: 'tiny', version: 1 } },
    ])
  })

  it('is not told a second time by further drains and submissions', async () => {
    const sitting = await pass(w, 'w-1')
    await drainTwice()
    await submit(w, sitting)
    forget()
    await drainForDays(w, 3)
    expect(w.market.calls).toEqual([])
  })

  it('travels under a fresh service token for each call: type, audience, narrow scope, five minutes at most', async () => {
    await pass(w, 'w-1')
    await w.drain()
    const { keys } = (await w.call('GET', '/.well-known/jwks.json')).json
    const tokens = w.market.contractCalls.map(
      ({ headers }) => headers.get('authorization')?.replace('Bearer ', '') ?? '',
    )
    for (const token of tokens) {
      const { kid, alg, typ } = decodeProtectedHeader(token)
      expect([alg, typ]).toEqual(['ES256', 'service+jwt'])
      const jwk = keys.find((key: { kid: string }) => key.kid === kid)
      const { payload } = await jwtVerify(token, await importJWK(jwk, alg), {
        issuer: PLUGIN,
        audience: MARKET,
        currentDate: new Date(w.clock.now),
      })
      expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(300)
    }
    expect(tokens.map((token) => decodeJwt(token).scope)).toEqual(['standing:read', 'badges:write', 'signals:write'])
    expect(new Set(tokens.map((token) => decodeJwt(token).jti)).size).toBe(3)
  })

  it('is sent under a quoted idempotency key that stays the same when a try is repeated', async () => {
    let failures = 2
    w.market.spoil = ({ path }) => (path.includes('/badges/') && failures-- > 0 ? refuse(503) : undefined)
    await pass(w, 'w-1')
    await drainForDays(w, 1)
    const keys = w.market.contractCalls.map(({ path, headers }) => [path.split('/')[4], headers.get('idempotency-key')])
    for (const [, key] of keys) expect(key).toMatch(/^"msg_\w+"$/)
    const badges = keys.filter(([kind]) => kind === 'badges')
    expect(badges).toHaveLength(3)
    expect(new Set(badges.map(([, key]) => key)).size).toBe(1)
    expect(new Set(keys.map(([, key]) => key)).size).toBe(3)
    // and under another service token each time
    expect(new Set(w.market.contractCalls.map(({ headers }) => headers.get('authorization'))).size).toBe(5)
  })

  it('has versions that rise from message to message, over all messages of a worker', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    await statusBy(credential, 'suspended')
    await statusBy(credential, 'active')
    await w.drain()
    const versions = w.market.contractCalls
      .filter(({ method }) => method !== 'GET')
      .map(({ body }) => Number(body?.version))
    expect(versions).toHaveLength(6)
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
  })
})

describe('a message that fails', () => {
  const within = (wait: number) => [wait, wait * 1.1] as const

  it('is tried after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and is dead after the eighth try', async () => {
    w.market.spoil = ({ path }) => (path.startsWith('/v1/') ? refuse(503) : undefined)
    await pass(w, 'w-1')
    await drainForDays(w, 4)
    const tries = w.market.contractCalls.map(({ at }) => at)
    expect(tries).toHaveLength(8)
    const waits = tries.slice(1).map((time, n) => time - Number(tries[n]))
    for (const [n, wait] of [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000].entries()) {
      const [least, most] = within(wait)
      expect(waits[n]).toBeGreaterThanOrEqual(least)
      expect(waits[n]).toBeLessThanOrEqual(most)
    }
    expect(await statuses()).toEqual(['standing dead', 'badge pending', 'signal pending'])
    const delivered = await rows(
      w,
      "select outcome, detail from delivery_attempts where message_id = (select id from outbox where kind = 'standing') order by at",
    )
    expect(delivered.map(({ outcome }) => outcome)).toEqual(
      [...Array(7).fill('retry'), 'retry'].map((outcome, n) => (n === 7 ? 'dead' : outcome)),
    )
    expect(delivered[0].detail).toBe('503')
  })

  it('is not sent before it is due', async () => {
    w.market.spoil = () => 'lost'
    await pass(w, 'w-1')
    await w.drain()
    forget()
    w.clock.advance(milliseconds(4_999))
    await w.drain()
    expect(w.market.contractCalls).toEqual([])
  })

  it.each([500, 502, 503, 504, 408, 429, 401, 403, 301])('with %d is tried again', async (status) => {
    let failures = 1
    w.market.spoil = ({ path }) => (path.includes('/badges/') && failures-- > 0 ? refuse(status) : undefined)
    await pass(w, 'w-1')
    await drainForDays(w, 1)
    expect(await statuses()).toEqual(['standing delivered', 'badge delivered', 'signal delivered'])
  })

  it.each([404, 410])('with %d and a code is dead at once, and the rest of its chain waits', async (status) => {
    const gone = () => Response.json({ title: 'gone', status, code: 'not-found' }, { status })
    w.market.spoil = ({ path }) => (path.includes('/badges/') ? gone() : undefined)
    await pass(w, 'w-1')
    await drainForDays(w, 5)
    expect(sent()).toEqual(['GET standing', 'PUT badges/*'])
    expect(await statuses()).toEqual(['standing delivered', 'badge dead', 'signal pending'])
  })

  it.each([404, 405, 410])(
    'with a bare %d is dead where the marketplace answers for the same worker',
    async (status) => {
      w.market.spoil = ({ path }) => (path.includes('/badges/') ? refuse(status) : undefined)
      await pass(w, 'w-1')
      await drainForDays(w, 5)
      expect(sent()).toEqual(['GET standing', 'PUT badges/*', 'GET standing'])
      expect(await rows(w, "select dead_as from outbox where kind = 'badge'")).toEqual([{ dead_as: 'refused' }])
    },
  )

  it.each([404, 405, 410, 401])(
    'with a bare %d for everything is an outage: nothing dies of it, and all is told when it is over',
    async (status) => {
      w.market.spoil = () => refuse(status)
      await pass(w, 'w-1')
      await drainForDays(w, 3)
      expect(await rows(w, "select id from outbox where kind <> 'event' and dead_as = 'refused'")).toEqual([])
      w.market.spoil = () => undefined
      w.clock.advance(hours(2))
      await drainForDays(w, 1)
      expect(await statuses()).toEqual(['standing delivered', 'badge delivered', 'signal delivered'])
    },
  )

  it('for good does not keep later news of the same worker from the marketplace', async () => {
    w.market.spoil = ({ path }) => (path.includes('/badges/') ? refuse(422) : undefined)
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    w.market.spoil = () => undefined
    await decideStanding(w, 'w-1', 'suspended')
    await drainForDays(w, 1)
    expect((await rows(w, 'select status from credentials'))[0].status).toBe('suspended')
    expect(badge('w-1', credential)?.status).toBe('suspended')
    expect(signal('w-1')).toMatchObject({ withdrawn: true })
  })

  it('may be an answer that is no standing', async () => {
    w.market.spoil = ({ path }) => (path.endsWith('/standing') ? Response.json({ status: 'excellent' }) : undefined)
    await pass(w, 'w-1')
    await w.drain()
    expect(await messages()).toMatchObject([{ status: 'pending', attempts: 1 }, {}, {}])
  })

  it('waits as long as Retry-After asks, also when the marketplace comes back meanwhile', async () => {
    w.market.spoil = ({ path }) => (path.endsWith('/standing') ? refuse(429, { 'retry-after': '3600' }) : undefined)
    await pass(w, 'w-1')
    await w.drain()
    const [{ next_at }] = await messages()
    expect(next_at).toBe(NOON + 3_600_000)
    // when a person comes over and a webhook comes in
    w.market.spoil = () => undefined
    await w.launch('w-2')
    await sendWebhook(w, { id: 'evt-1', type: 'review.revealed', data: { worker: 'w-2', version: 1 } })
    forget()
    w.clock.now = instant(NOON + 3_600_000 - 1)
    await w.drain()
    expect(w.market.contractCalls).toEqual([])
    w.clock.advance(milliseconds(1))
    await w.drain()
    expect(sent()).toEqual(['GET standing', 'PUT badges/*', 'PUT ranking-signals/tiny'])
  })

  it('is brought forward no further than a short Retry-After allows', async () => {
    w.market.spoil = ({ path }) => (path.endsWith('/standing') ? refuse(503, { 'retry-after': '40' }) : undefined)
    await pass(w, 'w-1')
    while (Number((await messages())[0].attempts) < 3) {
      await w.drain()
      w.clock.now = instant(Math.max(w.clock.now, Number((await messages())[0].next_at)))
    }
    // given a wait of half an hour
    const failed = Number(w.market.contractCalls.at(-1)?.at)
    w.clock.now = instant(failed + 1_000)
    w.market.spoil = () => undefined
    await w.launch('w-2')
    expect((await messages())[0].next_at).toBe(failed + 40_000)
  })

  it('reads Retry-After as a date too, and never comes earlier than the schedule', async () => {
    w.market.spoil = ({ path }) =>
      path.includes('w-date')
        ? refuse(503, { 'retry-after': new Date(NOON + 7_200_000).toUTCString() })
        : path.includes('w-soon')
          ? refuse(503, { 'retry-after': '0' })
          : undefined
    await pass(w, 'w-date')
    await pass(w, 'w-soon')
    await w.drain()
    const due = await rows(w, "select stream, next_at from outbox where kind = 'standing' order by seq")
    expect(due[0].next_at).toBe(NOON + 7_200_000)
    expect(due[1].next_at).toBeGreaterThanOrEqual(NOON + 5_000)
  })
})

describe('an operator’s replay', () => {
  it('revives a dead letter under its old id, and the rest of the chain follows in order', async () => {
    w.market.spoil = ({ path }) => (path.includes('/badges/') ? refuse(404) : undefined)
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    const key = w.market.contractCalls.find(({ path }) => path.includes('/badges/'))?.headers.get('idempotency-key')
    w.market.spoil = () => undefined
    forget()
    const [dead] = await rows(w, "select id from outbox where status = 'dead'")
    const token = await operator(w)
    expect((await w.call('POST', `/api/staff/deliveries/${dead.id}/replay`, { token })).json).toEqual({ id: dead.id })
    await w.drain()
    expect(sent()).toEqual(['PUT badges/*', 'PUT ranking-signals/tiny'])
    expect(w.market.contractCalls[0]?.headers.get('idempotency-key')).toBe(key)
    expect(badge('w-1', credential)?.status).toBe('active')
  })

  it('of all dead letters revives each of them', async () => {
    w.market.spoil = ({ path }) => (path.startsWith('/v1/') ? refuse(422) : undefined)
    for (const worker of ['w-1', 'w-2', 'w-3']) await pass(w, worker)
    await w.drain()
    w.market.spoil = () => undefined
    const token = await operator(w)
    expect((await w.call('POST', '/api/staff/deliveries/replay-dead', { token })).json).toEqual({ replayed: 3 })
    await w.drain()
    expect(w.market.signals.size).toBe(3)
    expect((await w.call('POST', '/api/staff/deliveries/replay-dead', { token })).json).toEqual({ replayed: 0 })
  })

  it('does nothing to a delivered message, and is for operators only', async () => {
    const { token } = await pass(w, 'w-1')
    await w.drain()
    const [{ id }] = await rows(w, "select id from outbox where kind = 'badge'")
    expect((await w.call('POST', `/api/staff/deliveries/${id}/replay`, { token: await operator(w) })).status).toBe(404)
    expect((await w.call('POST', `/api/staff/deliveries/${id}/replay`, { token })).status).toBe(403)
  })
})

describe('two workers of the outbox', () => {
  it('that drain in parallel never send one message twice', async () => {
    for (let n = 0; n < 12; n++) await pass(w, `w-${n}`)
    await Promise.all(Array.from({ length: 4 }, () => drainOutbox({ ...w.world })))
    await drainForDays(w, 1)
    const keys = w.market.contractCalls.map(({ headers }) => headers.get('idempotency-key'))
    expect(keys).toHaveLength(36)
    expect(new Set(keys).size).toBe(36)
    expect(new Set(w.market.events.map(({ id }) => id)).size).toBe(12)
    expect(w.market.events).toHaveLength(12)
    for (let n = 0; n < 12; n++) {
      const own = w.market.contractCalls.filter(({ path }) => path.startsWith(`/v1/workers/w-${n}/`))
      expect(sent(own)).toEqual(['GET standing', 'PUT badges/*', 'PUT ranking-signals/tiny'])
    }
  })

  it('take over from one that died with a message in hand, once its lease has run out', async () => {
    await pass(w, 'w-1')
    const claim = { lease: 'lse_dead', now: w.clock.now, lasts: seconds(30), limit: 20 }
    const claimed = (
      await Promise.all(
        (await waitingDestinations(w.db)).map((waiting) => claimMessages(w.db, { ...waiting, ...claim })),
      )
    ).flat()
    expect(claimed.map(({ kind }) => kind).sort()).toEqual(['event', 'standing'])
    w.clock.advance(milliseconds(29_999))
    await w.drain()
    expect(w.market.calls).toEqual([])
    w.clock.advance(milliseconds(1))
    await w.drain()
    expect(sent()).toEqual(['GET standing', 'PUT badges/*', 'PUT ranking-signals/tiny'])
  })
})

describe('people', () => {
  it('do not wait for each other: a message that fails holds up its own worker only', async () => {
    w.market.spoil = ({ path }) => (path.includes('/w-1/') ? refuse(503) : undefined)
    await pass(w, 'w-1')
    await pass(w, 'w-2')
    await w.drain()
    expect(signal('w-2')).toBeDefined()
    expect(signal('w-1')).toBeUndefined()
  })
})

describe('a marketplace that is back', () => {
  /** Fails until the next wait is two hours. */
  const longWait = async () => {
    w.market.spoil = ({ path }) => (path.includes('/w-1/') ? refuse(503) : undefined)
    const passed = await pass(w, 'w-1')
    while ((await messages())[0].attempts < 4) await drainForDays(w, 0.02)
    await w.drain()
    w.market.spoil = () => undefined
    forget()
    expect((await messages())[0].next_at - w.clock.now).toBeGreaterThan(3_600_000)
    return passed
  }

  it('by a launch need not be waited for', async () => {
    await longWait()
    await w.launch('w-2')
    await w.drain()
    expect(sent()).toEqual(['GET standing', 'PUT badges/*', 'PUT ranking-signals/tiny'])
  })

  it('by a webhook need not be waited for', async () => {
    await longWait()
    await sendWebhook(w, { id: 'evt-1', type: 'escrow.released', data: { contract: 'c-1', version: 1 } })
    await w.drain()
    expect(signal('w-1')).toBeDefined()
  })

  it('by the later success of another failed message need not be waited for', async () => {
    await longWait()
    let failures = 1
    w.market.spoil = ({ path }) => (path.includes('/w-2/') && failures-- > 0 ? refuse(503) : undefined)
    const second = await sit(w, 'w-2')
    // given that the wait is long again after that launch
    await rows(w, "update outbox set next_at = ? where stream = 'worker:w-1' and status = 'pending'", [
      w.clock.now + hours(9),
    ])
    await answerAll(w, second)
    await submit(w, second)
    await w.drain()
    expect(signal('w-1')).toBeUndefined()
    w.clock.advance(seconds(6))
    await drainTwice()
    expect(signal('w-2')).toBeDefined()
    expect(signal('w-1')).toBeDefined()
  })

  it('for a moment, again and again, does not use a message’s tries up', async () => {
    await longWait()
    w.market.spoil = ({ path }) => (path.includes('/w-1/') ? refuse(503) : undefined)
    for (let n = 0; n < 12; n++) {
      await w.launch('w-2')
      await w.drain()
    }
    expect((await messages())[0].status).toBe('pending')
  })
})

describe('a bad standing', () => {
  it.each(['restricted', 'suspended'] as const)(
    'of %s holds badge and signal; a good one lets them go',
    async (status) => {
      w.market.decide('w-1', status)
      const { credential, result } = await pass(w, 'w-1')
      expect(result.json.passed).toBe(true)
      await drainForDays(w, 1)
      expect(signal('w-1')?.equivalentReviews).toBeUndefined()
      expect(badge('w-1', credential)?.status).not.toBe('active')
      expect((await statuses()).slice(0, 3)).toEqual(['standing held', 'badge held', 'signal held'])

      await w.launch('w-1')
      forget()
      await decideStanding(w, 'w-1', 'good')
      await drainForDays(w, 1)
      expect(badge('w-1', credential)?.status).toBe('active')
      expect(signal('w-1')).toMatchObject({ equivalentReviews: expect.any(Number) })
      expect((await messages()).every((message) => message.status === 'delivered')).toBe(true)
      expect((await rows(w, 'select status from credentials'))[0].status).toBe('active')
    },
  )

  it('that turns good while the hold is being written resumes all the same', async () => {
    w.market.decide('w-1', 'restricted')
    const { credential } = await pass(w, 'w-1')
    // when the marketplace changes its mind, and says so, right after it has answered
    let asked = 0
    w.market.spoil = async ({ path }) => {
      if (!path.endsWith('/standing') || asked++ > 0) return undefined
      const answer = Response.json(w.market.standings.get('w-1'))
      await decideStanding(w, 'w-1', 'good')
      return answer
    }
    await drainForDays(w, 1)
    expect(badge('w-1', credential)?.status).toBe('active')
    expect(signal('w-1')).toMatchObject({ equivalentReviews: expect.any(Number) })
  })

  it('that turned good before the hold was written resumes without another event', async () => {
    w.market.decide('w-1', 'restricted')
    await pass(w, 'w-1')
    let asked = 0
    w.market.spoil = async ({ path }) => {
      if (!path.endsWith('/standing') || asked++ > 0) return undefined
      const answer = Response.json(w.market.standings.get('w-1'))
      // somebody else has the newer standing on record already
      const good = w.market.decide('w-1', 'good')
      await rows(w, "update workers set standing = 'good', standing_version = ? where worker = 'w-1'", [good.version])
      return answer
    }
    await drainForDays(w, 1)
    expect(signal('w-1')).toMatchObject({ equivalentReviews: expect.any(Number) })
  })

  it('of suspended takes an issued credential’s worth away: signal first, then the badge; a good one gives it back', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    forget()
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    expect(sent()).toEqual(['GET standing', 'DELETE ranking-signals/tiny', 'PUT badges/*'])
    expect(badge('w-1', credential)?.status).toBe('suspended')
    expect(signal('w-1')).toMatchObject({ withdrawn: true })
    expect((await rows(w, 'select status, status_cause from credentials'))[0]).toEqual({
      status: 'suspended',
      status_cause: 'standing',
    })

    forget()
    await decideStanding(w, 'w-1', 'good')
    await w.drain()
    expect(sent().filter((call) => call !== 'GET standing')).toEqual(['PUT badges/*', 'PUT ranking-signals/tiny'])
    expect(sent()[0]).toBe('GET standing')
    expect(badge('w-1', credential)?.status).toBe('active')
    expect(signal('w-1')).toMatchObject({ equivalentReviews: expect.any(Number) })
    expect(w.market.events.map(({ type }) => type)).toEqual([
      'credential.issued',
      'credential.suspended',
      'credential.reinstated',
    ])
  })

  it('of suspended that was on record before the pass suspends what is passed under it', async () => {
    await w.launch('w-1')
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    expect((await rows(w, 'select status from credentials'))[0].status).toBe('suspended')
    await decideStanding(w, 'w-1', 'good')
    await w.drain()
    expect((await rows(w, 'select status from credentials'))[0].status).toBe('active')
    expect(badge('w-1', credential)?.status).toBe('active')
    expect(signal('w-1')).toMatchObject({ equivalentReviews: expect.any(Number) })
  })

  it('of restricted takes nothing away that was given', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    await decideStanding(w, 'w-1', 'restricted')
    await w.drain()
    expect(badge('w-1', credential)?.status).toBe('active')
    expect((await rows(w, 'select status from credentials'))[0].status).toBe('active')
  })

  it('that is older than the one on record changes nothing', async () => {
    await pass(w, 'w-1')
    w.market.standings.set('w-1', { status: 'good', version: 9 })
    await w.drain()
    w.market.standings.set('w-1', { status: 'suspended', version: 4 })
    await sendWebhook(w, { id: 'evt-old', type: 'worker.standing_changed', data: { worker: 'w-1', version: 4 } })
    await w.drain()
    expect((await rows(w, 'select status from credentials'))[0].status).toBe('active')
    expect((await rows(w, "select standing, standing_version from workers where worker = 'w-1'"))[0]).toEqual({
      standing: 'good',
      standing_version: 9,
    })
  })
})

describe('an operator’s decision', () => {
  it('to suspend is not taken back by a good standing', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    expect((await statusBy(credential, 'suspended')).json).toMatchObject({ status: 'suspended', version: 2 })
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    await decideStanding(w, 'w-1', 'good')
    await w.drain()
    expect((await rows(w, 'select status from credentials'))[0].status).toBe('suspended')
    expect(badge('w-1', credential)?.status).toBe('suspended')
    await statusBy(credential, 'active')
    await w.drain()
    expect(badge('w-1', credential)?.status).toBe('active')
  })

  it('to suspend what the standing suspended already outlasts the good standing', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    await statusBy(credential, 'suspended')
    await decideStanding(w, 'w-1', 'good')
    await w.drain()
    expect((await rows(w, 'select status from credentials'))[0].status).toBe('suspended')
    expect(badge('w-1', credential)?.status).toBe('suspended')
  })

  it('to revoke is final', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    forget()
    expect((await statusBy(credential, 'revoked')).status).toBe(200)
    await w.drain()
    expect(sent()).toEqual(['DELETE ranking-signals/tiny', 'PUT badges/*'])
    expect(badge('w-1', credential)?.status).toBe('revoked')
    for (const status of ['active', 'suspended']) {
      const refused = await statusBy(credential, status)
      expect([refused.status, refused.json.code]).toEqual([409, 'conflict'])
    }
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    await decideStanding(w, 'w-1', 'good')
    await w.drain()
    expect((await rows(w, 'select status from credentials'))[0].status).toBe('revoked')
  })

  it('made by five operators at once is made once', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    const token = await operator(w)
    const replies = await Promise.all(
      Array.from({ length: 5 }, () =>
        w.call('POST', `/api/staff/credentials/${credential}/status`, {
          token,
          body: { status: 'suspended', why: 'x' },
        }),
      ),
    )
    expect(replies.map(({ status, json }) => [status, json.version])).toEqual(Array(5).fill([200, 2]))
    expect(await rows(w, "select id from event_log where type = 'credential.suspended'")).toHaveLength(1)
  })

  it('is for operators only', async () => {
    const { credential, token } = await pass(w, 'w-1')
    expect(
      (
        await w.call('POST', `/api/staff/credentials/${credential}/status`, {
          token,
          body: { status: 'active', why: 'please' },
        })
      ).status,
    ).toBe(403)
  })
})

describe('the end of a credential', () => {
  it('comes with its time: the sweep marks it and tells the marketplace', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    forget()
    w.clock.now = instant(Date.parse('2028-11-25T03:00:00Z') - 1)
    expect(await expireCredentials(w.world)).toBe(0)
    w.clock.advance(milliseconds(1))
    expect(await expireCredentials(w.world)).toBe(1)
    expect(await expireCredentials(w.world)).toBe(0)
    await w.drain()
    expect(sent()).toEqual(['DELETE ranking-signals/tiny', 'PUT badges/*'])
    expect(badge('w-1', credential)?.status).toBe('expired')
    expect(w.market.events.at(-1)).toMatchObject({ type: 'credential.expired', data: { credential, version: 2 } })
    expect((await statusBy(credential, 'active')).status).toBe(409)
  })
})

describe('an event to a subscriber', () => {
  it('is signed with the published webhook key and delivered once, in the order of what happened', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    await statusBy(credential, 'suspended')
    await statusBy(credential, 'revoked')
    await drainTwice()
    const calls = w.market.calls.filter(({ path }) => path === '/webhooks/kentei')
    expect(calls.map(({ body }) => body?.type)).toEqual([
      'credential.issued',
      'credential.suspended',
      'credential.revoked',
    ])
    const jwk = w.world.settings.keys.find(({ use }) => use === 'webhook')?.jwk
    const key = `whpk_${Buffer.from(String(jwk?.x), 'base64url').toString('base64')}`
    for (const { headers, body } of calls) {
      const verified = await verifyWebhook({
        headers: (name) => headers.get(name) ?? undefined,
        body: JSON.stringify(body),
        keys: [key],
        now: w.clock.now,
      })
      expect(verified).toEqual({ ok: true, value: body?.id })
    }
  })

  it('is tried again under the same id when it fails', async () => {
    let failures = 2
    w.market.spoil = ({ path }) => (path === '/webhooks/kentei' && failures-- > 0 ? refuse(500) : undefined)
    await pass(w, 'w-1')
    await drainForDays(w, 1)
    const ids = w.market.calls
      .filter(({ path }) => path === '/webhooks/kentei')
      .map(({ headers }) => headers.get('webhook-id'))
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(1)
    expect(w.market.events).toHaveLength(1)
  })

  it('does not wait for the messages to the marketplace', async () => {
    w.market.spoil = ({ path }) => (path.startsWith('/v1/') ? 'lost' : undefined)
    await pass(w, 'w-1')
    await w.drain()
    expect(w.market.events).toHaveLength(1)
  })
})

describe('what is private', () => {
  const TELLING = /score|passed|failed|answer|response|percent|attempt|duration|得点|不合格/i

  it('never leaves: of a pass, nothing but exam, level, dates, id and status', async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    const result = await submit(w, sitting)
    await w.drain()
    await statusBy(result.json.credential, 'suspended')
    await statusBy(result.json.credential, 'active')
    await statusBy(result.json.credential, 'revoked')
    await w.drain()
    expect(w.market.calls.length).toBeGreaterThan(8)
    for (const { path, body } of w.market.calls) {
      expect(path).not.toMatch(TELLING)
      const { credential: _, explanation: __, ...plain } = body ?? {}
      expect(JSON.stringify(plain)).not.toMatch(TELLING)
      expect(JSON.stringify(body ?? {})).not.toContain(sitting.id)
    }
    // the signed credential inside has no exact score, no answers and no times of its own
    const claims = JSON.stringify(decodeJwt(String(badge('w-1', result.json.credential)?.credential)))
    expect(claims).not.toContain(sitting.id)
    expect(claims).not.toMatch(/answers?"|responses?"|sections"|"score"/)
    for (const item of sitting.items) expect(claims).not.toContain(item.stemHtml)
  })

  it('is everything about a fail: nothing at all is sent or even written down to be sent', async () => {
    await flunk(w, 'w-1')
    const withdrawn = await sit(w, 'w-2')
    await answerAll(w, withdrawn)
    await w.call('POST', `/api/attempts/${withdrawn.id}/withdraw`, { token: withdrawn.token })
    const voided = await sit(w, 'w-3')
    await answerAll(w, voided)
    await w.call('POST', `/api/staff/attempts/${voided.id}/void`, { token: await operator(w), body: { why: 'x' } })
    const late = await sit(w, 'w-4')
    await save(w, late, [{ item: 'q1', revision: 1, response: null }])
    w.clock.advance(hours(1))
    await w.call('GET', `/api/attempts/${late.id}`, { token: late.token })
    await drainForDays(w, 1)
    expect(w.market.calls).toEqual([])
    expect(await rows(w, 'select id from outbox')).toEqual([])
    expect(await rows(w, 'select id from event_log')).toEqual([])
  })
})

it('never waits for the marketplace: drains stop after their rounds', async () => {
  await pass(w, 'w-1')
  await drainOutbox(w.world, { rounds: 1 })
  expect(sent()).toEqual(['GET standing'])
  w.clock.advance(minutes(1))
  await drainOutbox(w.world, { rounds: 1 })
  expect(sent()).toEqual(['GET standing', 'PUT badges/*'])
})
