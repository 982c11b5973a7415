import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '../../src/flows/drain-outbox.ts'
import { hours } from '../../src/kernel/instant.ts'
import { cases } from '../support/cases.ts'
import { drainForDays, pass, rows, sendWebhook } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const refuse = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers })
const forget = () => w.market.calls.splice(0)
const badge = (worker: string, credential: string) => w.market.badges.get(`${worker} ${credential}`)?.body
const signal = (worker: string) => w.market.signals.get(`${worker} tiny`)?.body

describe('the law of standing events', () => {
  it('any permutation with duplicates ends in the same state', async () => {
    const version = 5
    const events = [2, 3, 4, 5].map((n) => ({ id: `evt-${n}`, type: 'worker.standing_changed', data: { version: n } }))
    const expected = {
      good: ['active', 'active', false],
      restricted: ['active', 'active', false],
      suspended: ['suspended', 'suspended', true],
    } as const
    let runs = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('good', 'restricted', 'suspended' as const),
        fc.shuffledSubarray([...events, ...events, ...events], { minLength: 1 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        async (status, order, drains) => {
          runs += 1
          const worker = `law-${runs}`
          const { credential } = await pass(w, worker)
          await w.drain()
          w.market.standings.set(worker, { status: status as 'good', version })
          for (const [n, event] of order.entries()) {
            await sendWebhook(w, { ...event, id: `${event.id}-${worker}`, data: { ...event.data, worker } })
            if (drains[n]) await w.drain()
          }
          await drainForDays(w, 0.01)
          const [row] = await rows(w, 'select status from credentials where id = ?', [credential])
          const [is, shown, withdrawn] = expected[status as 'good']
          expect([row.status, badge(worker, credential)?.status, signal(worker)?.withdrawn ?? false]).toEqual([
            is,
            shown,
            withdrawn,
          ])
        },
      ),
      { numRuns: cases(30, 3) },
    )
  })

  it('a marketplace that changes its mind between events ends where its last word is, whatever is lost or doubled', async () => {
    let runs = 0
    const mind = fc.constantFrom('good' as const, 'suspended' as const)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ status: mind, copies: fc.integer({ min: 0, max: 2 }), drain: fc.boolean() }), {
          minLength: 1,
          maxLength: 6,
        }),
        mind,
        async (history, last) => {
          runs += 1
          const worker = `mind-${runs}`
          const { credential } = await pass(w, worker)
          for (const [n, { status, copies, drain }] of [
            ...history,
            { status: last, copies: 1, drain: true },
          ].entries()) {
            const decided = w.market.decide(worker, status)
            for (let copy = 0; copy < copies; copy++)
              await sendWebhook(w, {
                id: `evt-${worker}-${n}`,
                type: 'worker.standing_changed',
                data: { worker, version: decided.version },
              })
            if (drain) await w.drain()
          }
          await drainForDays(w, 0.01)
          const [row] = await rows(w, 'select status from credentials where id = ?', [credential])
          const good = last === 'good'
          expect([row.status, badge(worker, credential)?.status, signal(worker)?.withdrawn ?? false]).toEqual(
            good ? ['active', 'active', false] : ['suspended', 'suspended', true],
          )
        },
      ),
      { numRuns: cases(30, 3) },
    )
  })
})

describe('the law of deliveries', () => {
  it('whatever fails up to seven times, before or after it was taken, with several workers at once, is shown in the end, in order', async () => {
    let runs = 0
    const fault = fc.constantFrom('none' as const, 'refused' as const, 'lost before' as const, 'lost after' as const)
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 7 }), fc.integer({ min: 1, max: 3 }), async (faults, workers) => {
        runs += 1
        const worker = `fault-${runs}`
        const { credential } = await pass(w, worker)
        forget()
        const left = [...faults]
        const world = {
          ...w.world,
          fetch: async (url: string, init: RequestInit) => {
            const next = left.shift() ?? 'none'
            if (next === 'refused') return refuse(503)
            if (next === 'lost before') throw new TypeError('fetch failed')
            const response = await w.market.fetch(url, init)
            if (next === 'lost after') throw new TypeError('other side closed')
            return response
          },
        }
        for (let round = 0; round < 12; round++) {
          await Promise.all(Array.from({ length: workers }, () => drainOutbox({ ...world })))
          w.clock.advance(hours(12))
        }
        expect(await rows(w, "select id from outbox where status <> 'delivered'")).toEqual([])
        expect(badge(worker, credential)?.status).toBe('active')
        expect(signal(worker)).toBeDefined()
        // what was sent again is the same message: once one has come, none before it comes any more
        const order = w.market.contractCalls.map(({ path }) =>
          ['standing', 'badges', 'ranking-signals'].indexOf(path.split('/')[4] ?? ''),
        )
        expect(order).toEqual([...order].sort((a, b) => a - b))
        expect(new Set(w.market.contractCalls.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(3)
        expect(
          new Set(
            w.market.events.filter(({ data }) => (data as { worker: string }).worker === worker).map(({ id }) => id),
          ).size,
        ).toBe(1)
      }),
      { numRuns: cases(20, 3) },
    )
  })
})
