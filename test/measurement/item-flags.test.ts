import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlation } from '../../src/measurement/item-analysis.ts'
import { fisherInterval, wilsonInterval } from '../../src/measurement/item-flags.ts'

describe('the score interval of a share', () => {
  // Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is %f to %f', (hits, n, low, high) => {
    const interval = wilsonInterval(hits / n, n)
    expect([interval.low, interval.high].map((end) => end.toFixed(4))).toEqual([low.toFixed(4), high.toFixed(4)])
  })

  it('holds the share and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 10_000 }), (share, n) => {
        const { low, high } = wilsonInterval(share, n)
        expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true)
      }),
    )
  })
})

describe('the correlation', () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
  // Anscombe (1973), "Graphs in statistical analysis"
  it.each([
    ['I', x, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68], 0.81642],
    ['II', x, [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74], 0.81624],
    ['III', x, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73], 0.81629],
    [
      'IV',
      [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8],
      [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89],
      0.81652,
    ],
  ])("of Anscombe's set %s is published", (_, xs, ys, r) => {
    expect(correlation(xs.map((value, i) => [value, ys[i] as number]))).toBeCloseTo(r, 5)
  })

  it('is nothing where one side never varies, nor for one pair', () => {
    expect(correlation([])).toBeUndefined()
    expect(correlation([[1, 2]])).toBeUndefined()
    // a third cannot be written in binary: its mean must not look like a variance
    expect(correlation(Array.from({ length: 30 }, (_, i) => [1 / 3, i] as const))).toBeUndefined()
  })

  it('of r = .5 over 30 pairs may be anything from .17 to .73', () => {
    // z = .5493, standard error 1/√27 = .1925: .1721 to .9265, and back by tanh
    const { low, high } = fisherInterval(0.5, 30)
    expect([low, high].map((end) => end.toFixed(3))).toEqual(['0.170', '0.729'])
  })
})
