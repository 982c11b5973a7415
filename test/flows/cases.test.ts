import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hours, minutes } from '../../src/kernel/instant.ts'
import { NEVER } from '../../src/platform/outbox/store.ts'
import { decideStanding, drainForDays, flunk, operator, pass, rows, sendWebhook } from '../support/exam-hall.ts'
import type { TradeEvent } from '../support/fake-trade.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const suspicion = { policy: 'outside-help', note: 'scored 100 in two minutes, failed twice before' }
const openOn = async (path: string, body: object = suspicion) =>
  w.call('POST', `/api/staff/${path}/case`, { token: await operator(w), body })
const statusBy = async (credential: string, status: string) =>
  w.call('POST', `/api/staff/credentials/${credential}/status`, {
    token: await operator(w),
    body: { status, why: 'decided' },
  })
const statusOf = async (credential: string) =>
  (await rows(w, 'select status from credentials where id = ?', [credential]))[0].status
const badge = (credential: string) => w.market.badges.get(`w-1 ${credential}`)?.body
const signal = () => w.market.signals.get('w-1 tiny')?.body
const tell = async (event: TradeEvent) => {
  await sendWebhook(w, { ...event })
  await w.drain()
}

/** A certificate that the marketplace has and that is under review. */
async function underReview() {
  const sitting = await pass(w, 'w-1')
  await w.drain()
  const opened = await openOn(`credentials/${sitting.credential}`)
  await w.drain()
  const known = w.market.trade.caseOf(sitting.credential)
  if (!known) throw new Error('the case was not reported')
  return { ...sitting, opened, case: known.case }
}

describe('a case of suspected cheating', () => {
  it('takes the worth away at once, signal first, and is reported after it', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    w.market.calls.splice(0)
    const opened = await openOn(`credentials/${credential}`)
    expect(opened).toMatchObject({
      status: 201,
      json: { credential, status: 'suspended', version: 2, case: expect.stringMatching(/^cas_/) },
    })
    await w.drain()
    expect(
      w.market.contractCalls.map(({ method, path }) => `${method} ${path.split('/').slice(2, 5).join('/')}`),
    ).toEqual([
      'DELETE workers/w-1/ranking-signals',
      'PUT workers/w-1/badges',
      'POST moderation/cases',
      'GET moderation/cases/case-1',
    ])
    expect(decodeJwt(w.market.contractCalls[2]?.headers.get('authorization')?.slice(7) ?? '').scope).toBe(
      'moderation:write',
    )
    expect(decodeJwt(w.market.contractCalls[3]?.headers.get('authorization')?.slice(7) ?? '').scope).toBe(
      'moderation:write',
    )
    expect([await statusOf(credential), badge(credential)?.status, signal()?.withdrawn]).toEqual([
      'suspended',
      'suspended',
      true,
    ])
  })

  it('tells which certificate and what kinds of things were seen, and nothing of scores, answers, times, attempts or notes', async () => {
    const sitting = await pass(w, 'w-1')
    await rows(
      w,
      "insert into attempt_signals (attempt_id, kind, claimed_at, received_at) values (?, 'paste', 'x', 1), (?, 'paste', 'x', 2), (?, 'hidden', 'x', 3), (?, 'visible', 'x', 4)",
      Array(4).fill(sitting.id),
    )
    expect((await openOn(`attempts/${sitting.id}`)).status).toBe(201)
    await w.drain()
    const body = w.market.contractCalls.find(({ path }) => path === '/v1/moderation/cases')?.body
    const { reference, url, issuedAt, ...evidence } = (body?.evidence ?? {}) as Record<string, unknown>
    expect({ ...body, evidence }).toEqual({
      subject: { type: 'credential', id: sitting.credential, worker: 'w-1' },
      policy: 'outside-help',
      automated: false,
      evidence: {
        exam: 'tiny',
        level: 3,
        signals: [
          { kind: 'hidden', count: 1 },
          { kind: 'paste', count: 2 },
        ],
      },
    })
    expect([reference, url, issuedAt]).toEqual([
      expect.stringMatching(/^cas_/),
      expect.stringContaining(sitting.credential),
      expect.any(String),
    ])
    expect(JSON.stringify(body)).not.toMatch(/score|answer|fail|attempt|minutes|\b100\b/i)
    expect(JSON.stringify(body)).not.toContain(sitting.id)
  })

  it('cannot be opened on an attempt that earned nothing: a failure is never told', async () => {
    const sitting = await flunk(w, 'w-1')
    expect(await openOn(`attempts/${sitting.id}`)).toMatchObject({ status: 409, json: { code: 'conflict' } })
    await w.drain()
    expect(w.market.calls).toEqual([])
  })

  it.each([
    ['attempts/att_none', suspicion, 404],
    ['credentials/crd_none', suspicion, 404],
    ['credentials/crd_none', { policy: 'Outside Help', note: 'x' }, 422],
    ['credentials/crd_none', { policy: 'outside-help' }, 422],
  ])('is refused on %s with %j', async (path, body, status) => {
    expect((await openOn(path, body)).status).toBe(status)
  })

  it('is for operators only', async () => {
    const { credential, token } = await pass(w, 'w-1')
    expect((await w.call('POST', `/api/staff/credentials/${credential}/case`, { token, body: suspicion })).status).toBe(
      403,
    )
    expect((await w.call('POST', `/api/staff/credentials/${credential}/case`, { body: suspicion })).status).toBe(401)
  })

  it('is one, however many open it at once', async () => {
    const { credential } = await pass(w, 'w-1')
    const token = await operator(w)
    const replies = await Promise.all(
      Array.from({ length: 5 }, () =>
        w.call('POST', `/api/staff/credentials/${credential}/case`, { token, body: suspicion }),
      ),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
    expect(new Set(replies.map(({ json }) => json.case)).size).toBe(1)
    await w.drain()
    expect(w.market.trade.cases.size).toBe(1)
    expect(await rows(w, "select id from event_log where type = 'credential.suspended'")).toHaveLength(1)
  })

  it('is not opened on a certificate that was revoked', async () => {
    const { credential } = await pass(w, 'w-1')
    await statusBy(credential, 'revoked')
    expect((await openOn(`credentials/${credential}`)).json.code).toBe('conflict')
  })
})

