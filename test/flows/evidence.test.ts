import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hours, minutes } from '../../src/kernel/instant.ts'
import { operator, pass, rows, sendWebhook } from '../support/exam-hall.ts'
import type { TradeEvent } from '../support/fake-trade.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const tell = async (event: TradeEvent) => {
  await sendWebhook(w, { ...event })
  await w.drain()
}
const form = (contract: string, client = 'client-1', exam = 'tiny') =>
  w.market.trade.form(contract, { worker: 'w-1', exam, client })
const evidence = async () => {
  const { json } = await w.call('GET', '/api/workers/w-1/credentials', {
    token: await w.market.serviceToken('credentials:read'),
  })
  return json.credentials[0].evidence
}
const statusBy = async (credential: string, status: string) =>
  w.call('POST', `/api/staff/credentials/${credential}/status`, {
    token: await operator(w),
    body: { status, why: 'x' },
  })
const contexts = () => [...w.market.trade.contexts]

describe('a contract that is formed', () => {
  it('freezes which certificate stood', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    w.market.calls.splice(0)
    await tell(form('c-1'))
    expect(contexts()).toEqual([['c-1', credential]])
    const [call] = w.market.contractCalls
    expect([call?.method, call?.path, call?.body]).toEqual(['PUT', '/v1/contracts/c-1/skill-context', { credential }])
    expect(decodeJwt(call?.headers.get('authorization')?.slice(7) ?? '').scope).toBe('contracts:write')
    expect(await rows(w, 'select credential_id, frozen_at is not null as frozen from contract_evidence')).toMatchObject(
      [{ credential_id: credential, frozen: 1 }],
    )
  })

  it('of another exam, or by a worker without a certificate, freezes nothing', async () => {
    await pass(w, 'w-1')
    await w.launch('w-2')
    await w.drain()
    await tell(form('c-1', 'client-1', 'other'))
    await tell(w.market.trade.form('c-2', { worker: 'w-2', exam: 'tiny', client: 'client-1' }))
    await tell(w.market.trade.form('c-3', { worker: 'nobody', exam: 'tiny', client: 'client-1' }))
    expect(contexts()).toEqual([])
    expect(
      (await rows(w, 'select contract, credential_id from contract_evidence order by contract')).map((row) => ({
        ...row,
      })),
    ).toEqual([
      { contract: 'c-1', credential_id: null },
      { contract: 'c-2', credential_id: null },
    ])
  })

  it('goes by the time when it was formed, not by when that was heard of', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    w.clock.advance(minutes(1))
    const before = form('c-before')
    w.clock.advance(minutes(1))
    await statusBy(credential, 'suspended')
    w.clock.advance(minutes(1))
    const meanwhile = form('c-meanwhile')
    w.clock.advance(minutes(1))
    await statusBy(credential, 'active')
    w.clock.advance(minutes(1))
    const after = form('c-after')
    for (const event of [after, meanwhile, before]) await tell(event)
    expect(contexts().sort()).toEqual([
      ['c-after', credential],
      ['c-before', credential],
    ])
  })

  it('during a review that finds nothing freezes it afterwards', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    await w.call('POST', `/api/staff/credentials/${credential}/case`, {
      token: await operator(w),
      body: { policy: 'outside-help', note: 'x' },
    })
    await w.drain()
    w.clock.advance(hours(1))
    const decided = w.market.trade.decideCase('case-1', 'no-action')
    w.clock.advance(hours(1))
    await tell(form('c-1'))
    expect(contexts()).toEqual([])
    await tell(decided)
    expect(contexts()).toEqual([['c-1', credential]])
  })

  it('whose certificate the marketplace refuses does not keep later letters waiting', async () => {
    const { credential } = await pass(w, 'w-1')
    await w.drain()
    w.market.trade.contexts.set('c-1', 'crd_another')
    await tell(form('c-1'))
    expect(await rows(w, "select status, last_error from outbox where kind = 'skill-context'")).toMatchObject([
      { status: 'dead', last_error: '409' },
    ])
    await statusBy(credential, 'suspended')
    await w.drain()
    expect(w.market.badges.get(`w-1 ${credential}`)?.body.status).toBe('suspended')
  })
})

