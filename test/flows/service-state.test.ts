import { afterEach, beforeEach, expect, it } from 'vitest'
import { readServiceState } from '../../src/flows/read-service-state.ts'
import { hours, minutes } from '../../src/kernel/instant.ts'
import type { Fact } from '../../src/world/world.ts'
import { pass, sit } from '../support/exam-hall.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

it('the figures of a service tell what is under way, what waits for whom since when, and how full the list is', async () => {
  expect(await readServiceState(w.world)).toEqual({
    open: 0,
    overdue: 0,
    messages: [],
    oldest: [],
    statusListFilled: 0,
  })
  await pass(w, 'wrk_1')
  await sit(w, 'wrk_2')
  w.clock.advance(minutes(1))
  expect(await readServiceState(w.world)).toEqual({
    open: 1,
    overdue: 0,
    messages: expect.arrayContaining([{ destination: 'marketplace', status: 'pending', n: expect.any(Number) }]),
    oldest: expect.arrayContaining([{ destination: 'marketplace', since: NOON }]),
    statusListFilled: 1 / 131_072,
  })
  w.clock.advance(hours(9))
  expect(await readServiceState(w.world)).toMatchObject({ open: 1, overdue: 1 })
})

it('whoever counts is told of verdicts, refused launches, tries and the other clock, and of no person', async () => {
  const facts: Fact[] = []
  Object.assign(w.world, { note: (fact: Fact) => facts.push(fact) })
  await w.call('POST', '/api/session', { body: { token: 'wrk_secret' } })
  await w.call('POST', '/api/credentials/verify', { body: { credential: 'wrk_secret' } })
  await pass(w, 'wrk_secret')
  await w.drain()
  expect(facts).toEqual(
    expect.arrayContaining([
      { fact: 'launch-refused', reason: 'malformed' },
      { fact: 'verified', verdict: 'invalid' },
      { fact: 'tried', destination: 'marketplace', outcome: 'delivered', failed: false },
    ]),
  )
  expect(JSON.stringify(facts)).not.toContain('wrk_secret')
})

it('calls to the marketplace go on in the trace of the request that causes them, and in the message’s own otherwise', async () => {
  const sent: string[] = []
  const { fetch } = w.world
  Object.assign(w.world, {
    fetch: (url: string, init: RequestInit, timeout: never) => {
      sent.push(new Headers(init.headers).get('traceparent') ?? '')
      return fetch(url, init, timeout)
    },
  })
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  await w.app.request(`${PLUGIN}/exams/tiny/evidence`, { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } })
  expect(sent).toEqual([expect.stringMatching(new RegExp(`^00-${trace}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`))])
  await pass(w, 'wrk_1')
  sent.length = 0
  await w.drain()
  expect(sent.filter((one) => one !== '').length).toBeGreaterThan(1)
  for (const one of sent.filter((header) => header !== '')) {
    expect(one).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    expect(one).not.toContain(trace)
  }
})