describe('what the marketplace decides', () => {
  it('no action: the certificate is worth what it was', async () => {
    const { credential, case: id } = await underReview()
    await tell(w.market.trade.decideCase(id, 'no-action'))
    expect([await statusOf(credential), badge(credential)?.status, signal()?.equivalentReviews]).toEqual([
      'active',
      'active',
      expect.any(Number),
    ])
  })

  it('a suspension that an appeal reverses', async () => {
    const { credential, case: id } = await underReview()
    await tell(w.market.trade.decideCase(id, 'suspend-credential'))
    expect(await statusOf(credential)).toBe('suspended')
    await tell(w.market.trade.decideAppeal(id, 'reverse'))
    expect([await statusOf(credential), badge(credential)?.status]).toEqual(['active', 'active'])
  })

  it.each([
    ['dismissed the appeal', (id: string) => w.market.trade.decideAppeal(id, 'uphold')],
    ['waited out the time for an appeal', (id: string) => w.market.trade.decideCase(id, 'revoke-credential', true)],
  ])('a revocation, which takes effect when they have %s', async (_, finally_) => {
    const { credential, case: id } = await underReview()
    await tell(w.market.trade.decideCase(id, 'revoke-credential'))
    expect([await statusOf(credential), badge(credential)?.status]).toEqual(['suspended', 'suspended'])
    await tell(finally_(id))
    expect([await statusOf(credential), badge(credential)?.status, signal()?.withdrawn]).toEqual([
      'revoked',
      'revoked',
      true,
    ])
  })

  it('is not undone by an older state that comes late', async () => {
    const { credential, case: id } = await underReview()
    await tell(w.market.trade.decideCase(id, 'no-action'))
    const decided = w.market.trade.cases.get(id)
    w.market.spoil = ({ path }) =>
      path === `/v1/moderation/cases/${id}`
        ? Response.json({ ...decided, status: 'open', decision: null, version: 1 })
        : undefined
    await sendWebhook(w, {
      id: 'evt-late',
      type: 'moderation.case_decided',
      data: { case: id, worker: 'w-1', version: 1 },
    })
    await w.drain()
    expect(await statusOf(credential)).toBe('active')
  })

  it('before the answer to the report has arrived takes effect when it has', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    let lost = 1
    w.market.spoil = async (call) => {
      if (call.path !== '/v1/moderation/cases' || lost-- <= 0) return undefined
      w.market.trade.answer(call)
      return 'lost'
    }
    await openOn(`credentials/${credential}`)
    await w.drain()
    const id = w.market.trade.caseOf(credential)?.case ?? ''
    await tell(w.market.trade.decideCase(id, 'no-action'))
    expect(await statusOf(credential)).toBe('suspended')
    await drainForDays(w, 0.1)
    expect(w.market.trade.cases.size).toBe(1)
    expect(await statusOf(credential)).toBe('active')
  })

  it.each([
    [422, { code: 'invalid' }],
    [404, { code: 'not-found' }],
  ])(
    'nothing, for it answers %i to the report: the certificate is let go, and another case may be opened',
    async (status, body) => {
      const { credential } = await pass(w, 'w-1')
      await w.drain()
      w.market.spoil = ({ path }) => (path === '/v1/moderation/cases' ? Response.json(body, { status }) : undefined)
      const { json } = await openOn(`credentials/${credential}`)
      await w.drain()
      expect([await statusOf(credential), badge(credential)?.status]).toEqual(['active', 'active'])
      expect(await rows(w, 'select status, final from integrity_cases')).toEqual([{ status: 'not-taken', final: 1 }])
      w.market.spoil = () => undefined
      const second = await openOn(`credentials/${credential}`)
      expect([second.status, second.json.case === json.case]).toEqual([201, false])
      await w.drain()
      expect(w.market.trade.caseOf(credential)).toBeDefined()
    },
  )

  it('about a certificate by itself is carried out too while a case of ours has no name yet, and that one goes on', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    w.market.spoil = ({ path }) => (path === '/v1/moderation/cases' ? new Response('', { status: 503 }) : undefined)
    await openOn(`credentials/${credential}`)
    await w.drain()
    const own = w.market.trade.openCase({ type: 'credential', id: credential, worker: 'w-1' })
    await tell(w.market.trade.decideCase(own.case, 'revoke-credential', true))
    expect(await statusOf(credential)).toBe('suspended')
    w.market.spoil = () => undefined
    await drainForDays(w, 0.5)
    expect([await statusOf(credential), w.market.trade.cases.size]).toEqual(['revoked', 2])
  })

  it('by itself while the report of ours was given up holds beside it, and is not held twice once that turns out to be the same', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    const own = w.market.trade.openCase({ type: 'credential', id: credential, worker: 'w-1' })
    w.market.spoil = ({ path }) => (path === '/v1/moderation/cases' ? new Response('', { status: 503 }) : undefined)
    await openOn(`credentials/${credential}`)
    await drainForDays(w, 2)
    await tell(w.market.trade.decideCase(own.case, 'no-action'))
    expect(await rows(w, 'select final from integrity_cases where marketplace_case is not null')).toHaveLength(1)
    w.market.spoil = ({ path }) =>
      path === '/v1/moderation/cases'
        ? Response.json({ case: own.case, status: 'open', version: 1 }, { status: 201 })
        : undefined
    await rows(w, "update outbox set status = 'pending', attempts = 0, next_at = 0 where kind = 'case'")
    await w.drain()
    expect(await statusOf(credential)).toBe('active')
  })

  it('once the report was given up for good decides what it reported: nobody would ever let the certificate go', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    const own = w.market.trade.openCase({ type: 'credential', id: credential, worker: 'w-1' })
    w.market.spoil = ({ path }) => (path === '/v1/moderation/cases' ? new Response('', { status: 503 }) : undefined)
    await openOn(`credentials/${credential}`)
    await drainForDays(w, 2)
    await rows(w, "update outbox set next_at = ? where kind = 'case' and status = 'dead'", [NEVER])
    await tell(w.market.trade.decideCase(own.case, 'no-action'))
    expect(await statusOf(credential)).toBe('active')
    expect(await rows(w, 'select marketplace_case, action from integrity_cases')).toEqual([
      { marketplace_case: own.case, action: 'no-action' },
    ])
  })

  it('about a certificate by itself is carried out too, and about somebody else’s is not', async () => {
    const { credential } = await pass(w, 'w-1')
    const other = await pass(w, 'w-2')
    await w.drain()
    const own = w.market.trade.openCase({ type: 'credential', id: credential, worker: 'w-1' })
    await tell(w.market.trade.decideCase(own.case, 'suspend-credential'))
    expect(await statusOf(credential)).toBe('suspended')
    await tell(w.market.trade.decideAppeal(own.case, 'reverse'))
    expect(await statusOf(credential)).toBe('active')
    const wrong = w.market.trade.openCase({ type: 'credential', id: other.credential, worker: 'w-1' })
    await tell(w.market.trade.decideCase(wrong.case, 'revoke-credential', true))
    expect(await statusOf(other.credential)).toBe('active')
  })
})