describe('evidence', () => {
  it('counts what is paid out and reviewed, each client once; a refund takes it back', async () => {
    await pass(w, 'w-1')
    await w.drain()
    for (const [contract, client] of [
      ['c-1', 'a'],
      ['c-2', 'a'],
      ['c-3', 'b'],
      ['c-4', 'c'],
      ['c-5', 'd'],
    ] as const)
      await tell(form(contract, client))
    expect(await evidence()).toEqual({ contracts: 0, clients: 0 })
    for (const contract of ['c-1', 'c-2', 'c-3', 'c-4']) await tell(w.market.trade.release(contract))
    expect(await evidence()).toEqual({ contracts: 0, clients: 0 })
    for (const contract of ['c-1', 'c-2', 'c-3', 'c-5']) await tell(w.market.trade.reveal(contract))
    expect(await evidence()).toEqual({ contracts: 3, clients: 2 })
    await tell(w.market.trade.refund('c-1'))
    expect(await evidence()).toEqual({ contracts: 2, clients: 2 })
    await tell(w.market.trade.refund('c-2'))
    expect(await evidence()).toEqual({ contracts: 1, clients: 1 })
  })

  it('is fetched under the narrowest scopes, page by page, once for many events', async () => {
    await pass(w, 'w-1')
    await w.drain()
    const events = Array.from({ length: 8 }, (_, n) => form(`c-${n}`)).map((_, n) => w.market.trade.release(`c-${n}`))
    for (const event of events) await sendWebhook(w, { ...event })
    w.market.calls.splice(0)
    await w.drain()
    const asked = w.market.contractCalls
      .filter(({ path }) => path === '/v1/escrow/contracts')
      .map(({ query }) => String(query))
    expect(asked).toEqual([
      'worker=w-1&state=released',
      'worker=w-1&state=released&after=c-2',
      'worker=w-1&state=released&after=c-5',
    ])
    // the listing told when they were formed
    expect(w.market.trade.contexts.size).toBe(8)
    const scopes = w.market.contractCalls.map(
      ({ headers }) => decodeJwt(headers.get('authorization')?.slice(7) ?? '').scope,
    )
    expect(new Set(scopes)).toEqual(new Set(['escrow:read', 'reviews:read', 'contracts:write']))
    await tell(w.market.trade.reveal('c-1'))
    expect(decodeJwt(w.market.contractCalls.at(-1)?.headers.get('authorization')?.slice(7) ?? '').scope).toBe(
      'reviews:read',
    )
  })

  it('that is asked for while an answer is under way is asked for again', async () => {
    await pass(w, 'w-1')
    await w.drain()
    form('c-1')
    form('c-2')
    let asked = 0
    w.market.spoil = async (call) => {
      if (call.path !== '/v1/escrow/contracts' || asked++ > 0) return undefined
      const answer = w.market.trade.answer(call)
      // the marketplace pays out the second right after it has answered, and says so
      await sendWebhook(w, { ...w.market.trade.release('c-2') })
      return answer
    }
    await sendWebhook(w, { ...w.market.trade.release('c-1') })
    await w.drain()
    expect(await rows(w, 'select contract from contract_evidence where released_at is not null')).toHaveLength(2)
  })

  it('of reviews is kept as aggregates, the hidden ones of five clients at least, and never goes back', async () => {
    await pass(w, 'w-1')
    await w.drain()
    for (let n = 0; n < 5; n++) form(`c-${n}`, `client-${n}`)
    for (let n = 0; n < 4; n++) await tell(w.market.trade.reveal(`c-${n}`))
    const kept = async () => {
      const [row] = await rows(w, 'select revealed, hidden, version from review_evidence')
      return [JSON.parse(row.revealed).count, row.hidden && JSON.parse(row.hidden).n, row.version]
    }
    expect(await kept()).toEqual([4, null, 4])
    await tell(w.market.trade.reveal('c-4'))
    expect(await kept()).toEqual([5, 5, 5])
    w.market.spoil = ({ path }) =>
      path === '/v1/reviews/aggregates'
        ? Response.json({ worker: 'w-1', revealed: { count: 1, clients: 1, axes: null }, hidden: null, version: 3 })
        : undefined
    await sendWebhook(w, { id: 'late', type: 'review.revealed', data: { worker: 'w-1', contract: 'c-0', version: 1 } })
    await w.drain()
    expect(await kept()).toEqual([5, 5, 5])
  })

  it('of hidden answers of fewer than five is not taken', async () => {
    await pass(w, 'w-1')
    await w.drain()
    w.market.spoil = ({ path }) =>
      path === '/v1/reviews/aggregates'
        ? Response.json({
            worker: 'w-1',
            revealed: { count: 4, clients: 4, axes: null },
            hidden: { n: 4, againMean: 3, safeShare: 0.5, batches: 1, asOf: '2026-11' },
            version: 3,
          })
        : undefined
    form('c-1')
    await tell(w.market.trade.reveal('c-1'))
    expect(await rows(w, 'select * from review_evidence')).toEqual([])
    expect(await rows(w, "select status, last_error from outbox where kind = 'read-reviews'")).toMatchObject([
      { status: 'pending', last_error: expect.stringContaining('not the answer') },
    ])
  })

  it('is gathered about holders of certificates only, and erased with them', async () => {
    await w.launch('w-2')
    await tell(w.market.trade.event('escrow.released', { worker: 'w-2', contract: 'c-9', version: 2 }))
    expect(w.market.calls).toEqual([])
    await pass(w, 'w-1')
    await w.drain()
    await tell(form('c-1'))
    await tell(w.market.trade.release('c-1'))
    await tell(w.market.trade.reveal('c-1'))
    const late = form('c-2')
    await tell(w.market.trade.event('worker.deleted', { worker: 'w-1', version: 9 }))
    await tell(late)
    for (const table of ['contract_evidence', 'review_evidence'])
      expect(await rows(w, `select * from ${table}`)).toEqual([])
    expect(await rows(w, "select id from outbox where stream in ('worker:w-1', 'reads:w-1')")).toEqual([])
  })
})

it('operators see what the new letters are', async () => {
  await pass(w, 'w-1')
  await w.drain()
  await tell(form('c-1'))
  await tell(w.market.trade.release('c-1'))
  const { token } = await w.launch('op-1', { role: 'operator', locale: 'en' })
  const { text } = await w.call('GET', '/staff/deliveries', {
    headers: { authorization: `Bearer ${token}`, accept: 'text/html' },
  })
  expect(text).toContain('Certificate of a contract')
  expect(text).toContain('Ask for paid contracts')
  expect(text).not.toMatch(/message\.|step\./)
})
