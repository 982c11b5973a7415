import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Candidate,
  certificateBoost,
  expectedQuality,
  rankWorkers,
  standardise,
} from '../../src/sandbox/search/quality.ts'

/** The worked example of the design. */
const exam = { priorMean: 0.316, equivalentReviews: 3.22 }

describe('what a certificate adds', () => {
  it.each([
    [0, 0.316],
    [1, 0.241],
    [3, 0.164],
    [5, 0.124],
    [10, 0.077],
    [20, 0.044],
    [40, 0.024],
  ])('after %i reviews is %f, as published', (n, boost) => {
    expect(certificateBoost(exam, n)).toBeCloseTo(boost, 3)
  })

  const reviews = fc.record({ n: fc.integer({ min: 0, max: 200 }), mean: fc.double({ min: -3, max: 3, noNaN: true }) })
  const prior = fc.record({
    priorMean: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    equivalentReviews: fc.double({ min: 0.5, max: 10, noNaN: true }),
  })

  it('falls with every review', () => {
    fc.assert(fc.property(prior, fc.nat(200), (p, n) => certificateBoost(p, n + 1) < certificateBoost(p, n)))
  })

  it('is nothing when the exam does not predict', () => {
    fc.assert(
      fc.property(reviews, (r) => expectedQuality(r, { ...exam, priorMean: 0 }) === expectedQuality(r, undefined)),
    )
  })

  it('never lifts a newcomer above a much better reviewed worker', () => {
    const good = fc.record({ n: fc.integer({ min: 5, max: 200 }), mean: fc.double({ min: 1, max: 3, noNaN: true }) })
    fc.assert(
      fc.property(
        prior,
        good,
        (p, better) => expectedQuality(better, undefined) > expectedQuality({ n: 0, mean: 0 }, p),
      ),
    )
  })

  it('raises a worker above an identical one without it', () => {
    fc.assert(fc.property(prior, reviews, (p, r) => expectedQuality(r, p) > expectedQuality(r, undefined)))
  })
})

describe('standardised reviews', () => {
  it('have the population mean at 0 and the spread of true quality at 1', () => {
    const norms = { mean: 4, sd: 0.5 }
    const totals = {
      worker: 'w',
      count: 2,
      clients: 2,
      skill: 8.5,
      quality: 8.5,
      schedule: 8.5,
      communication: 8.5,
      partnership: 8.5,
      ...{ weight: 1.5, grown: 1.5, grownScore: 1.5 * 4.25, limited: 0 },
    }
    expect(standardise(totals, norms)).toEqual({ weight: 1.5, grown: 1.5, mean: 1 })
    expect(standardise(undefined, norms)).toEqual({ weight: 0, grown: 0, mean: 0 })
  })
})

const candidate = fc.record({
  reviews: fc.oneof(
    fc.constant({ n: 0, mean: 0 }),
    fc.record({ n: fc.integer({ min: 1, max: 60 }), mean: fc.double({ min: -2, max: 2, noNaN: true }) }),
  ),
  prior: fc.option(fc.constant(exam), { nil: undefined }),
  restricted: fc.constant(false),
})
const market = (size: { minLength: number; maxLength: number }) =>
  fc.array(candidate, size).map((all): Candidate[] => all.map((one, at) => ({ ...one, id: `wrk_${at}` })))

describe('the order', () => {
  it('is by expected quality', () => {
    fc.assert(
      fc.property(market({ minLength: 0, maxLength: 80 }), (candidates) => {
        const ranked = rankWorkers(candidates)
        for (let i = 1; i < ranked.length; i++)
          expect(ranked[i - 1]?.quality).toBeGreaterThanOrEqual(ranked[i]?.quality as number)
      }),
    )
  })

  it('does not depend on the order in which workers are read', () => {
    fc.assert(
      fc.property(market({ minLength: 2, maxLength: 40 }), (candidates) => {
        expect(rankWorkers([...candidates].reverse())).toEqual(rankWorkers(candidates))
      }),
    )
  })

  it('puts those without evidence behind those with evidence of the same quality', () => {
    const average: Candidate = { id: 'reviewed', reviews: { n: 9, mean: 0 }, prior: undefined, restricted: false }
    const newcomers = Array.from(
      { length: 50 },
      (_, at): Candidate => ({ id: `new_${at}`, reviews: { n: 0, mean: 0 }, prior: undefined, restricted: false }),
    )
    expect(rankWorkers([...newcomers, average])[0]?.id).toBe('reviewed')
  })
})
