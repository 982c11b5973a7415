import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayRetake } from '../../src/attempt/may-sit.ts'
import { days, type Instant, instant, plus } from '../../src/kernel/instant.ts'
import { sampleBank } from '../support/sample-bank.ts'

const { exam } = sampleBank()
const now = instant(Date.UTC(2026, 10, 25, 3, 4, 5, 678))
const ago = (n: number, ms = 0): Instant => instant(now - n * 86_400_000 + ms)

describe('the retake rule', () => {
  it('lets a newcomer start, with four attempts a year', () => {
    expect(mayRetake(exam, [], now)).toEqual({ mayStart: true, attemptsLeft: 4 })
  })

  it('makes a worker wait 14 days from the start of the last attempt, to the millisecond', () => {
    expect(mayRetake(exam, [ago(14, 1)], now)).toEqual({
      mayStart: false,
      reason: 'retake-wait',
      retryAt: instant(now + 1),
      attemptsLeft: 3,
    })
    expect(mayRetake(exam, [ago(14)], now)).toEqual({ mayStart: true, attemptsLeft: 3 })
  })

  it('refuses the fifth start in twelve months until the first of them is a year old', () => {
    const starts = [ago(300), ago(200), ago(100), ago(30)]
    expect(mayRetake(exam, starts, now)).toEqual({
      mayStart: false,
      reason: 'yearly-limit',
      retryAt: plus(ago(300), days(365)),
      attemptsLeft: 0,
    })
  })

  it('takes the later of both waits', () => {
    const starts = [ago(360), ago(200), ago(100), ago(1)]
    expect(mayRetake(exam, starts, now)).toMatchObject({ reason: 'yearly-limit', retryAt: plus(ago(1), days(14)) })
  })

  it('forgets starts that are over a year old', () => {
    expect(mayRetake(exam, [ago(365), ago(366), ago(400), ago(500)], now)).toEqual({ mayStart: true, attemptsLeft: 4 })
  })

  it('refuses an exam that has closed', () => {
    expect(mayRetake({ ...exam, closesAt: new Date(now).toISOString() }, [], now)).toMatchObject({
      mayStart: false,
      reason: 'exam-closed',
    })
  })

  it('allows a start at the time it names, and not before, at every end of a month', () => {
    const starts = fc.array(fc.integer({ min: 0, max: 400 * 86_400 }), { maxLength: 6 })
    const waits = fc.constantFrom(
      ...[14, 90].map((days) => ({ years: 0, months: 0, days })),
      ...[1, 3, 6].map((months) => ({ years: 0, months, days: 0 })),
    )
    // more than the four years after which the days of months come back
    const times = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2031, 0, 1) })
    const law = (offsets: readonly number[], wait: (typeof exam)['retake']['wait'], time: number) => {
      const timed = { ...exam, retake: { ...exam.retake, wait } }
      const earlier = offsets.map((seconds) => instant(time - seconds * 1_000))
      const judged = mayRetake(timed, earlier, instant(time))
      if (judged.mayStart || judged.retryAt === undefined) return
      expect(judged.retryAt).toBeGreaterThan(time)
      expect(mayRetake(timed, earlier, judged.retryAt).mayStart).toBe(true)
      expect(mayRetake(timed, earlier, instant(judged.retryAt - 1)).mayStart).toBe(false)
    }
    fc.assert(fc.property(starts, waits, times, law))
    for (const start of ['2027-01-31T12:00:00Z', '2028-02-29T12:00:00Z', '2028-08-31T00:00:00Z'])
      for (const wait of [
        { years: 0, months: 1, days: 0 },
        { years: 1, months: 0, days: 0 },
      ])
        law([60], wait, Date.parse(start) + 60_000)
  })
})
