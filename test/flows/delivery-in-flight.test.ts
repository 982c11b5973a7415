import { afterEach, beforeEach, expect, it } from 'vitest'
import { instant, seconds } from '../../src/kernel/instant.ts'
import { pass, rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

it('a message waits a little, and loses no try, while the marketplace is still busy with a try that was cut off', async () => {
  const busyUntil = w.clock.now + seconds(60)
  w.market.spoil = ({ path, at }) =>
    path.includes('/badges/') && at < busyUntil
      ? Response.json({ title: 'busy', status: 409, code: 'idempotency-in-flight' }, { status: 409 })
      : undefined
  await pass(w, 'w-1')
  for (let n = 0; n < 7; n++) {
    await w.drain()
    w.clock.now = instant(w.clock.now + seconds(10))
  }
  const tries = w.market.contractCalls
    .filter(({ path }) => path.includes('/badges/'))
    .map(({ at }) => (at - busyUntil) / 1_000)
  expect(tries).toEqual([-60, -50, -40, -30, -20, -10, 0])
  expect(await rows(w, "select status, attempts from outbox where kind = 'badge'")).toMatchObject([
    { status: 'delivered', attempts: 0 },
  ])
  expect(w.market.signals.has('w-1 tiny')).toBe(true)
})

it('a conflict of another kind is a failure like any other', async () => {
  w.market.spoil = ({ path }) =>
    path.includes('/badges/')
      ? Response.json({ title: 'no', status: 409, code: 'conflict' }, { status: 409 })
      : undefined
  await pass(w, 'w-1')
  await w.drain()
  expect(await rows(w, "select status, attempts from outbox where kind = 'badge'")).toMatchObject([
    { status: 'pending', attempts: 1 },
  ])
})
