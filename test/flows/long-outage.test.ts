import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDestinations } from '../../src/flows/read-destinations.ts'
import { hours, instant, minus, minutes } from '../../src/kernel/instant.ts'
import { givenUp } from '../../src/platform/outbox/history/store.ts'
import { decideStanding, drainForDays, pass, rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

// A marketplace that nobody reaches for longer than a message is tried.

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const statuses = async () =>
  Object.fromEntries(
    (await rows(w, "select status, count(*) as n from outbox where kind <> 'recheck' group by status")).map(
      ({ status, n }) => [status, n],
    ),
  )
const down = () => {
  w.market.spoil = () => 'lost'
}
const back = () => {
  w.market.spoil = () => undefined
  w.market.calls.splice(0)
}

describe('after three days without a marketplace', () => {
  it('what was given up goes out by itself, to the marketplace and to subscribers, though nothing new is to be told', async () => {
    down()
    const begun = w.clock.now
    const passes = [await pass(w, 'w-1'), await pass(w, 'w-2')]
    await drainForDays(w, 3)
    const given = await statuses()
    expect(given.dead).toBeGreaterThanOrEqual(4)
    expect(given.delivered).toBeUndefined()
    // nobody answered a message that was given up either, and of the last day the first try is not when it fell silent
    for (const since of [instant(0), minus(w.clock.now, hours(24))]) {
      const { destinations } = await readDestinations(w.world, since)
      const silentSince = destinations.find(({ destination }) => destination === 'marketplace')?.silentSince ?? 0
      expect(Math.abs(silentSince - begun)).toBeLessThan(60_000)
    }
    back()
    w.clock.advance(minutes(11))
    await drainForDays(w, 1)
    const { destinations } = await readDestinations(w.world, minus(w.clock.now, hours(24)))
    expect(destinations.filter(({ silentSince }) => silentSince !== undefined)).toEqual([])
    expect(await statuses()).toEqual({ delivered: given.dead + given.pending })
    for (const [at, { credential }] of passes.entries())
      expect(w.market.badges.get(`w-${at + 1} ${credential}`)?.body).toMatchObject({ status: 'active' })
    expect(w.market.signals.size).toBe(2)
    expect(w.market.events.map(({ type }) => type)).toEqual(['credential.issued', 'credential.issued'])
  })

  it('it goes out with the first sign of life, in its order, and news of later are what stands in the end', async () => {
    down()
    const { credential } = await pass(w, 'w-1')
    await drainForDays(w, 3)
    back()
    await decideStanding(w, 'w-1', 'suspended')
    await drainForDays(w, 1)
    expect((await statuses()).dead).toBeUndefined()
    expect(w.market.badges.get(`w-1 ${credential}`)?.body).toMatchObject({ status: 'suspended' })
    expect(w.market.signals.get('w-1 tiny')?.body).toMatchObject({ withdrawn: true })
  })

  it('what was given up is counted, with how long the oldest has waited, until it comes back no more', async () => {
    down()
    await pass(w, 'w-1')
    const begun = w.clock.now
    await drainForDays(w, 3)
    const found = await givenUp(w.db)
    expect(found.map(({ destination }) => destination)).toEqual(['marketplace', expect.stringMatching(/^subscriber:/)])
    for (const { messages, createdAt } of found) {
      expect(messages).toBeGreaterThan(0)
      expect(Math.abs(createdAt - begun)).toBeLessThan(60_000)
    }
    for (let hour = 0; hour < 28 * 24; hour += 1) {
      w.clock.advance(hours(1))
      await w.drain()
    }
    expect(await givenUp(w.db)).toEqual([])
  })

  it('it is asked for a sign of life seldom, and with one message', async () => {
    down()
    for (const worker of ['w-1', 'w-2', 'w-3']) await pass(w, worker)
    await drainForDays(w, 3)
    w.market.calls.splice(0)
    for (let tenMinutes = 0; tenMinutes < 6; tenMinutes += 1) {
      w.clock.advance(minutes(10))
      await w.drain()
      await w.drain()
    }
    expect(w.market.contractCalls.length).toBeLessThanOrEqual(6)
  })
})

it('a message that a marketplace refused, or that is the only one that fails, keeps no other waiting and is not tried for ever', async () => {
  w.market.spoil = ({ path }) => (path.includes('/badges/') ? new Response(null, { status: 503 }) : undefined)
  await pass(w, 'w-1')
  await drainForDays(w, 3)
  w.market.calls.splice(0)
  for (let hour = 0; hour < 40 * 24; hour += 1) {
    w.clock.advance(hours(1))
    await w.drain()
  }
  const tries = w.market.contractCalls.filter(({ path }) => path.includes('/badges/'))
  expect(tries.length).toBeGreaterThan(10)
  expect(tries.length).toBeLessThan(100)
  w.market.calls.splice(0)
  w.clock.advance(hours(24))
  await w.drain()
  expect(w.market.contractCalls.filter(({ path }) => path.includes('/badges/'))).toEqual([])
})