describe('a certificate with several troubles', () => {
  it('stays suspended until the last of them is over', async () => {
    const { credential, case: id } = await underReview()
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    await statusBy(credential, 'suspended')
    await tell(w.market.trade.decideCase(id, 'no-action'))
    expect(await statusOf(credential)).toBe('suspended')
    await decideStanding(w, 'w-1', 'good')
    await w.drain()
    expect([await statusOf(credential), badge(credential)?.status]).toEqual(['suspended', 'suspended'])
    expect((await statusBy(credential, 'active')).json.status).toBe('active')
    await w.drain()
    expect(badge(credential)?.status).toBe('active')
  })

  it('is not freed by an operator who did not suspend it', async () => {
    const { credential } = await underReview()
    const refused = await statusBy(credential, 'active')
    expect([refused.status, refused.json.code, refused.json.detail]).toEqual([
      409,
      'conflict',
      expect.stringContaining('case'),
    ])
    expect(await statusOf(credential)).toBe('suspended')
  })

  it('that was suspended and is only restricted now is given back, for it had been given before', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    await decideStanding(w, 'w-1', 'restricted')
    await w.drain()
    expect([await statusOf(credential), badge(credential)?.status, signal()?.equivalentReviews]).toEqual([
      'active',
      'active',
      expect.any(Number),
    ])
  })

  it('and that the marketplace never had waits for a good standing', async () => {
    w.market.decide('w-1', 'restricted')
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    await decideStanding(w, 'w-1', 'restricted')
    await drainForDays(w, 0.1)
    expect([await statusOf(credential), badge(credential)?.status]).toEqual(['active', 'suspended'])
    await decideStanding(w, 'w-1', 'good')
    await drainForDays(w, 0.1)
    expect([badge(credential)?.status, signal()?.equivalentReviews]).toEqual(['active', expect.any(Number)])
  })
})

it('two certificates of one exam: the ranking goes by the one that stands', async () => {
  const first = await pass(w, 'w-1')
  await w.drain()
  w.clock.advance(hours(24 * 40))
  const second = await pass(w, 'w-1')
  await w.drain()
  await statusBy(first.credential, 'revoked')
  await w.drain()
  expect([badge(first.credential)?.status, badge(second.credential)?.status]).toEqual(['revoked', 'active'])
  expect(signal()).toMatchObject({
    equivalentReviews: expect.any(Number),
    validUntil: badge(second.credential)?.validUntil,
  })
  await statusBy(second.credential, 'suspended')
  await w.drain()
  expect(signal()).toMatchObject({ withdrawn: true })
  w.clock.advance(minutes(1))
})
