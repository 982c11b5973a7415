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

  it('allows a start at the time it names, when nothing else was started meanwhile', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 * 86_400 }), { maxLength: 6 }), (offsets) => {
        const starts = offsets.map((seconds) => instant(now - seconds * 1_000))
        const judged = mayRetake(exam, starts, now)
        if (!judged.mayStart && judged.retryAt !== undefined) {
          expect(judged.retryAt).toBeGreaterThan(now)
          expect(mayRetake(exam, starts, judged.retryAt).mayStart).toBe(true)
          expect(mayRetake(exam, starts, instant(judged.retryAt - 1)).mayStart).toBe(false)
        }
      }),
    )
  })
})
