import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Instant, instant, milliseconds, minutes, plus } from '../../src/kernel/instant.ts'
import type { LogLine } from '../../src/platform/log-line.ts'
import { afterAWhile, afterTry, newsOfAge, type Outage } from '../../src/platform/outbox/outage.ts'
import { seldom, watchDestinations } from '../../src/tend-service.ts'
import { turnBefore, turnOf } from '../../src/world/edge-tenants.ts'

const BEGIN = instant(Date.parse('2026-11-25T03:00:00Z'))

it('one try that fails is a hiccup, the second in a row an outage, and whoever answers ends it', () => {
  const first = afterTry(undefined, true, BEGIN)
  expect(first.news).toBeUndefined()
  const second = afterTry(first.outage, true, plus(BEGIN, minutes(5)))
  expect([second.news, second.about?.since]).toEqual(['destination-down', BEGIN])
  expect(afterTry(second.outage, true, plus(BEGIN, minutes(35))).news).toBeUndefined()
  expect(afterTry(first.outage, false, BEGIN)).toEqual({})
  expect(afterTry(second.outage, false, BEGIN)).toEqual({ news: 'destination-up', about: second.outage })
})

it('an outage of three days is spoken of once an hour, whether or not anything is tried', () => {
  let outage: Outage | undefined = afterTry({ since: BEGIN, failures: 1 }, true, BEGIN).outage
  let told = 0
  let now: Instant = BEGIN
  for (; now < plus(BEGIN, minutes(72 * 60)); now = plus(now, minutes(1))) {
    const step = afterAWhile(outage as Outage, now)
    outage = step.outage
    if (step.news === 'destination-still-down') told += 1
  }
  expect(told).toBe(71)
})

it('where nobody remembers tries, an outage is told of by the age of what waits: once, and then once an hour, however many tenants share the sweeps', () => {
  for (const many of [1, 4, 5, 6, 7, 8, 12, 16, 20, 24]) {
    const tenants = Array.from({ length: many }, (_, tenant) => tenant)
    for (const tenant of tenants) {
      const told: [number, string][] = []
      const begin = BEGIN / 60_000
      for (let minute = begin; minute < begin + 3 * 60 + many; minute += 1) {
        if (!turnOf(tenants, 4, minute).includes(tenant)) continue
        const at = instant(minute * 60_000)
        const before = instant(turnBefore(tenants, 4, minute, tenant) * 60_000)
        const news = newsOfAge(BEGIN, { at, before })
        if (news) told.push([minute - begin, news])
      }
      const late = told.map(([minute], nth) => minute - ([35, 60, 120, 180][nth] ?? 0))
      expect(Math.max(...late), `${tenant} of ${many}`).toBeLessThanOrEqual(Math.ceil(many / 4))
      expect(told.slice(0, 3).map(([, news]) => news)).toEqual([
        'destination-down',
        'destination-still-down',
        'destination-still-down',
      ])
    }
  }
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('the log has a line when a destination goes, when it is still gone, and when it is back, and none of its messages', async () => {
  const lines: Partial<LogLine>[] = []
  let now: Instant = BEGIN
  const watch = watchDestinations(
    () => now,
    (line) => lines.push(line),
  )
  const tried = (failed: boolean, destination = 'marketplace', outcome = failed ? 'retry' : 'delivered') =>
    watch.note({ fact: 'tried', destination, outcome, failed })
  tried(false, 'subscriber:one')
  tried(true)
  tried(true)
  tried(true)
  // a refusal is an answer
  tried(false, 'marketplace', 'dead')
  now = plus(now, minutes(61))
  await vi.advanceTimersByTimeAsync(60_000)
  tried(false)
  tried(false)
  await watch.stop()
  expect(
    lines.map(({ event, level, destination, seconds, failures }) => [event, level, destination, seconds, failures]),
  ).toEqual([
    ['destination-down', 'warn', 'marketplace', 0, 2],
    ['destination-still-down', 'warn', 'marketplace', 3_660, 3],
    ['destination-up', 'info', 'marketplace', 3_660, 3],
  ])
})

it('the same failure of what is tried every second is written once a minute, with how often it came', () => {
  const lines: Partial<LogLine>[] = []
  let now: Instant = BEGIN
  const tell = seldom(
    () => now,
    (line) => lines.push(line),
  )
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  for (let second = 0; second < 90; second += 1) {
    tell(full)
    if (second === 30) tell(new TypeError('another'))
    now = plus(now, milliseconds(1_000))
  }
  expect(lines.map(({ event, failures }) => [event, failures])).toEqual([
    ['disk-full', undefined],
    ['work-failed', undefined],
    ['disk-full', 60],
  ])
  // set back by an hour
  now = plus(BEGIN, minutes(-60))
  tell(full)
  expect(lines).toHaveLength(4)
})
