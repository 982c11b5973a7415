import { describe, expect, it } from 'vitest'
import {
  type DayFigures,
  passRateOf,
  quantileOf,
  shareOf,
  weeklyPassRates,
} from '../../src/measurement/exam-figures.ts'

const day = (at: number, figures: Partial<DayFigures> = {}): DayFigures => ({
  day: at,
  isPractical: false,
  started: 0,
  submitted: 0,
  expired: 0,
  withdrawn: 0,
  voided: 0,
  passed: 0,
  failed: 0,
  shown: 0,
  ...figures,
})

describe('figures of an exam', () => {
  it('a share of fewer than thirty has no estimate, one of thirty the interval of Wilson', () => {
    expect(shareOf(12, 29)).toEqual({ part: 12, of: 29 })
    const { estimate } = shareOf(15, 30)
    expect(estimate?.value).toBe(0.5)
    expect(estimate?.low).toBeCloseTo(0.3315, 3)
    expect(estimate?.high).toBeCloseTo(0.6685, 3)
  })

  it('a pass rate is of those who were judged: parts that say neither, withdrawn and voided attempts are left out', () => {
    const days = [day(1, { started: 50, submitted: 40, passed: 24, failed: 8, withdrawn: 5, voided: 2 })]
    expect(passRateOf(days)).toMatchObject({ part: 24, of: 32, estimate: { value: 0.75 } })
  })

  it('weeks end with today, each day counts in one of them, and what lies before the first in none', () => {
    const days = [
      day(86, { passed: 100 }),
      day(87, { passed: 1 }),
      day(93, { failed: 1 }),
      day(94, { passed: 2 }),
      day(100, { passed: 3 }),
    ]
    expect(weeklyPassRates(days, { today: 100, weeks: 2 })).toEqual([
      { from: 87, part: 1, of: 2 },
      { from: 94, part: 5, of: 5 },
    ])
  })

  it('a quantile is the first number of minutes by which so many were done; of nobody there is none', () => {
    const rows = [
      { minutes: 3, n: 0 },
      { minutes: 5, n: 1 },
      { minutes: 20, n: 2 },
      { minutes: 40, n: 1 },
    ]
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantileOf(rows, share))).toEqual([5, 5, 20, 20, 40])
    expect(quantileOf([], 0.5)).toBeUndefined()
  })
})
