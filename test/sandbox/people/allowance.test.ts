import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../../../src/kernel/instant.ts'
import { allowances, footingOf, secondsUntilAllowed } from '../../../src/sandbox/people/allowance.ts'

const NOW = instant(1_800_000_000_000)
const MINUTE = 60_000
const DAY = 86_400_000
const joined = (ago: number) => ({ joinedAt: instant(NOW - ago), standing: 'good', paid: 0, inDoubt: false }) as const

describe('the footing of an account', () => {
  it.each([
    ['of somebody who joined today', joined(0), 'new'],
    ['of somebody who joined a moment less than two weeks ago', joined(14 * DAY - 1), 'new'],
    ['of somebody who joined two weeks ago', joined(14 * DAY), 'known'],
    ['of whoever has paid three contracts', { ...joined(DAY), paid: 3 }, 'proven'],
    ['of whoever is restricted', { ...joined(900 * DAY), paid: 30, standing: 'restricted' as const }, 'new'],
    ['of whoever sent what waits for an operator', { ...joined(900 * DAY), paid: 30, inDoubt: true }, 'new'],
  ])('%s: %j is %s', (_, record, footing) => {
    expect(footingOf(record, NOW)).toBe(footing)
  })

  it('never allows less to whoever is better known', () => {
    for (const of of Object.values(allowances))
      for (const span of ['hour', 'day'] as const) {
        expect(of.new[span]).toBeLessThan(of.known[span])
        expect(of.known[span]).toBeLessThanOrEqual(of.proven[span])
      }
  })
})

describe('an act', () => {
  const allowance = { hour: 3, day: 5 }
  const ago = (...minutes: number[]) => minutes.map((n) => instant(NOW - n * MINUTE))

  it.each([
    ['the first', [], undefined],
    ['the third within an hour', [1, 2], undefined],
    ['the fourth within an hour', [1, 2, 30], 30 * 60],
    ['the fourth, an hour after the first', [1, 2, 60], undefined],
    ['the sixth within a day', [70, 80, 90, 100, 110], (24 * 60 - 110) * 60],
    ['one that an hour and a day forbid, until both allow it', [1, 2, 3, 100, 110], (24 * 60 - 110) * 60],
  ])('%s is allowed after: %j %j', (_, before, seconds) => {
    expect(secondsUntilAllowed(ago(...before), allowance, NOW)).toBe(seconds)
  })

  it('that was refused is allowed when the time is over, and not a second earlier', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * DAY }), { maxLength: 12 }), (offsets) => {
        const acts = offsets.toSorted((a, b) => a - b).map((offset) => instant(NOW - offset))
        const seconds = secondsUntilAllowed(acts, allowance, NOW)
        if (seconds === undefined) return
        expect(secondsUntilAllowed(acts, allowance, instant(NOW + seconds * 1_000))).toBeUndefined()
        if (seconds > 1)
          expect(secondsUntilAllowed(acts, allowance, instant(NOW + (seconds - 1) * 1_000))).toBeGreaterThan(0)
      }),
    )
  })
})
