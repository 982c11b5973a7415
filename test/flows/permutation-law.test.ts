import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { randomFrom } from '../../src/kernel/random.ts'
import { cases } from '../support/cases.ts'
import type { TradeEvent } from '../support/fake-trade.ts'
import { deliverEvent, type Hall, openHall, runLog, settle, stateOf } from './certified-hall.ts'
import { drawLog, seedOf, WORKERS } from './market-log.ts'

const EVENTS = 200
const LOGS = [1, 2].slice(0, cases(2, 2))
const ORDERS = cases(5, 5)

let hall: Hall | undefined
afterEach(async () => {
  await hall?.w.close()
  hall = undefined
})

/** Every event once, at once, in order. */
async function inOrder(seed: number) {
  hall = await openHall()
  const told = new Set<string>()
  const opened = hall
  const log = await runLog(opened, drawLog(seed, EVENTS), async (announced) => {
    for (const event of announced) if (!told.has(event.id)) await deliverEvent(opened, event)
    for (const { id } of announced) told.add(id)
    await opened.w.drain()
  })
  await settle(opened)
  return { log, state: await stateOf(opened) }
}

/** Events any number of times in any order, some while the story still goes on, the post going out now and then. */
async function inDisorder(seed: number, order: number) {
  hall = await openHall()
  const opened = hall
  const random = randomFrom(seedOf(1_000 * seed + order))
  // some orders wait for the whole story to be over
  const eagerness = order % 3 === 0 ? 0 : 4
  const told = new Set<TradeEvent>()
  const log = await runLog(opened, drawLog(seed, EVENTS), async (announced) => {
    if (eagerness > 0 && random.below(eagerness) === 0) {
      const event = announced[random.below(Math.max(1, announced.length))]
      if (event) await deliverEvent(opened, event)
      if (event && random.below(2)) told.add(event)
    }
    if (random.below(5) === 0) await opened.w.drain()
  })
  const left = log.filter((event) => !told.has(event))
  const again = log.filter(() => random.below(3) === 0)
  for (const event of random.shuffle([...left, ...again])) {
    await deliverEvent(opened, event)
    if (random.below(6) === 0) await opened.w.drain()
  }
  await settle(opened)
  return stateOf(opened)
}

describe.each(LOGS)('two hundred events of the marketplace, log %i', (seed) => {
  // biome-ignore lint/suspicious/noExplicitAny: a picture of both databases
  let expected: { log: readonly TradeEvent[]; state: any }
  beforeAll(async () => {
    expected = await inOrder(seed)
    await hall?.w.close()
    hall = undefined
  })

  it('are of every kind, and leave something of every kind behind', () => {
    expect(expected.log).toHaveLength(EVENTS)
    expect(new Set(expected.log.map(({ type }) => type)).size).toBe(7)
    const { plugin, marketplace } = expected.state
    expect(new Set(plugin.credentials.map(({ status }: { status: string }) => status))).toEqual(
      new Set(['active', 'suspended', 'revoked']),
    )
    expect(plugin.contracts.filter(({ reviewed }: { reviewed: number }) => reviewed).length).toBeGreaterThan(10)
    expect(plugin.contracts.filter(({ refunded }: { refunded: number }) => refunded).length).toBeGreaterThan(3)
    expect(plugin.cases).toHaveLength(8)
    expect(plugin.undelivered).toEqual([])
    expect(marketplace.contexts.length).toBeGreaterThan(10)
    expect(marketplace.badges).toHaveLength(WORKERS.length)
  })

  it.each(Array.from({ length: ORDERS }, (_, order) => order))(
    'in any order with duplicates end in the same state on both sides: order %i',
    async (order) => {
      expect(await inDisorder(seed, order)).toEqual(expected.state)
    },
  )
})
