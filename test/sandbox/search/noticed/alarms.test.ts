import { describe, expect, it } from 'vitest'
import { marketEffect } from '../../../../src/kit/estimator.ts'
import { alarmsOf, passRateOf, type Watched } from '../../../../src/sandbox/search/noticed/alarms.ts'

const calm: Watched = {
  passes: { latest: 4, mean: 3, sd: 1.5 },
  history: [{ ratio: 2.9 }, { ratio: 2.4 }],
  pool: { certified: 1, others: 2 },
  endsWell: undefined,
}
const days = (treated: number, heldOut: number) =>
  marketEffect([
    { propensity: 0.5, treated: { units: 9_000, events: treated }, heldOut: { units: 9_000, events: heldOut } },
  ])

describe('the alarms about an exam', () => {
  it('are silent where nothing is unusual, also in a market that has just begun', () => {
    expect(alarmsOf(calm)).toEqual([])
    expect(alarmsOf({ passes: passRateOf([]), history: [], pool: undefined, endsWell: undefined })).toEqual([])
    expect(alarmsOf({ ...calm, passes: passRateOf([2, 1, 0, 0, 0]) })).toEqual([])
  })

  it('ring for a day with passes more than three SD above what is usual', () => {
    const usual = Array.from({ length: 90 }, (_, day) => 2 + (day % 3))
    expect(passRateOf([0, 9, ...usual])).toMatchObject({ latest: 9, mean: 3 })
    expect(alarmsOf({ ...calm, passes: passRateOf([0, 7, ...usual]) })).toEqual(['many-passes'])
    expect(alarmsOf({ ...calm, passes: passRateOf([6, 0, ...usual]) })).toEqual([])
  })

  it('ring for a ratio that moved by more than 1, either way', () => {
    for (const [now, before] of [
      [1, 2.4],
      [3.5, 2.4],
    ] as const)
      expect(alarmsOf({ ...calm, history: [{ ratio: now }, { ratio: before }] })).toEqual(['ratio-moved'])
  })

  it('ring for a pool of fewer than three', () => {
    expect(alarmsOf({ ...calm, pool: { certified: 0, others: 2 } })).toEqual(['small-pool'])
  })

  it('ring when days held out surely end well more often', () => {
    expect(alarmsOf({ ...calm, endsWell: days(4_000, 5_000) })).toEqual(['ends-worse'])
    expect(alarmsOf({ ...calm, endsWell: days(4_500, 4_550) })).toEqual([])
    expect(alarmsOf({ ...calm, endsWell: days(5_000, 4_000) })).toEqual([])
  })
})
