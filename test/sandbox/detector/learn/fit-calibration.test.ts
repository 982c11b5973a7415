import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandAt, bands, calibratedAny, logisticAt } from '../../../../src/sandbox/detector/judge/calibration.ts'
import { kinds } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { ANY, HEADS } from '../../../../src/sandbox/detector/judge/linear-scores.ts'
import {
  chooseThresholds,
  fitCalibration,
  fitRisingLogistic,
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
    const held = Array.from({ length: 50 }, (_, at) => {
      const scores = new Float64Array(HEADS).fill(at % 2)
      return { scores, kinds: at % 2 === 1 ? ([kinds[0]] as const) : [], script: 'japanese' as const }
    })
    const calibration = fitCalibration(held)
    const high = new Float64Array(HEADS).fill(1)
    expect(calibratedAny(calibration, high, 'latin')).toBe(calibratedAny(calibration, high, 'japanese'))
    const low = new Float64Array(HEADS)
    low[ANY] = -1
    expect(calibratedAny(calibration, low, 'japanese')).toBeLessThan(calibratedAny(calibration, high, 'japanese'))
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
          const thresholds = chooseThresholds(
            held.map(([any]) => any),
            held.map(([, truth]) => truth),
          )
          expect(thresholds.queue).toBeLessThanOrEqual(thresholds.hold)
          expect(bands.indexOf(bandAt(thresholds, Math.max(a, b)))).toBeGreaterThanOrEqual(
            bands.indexOf(bandAt(thresholds, Math.min(a, b))),
          )
        },
      ),
    )
  })

  it('bands flag nothing but certainty where the probabilities are no good', () => {
    expect(chooseThresholds([0.9, 0.8, 0.7, 0.6], [false, false, true, false])).toEqual({ queue: 1, hold: 1 })
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
