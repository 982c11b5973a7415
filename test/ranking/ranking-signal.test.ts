import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  correctCorrelation,
  correctedLowerBound,
  explainSignal,
  lowerBound,
  rankingSignal,
  startingSignal,
  weightAfter,
} from '../../src/ranking/ranking-signal.ts'

const observed = { r: 0.22, n: 300, u: 1.4, reliability: 0.6 }

describe('the published worked example', () => {
  const signal = rankingSignal({ z: 1.2, rhoL: correctedLowerBound(observed) })

  it('corrects the correlation and its lower bound', () => {
    expect(correctCorrelation(observed)).toBeCloseTo(0.383, 3)
    expect(correctedLowerBound(observed)).toBeCloseTo(0.263, 3)
    expect(signal.equivalentReviews).toBeCloseTo(3.22, 2)
  })

  it.each([
    [0, 0.316],
    [1, 0.241],
    [3, 0.164],
    [5, 0.124],
    [10, 0.077],
    [20, 0.044],
    [40, 0.024],
  ])('boosts after %d reviews by %f', (n, boost) => {
    expect(signal.priorMean * weightAfter(signal.equivalentReviews, n)).toBeCloseTo(boost, 3)
  })
})

describe('the signal', () => {
  const rho = fc.float({ min: Math.fround(-0.9), max: Math.fround(0.9), noNaN: true })

  it('is worth nothing when the exam does not predict', () => {
    expect(rankingSignal({ z: 2, rhoL: lowerBound({ rho: 0, n: 10_000 }) }).priorMean).toBe(0)
    expect(lowerBound({ rho: 0.9, n: 3 })).toBe(0)
  })

  it('never exceeds half a standard deviation and never takes away', () => {
    fc.assert(
      fc.property(rho, fc.integer({ min: 0, max: 100_000 }), fc.float({ min: -4, max: 4, noNaN: true }), (r, n, z) => {
        const { priorMean, equivalentReviews } = rankingSignal({ z, rhoL: lowerBound({ rho: r, n }) })
        expect(priorMean).toBeGreaterThanOrEqual(0)
        expect(priorMean).toBeLessThanOrEqual(0.5)
        expect(equivalentReviews).toBeGreaterThanOrEqual(3)
      }),
    )
  })

  it('bounds the correlation from below, closer with more observations', () => {
    fc.assert(
      fc.property(
        fc.float({ min: Math.fround(0.05), max: Math.fround(0.9), noNaN: true }),
        fc.integer({ min: 5, max: 5_000 }),
        (r, n) => {
          expect(lowerBound({ rho: r, n })).toBeLessThanOrEqual(r)
          expect(lowerBound({ rho: r, n: n * 2 })).toBeGreaterThanOrEqual(lowerBound({ rho: r, n }))
        },
      ),
    )
  })

  it('fades with every review', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 500 }), (n) => weightAfter(3, n + 1) < weightAfter(3, n)))
  })

  it('starts from the published assumption and says so in both languages', () => {
    const signal = startingSignal()
    expect(signal.priorMean).toBeCloseTo(0.111, 3)
    expect(signal.equivalentReviews).toBeCloseTo(3.059, 3)
    expect(explainSignal(signal)).toMatchObject({
      ja: expect.stringContaining('約3件分'),
      en: expect.stringContaining('about 3 client reviews'),
    })
  })
})
