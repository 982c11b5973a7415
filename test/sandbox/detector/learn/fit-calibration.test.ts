import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyAtEvenOdds, bandAt, bands, logisticAt } from '../../../../src/sandbox/detector/judge/calibration.ts'
import { kinds } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { ANY } from '../../../../src/sandbox/detector/judge/linear-scores.ts'
import { expectedAt, operatingAt, thresholdsAt } from '../../../../src/sandbox/detector/judge/prevalence.ts'
import { noScores } from '../../../../src/sandbox/detector/judge/score-text.ts'
import {
  fitCalibration,
  fitRisingLogistic,
  operatingPoints,
} from '../../../../src/sandbox/detector/learn/fit-calibration.ts'
import { expectedCalibrationError } from '../../../../src/sandbox/detector/learn/report.ts'

describe('calibration', () => {
  const score = fc.double({ min: -20, max: 20, noNaN: true })
  const examples = fc.array(fc.tuple(fc.tuple(score, score), fc.boolean()), { minLength: 4, maxLength: 60 })

  it('a fitted curve never falls as a score rises', () => {
    fc.assert(
      fc.property(examples, score, score, fc.double({ min: 0, max: 10, noNaN: true }), (posts, first, second, more) => {
        const curve = fitRisingLogistic(
          posts.map(([inputs]) => inputs),
          posts.map(([, truth]) => truth),
        )
        expect(logisticAt(curve, [first + more, second])).toBeGreaterThanOrEqual(logisticAt(curve, [first, second]))
        expect(logisticAt(curve, [first, second + more])).toBeGreaterThanOrEqual(logisticAt(curve, [first, second]))
      }),
    )
  })

  it('a fit finds the curve that scores were drawn from', () => {
    const inputs = Array.from({ length: 4_000 }, (_, at) => [((at * 0.618) % 1) * 8 - 4, 0])
    const truths = inputs.map(([x = 0], at) => (at * 0.7548) % 1 < 1 / (1 + Math.exp(-(2 * x - 1))))
    const { bias, weights } = fitRisingLogistic(inputs, truths)
    expect(weights[0]).toBeCloseTo(2, 0)
    expect(bias).toBeCloseTo(-1, 0)
  })

  it('a calibration knows scripts apart, and does without one that is rare', () => {
    const scored = (score: number) => {
      const scores = noScores()
      for (const part of [scores.whole, scores.top, scores.asserted, scores.greatest]) part.fill(score)
      return scores
    }
    const held = Array.from({ length: 50 }, (_, at) => ({
      scores: scored(at % 2),
      kinds: at % 2 === 1 ? ([kinds[0]] as const) : [],
      script: 'japanese' as const,
      readable: true,
    }))
    const calibration = fitCalibration(held)
    const high = scored(1)
    const of = (scores: ReturnType<typeof scored>, script: 'japanese' | 'latin') =>
      anyAtEvenOdds(calibration, { scores, script, readable: true })
    expect(of(high, 'latin')).toBe(of(high, 'japanese'))
    const low = scored(0)
    low.whole[ANY] = -1
    expect(of(low, 'japanese')).toBeLessThan(of(high, 'japanese'))
  })
})

describe('a score that says nothing', () => {
  it('a score that says nothing is one in two for a breach at even odds, however many break a rule', () => {
    const scores = noScores()
    const held = Array.from({ length: 400 }, (_, at) => ({
      scores,
      kinds: at % 4 === 0 ? ([kinds[0]] as const) : [],
      script: 'japanese' as const,
      readable: true,
    }))
    expect(anyAtEvenOdds(fitCalibration(held), { scores, script: 'japanese', readable: true })).toBeCloseTo(1 / 2, 2)
  })
})

describe('bands', () => {
  it('bands are in order, whatever the posts', () => {
    const posts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { minLength: 1 })
    fc.assert(
      fc.property(
        posts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (held, a, b) => {
          const points = operatingPoints(held.map(([any, truth]) => ({ any, truth })))
          const thresholds = thresholdsAt(points, 0.03)
          expect(thresholds.queue).toBeLessThanOrEqual(thresholds.hold)
          expect(bands.indexOf(bandAt(thresholds, Math.max(a, b)))).toBeGreaterThanOrEqual(
            bands.indexOf(bandAt(thresholds, Math.min(a, b))),
          )
        },
      ),
    )
  })

  it('bands flag nothing but certainty where the probabilities are no good', () => {
    const points = operatingPoints([0.9, 0.8, 0.7, 0.6].map((any) => ({ any, truth: any === 0.7 })))
    expect(thresholdsAt(points, 0.03)).toEqual({ queue: 1, hold: 1 })
  })

  it('the rarer breaches are, the surer a flag has to be, and the fewer posts are flagged', () => {
    const anys = Array.from({ length: 2_000 }, (_, at) => at / 2_000)
    const points = operatingPoints(anys.map((any, at) => ({ any, truth: (at * 0.618) % 1 < any ** 8 })))
    const queues = [0.01, 0.03, 0.1].map((prevalence) => {
      const { queue } = operatingAt(points, prevalence)
      return { from: queue.from, load: expectedAt(queue, prevalence).load }
    })
    const [rare, usual, common] = queues as [(typeof queues)[0], (typeof queues)[0], (typeof queues)[0]]
    expect(rare.from).toBeGreaterThan(usual.from)
    expect(usual.from).toBeGreaterThan(common.from)
    expect(rare.load).toBeLessThan(usual.load)
    expect(usual.load).toBeLessThan(common.load)
  })

  it('false alarms are those where a third of the lawful posts is near the border', () => {
    const lawful = Array.from({ length: 1_000 }, (_, at) => ({
      any: at < 90 ? 0.8 : 0.1,
      truth: false,
      near: at < 900,
    }))
    const points = operatingPoints([...lawful, { any: 0.9, truth: true }])
    // of 900 near the border a tenth is above, of the others none
    expect(points.find(({ from }) => from === 0.8)?.falseAlarms).toBeCloseTo(0.1 / 3, 2)
  })

  it('what to expect follows from recall, false alarms and the share of breaches', () => {
    expect(expectedAt({ recall: 0.9, falseAlarms: 0.02 }, 0.03)).toEqual({
      load: expect.closeTo(46.4),
      precision: expect.closeTo(0.582, 3),
      recall: 0.9,
    })
  })
})

describe('the expected calibration error', () => {
  it('the expected calibration error is 0 where shares and probabilities agree, and 1 where they never do', () => {
    const truths = Array.from({ length: 100 }, (_, at) => at % 2 === 0)
    expect(
      expectedCalibrationError(
        truths.map(() => 0.5),
        truths,
      ),
    ).toBeCloseTo(0)
    expect(expectedCalibrationError(truths.map(Number), truths)).toBe(0)
    expect(
      expectedCalibrationError(
        truths.map((truth) => 1 - Number(truth)),
        truths,
      ),
    ).toBe(1)
  })
})
