import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Random, randomFrom, stableHash } from '../../src/kernel/random.ts'
import {
  believe,
  boostFactorOf,
  type Cohort,
  cell,
  type Draw,
  type FirstReviews,
  known,
  marketEffect,
  medianWait,
  nextBelief,
  noReviews,
  noticedEffect,
  type OtherwiseDraw,
  prior,
  ratioOf,
  type Stratum,
  seenDifference,
  sequenceWidth,
  shareByDay,
  underOtherTerms,
} from '../../src/kit/estimator.ts'

const seeded = (nth: number): Random =>
  randomFrom([0, 1, 2, 3].map((part) => stableHash(`${nth}/${part}`).toString(16).padStart(8, '0')).join(''))

const noData: Readonly<Record<Cohort, FirstReviews>> = { certified: noReviews, other: noReviews }

/** So many people with three reviews each, all of the same mean. */
const cohort = (people: number, mean: number): FirstReviews => ({ people: [0, 0, people], sums: [0, 0, people * mean] })

describe('what is believed of an exam', () => {
  it('before any data is the prior, a ratio of 2.4 and a weight as it always was', () => {
    expect(believe(noData)).toEqual({ d: 0.24, sigma: 0.15, noise: 0 })
    const belief = nextBelief(undefined, { reviews: noData, version: null })
    expect(belief.ratio).toBeCloseTo(1 + 18 * (0.24 - 0.1125 - 0.05), 12)
    expect(belief.ratio).toBeCloseTo(2.395, 12)
    expect(belief.boostFactor).toBeCloseTo(1.395 / 1.4, 12)
    expect(belief).toMatchObject({ state: 'predicts', certified: 0, others: 0, version: null })
  })

  it('weighs people by how many reviews they have, and the data against the prior: a vector by hand', () => {
    // v = 1/4, 2/5, 1/2; means .4/.9 and .15/1.25; variance 1/.9 + 1/1.25, of whose inverse the prior has 1/.15²
    const { d, sigma, noise } = believe({
      certified: { people: [2, 1, 0], sums: [0.8, 0.5, 0] },
      other: { people: [1, 0, 2], sums: [-0.2, 0, 0.4] },
    })
    expect(d).toBeCloseTo(0.240994, 5)
    expect(sigma).toBeCloseTo(0.15, 12)
    expect(noise).toBeCloseTo(0.016276, 5)
  })

  it('is checked by the reviews alone: no prior, the interval of the data, nothing without reviews on either side', () => {
    const reviews = { certified: cohort(30, 0.5), other: cohort(30, 0) }
    const seen = seenDifference(reviews)
    expect(seen?.value).toBeCloseTo(0.5, 10)
    // three reviews each: 1/v is 2, of thirty people a fifteenth for either cohort
    expect(seen?.standardError).toBeCloseTo(Math.sqrt(2 / 15), 10)
    expect((seen?.high ?? 0) - (seen?.low ?? 0)).toBeCloseTo(2 * 1.96 * Math.sqrt(2 / 15), 3)
    expect(seenDifference({ ...reviews, certified: noReviews })).toBeUndefined()
    expect(seenDifference({ ...reviews, other: noReviews })).toBeUndefined()
  })

  it('stays the prior while one cohort has no reviews', () => {
    expect(believe({ certified: cohort(400, 2), other: noReviews })).toEqual({ ...prior, noise: 0 })
    expect(believe({ certified: noReviews, other: cohort(400, 2) })).toEqual({ ...prior, noise: 0 })
  })

  it('is of the prior as much as the data still lack, and of nothing but the data once they say as much', () => {
    // so many people with three reviews in each cohort say half as much as the prior
    const half = 1 / (0.15 ** 2 * 0.5)
    const some = believe({ certified: cohort(half, 0), other: cohort(half, 0) })
    expect(some.d).toBeCloseTo(0.12, 9)
    expect(some.sigma).toBeCloseTo(0.15, 9)
    const enough = believe({ certified: cohort(400, 0.5), other: cohort(500, 0) })
    expect(enough.d).toBeCloseTo(0.5, 9)
    expect(enough.sigma).toBeCloseTo(Math.sqrt(1 / 200 + 1 / 250), 9)
    expect(enough.noise).toBeCloseTo(enough.sigma, 9)
  })

  it('takes back what the noise of few reviews adds to the ratio: a vector by hand', () => {
    // x = noise, Φ(1) = .841345, φ(1) = .241971
    expect(ratioOf({ d: 0.25, sigma: 0.1, noise: 0.125 })).toBeCloseTo(1 + 18 * 0.125 * (2 - 0.841345 - 0.241971), 5)
    expect(ratioOf({ d: 0.25, sigma: 0.1, noise: 0 })).toBeCloseTo(1 + 18 * 0.125, 12)
    // an exam at the floor: on average it would have 1 + 18·.4·.1 without the correction
    const random = seeded(7)
    const normal = () => Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
    const drawn = Array.from({ length: 20_000 }, () => ratioOf({ d: 0.05 + 0.1 * normal(), sigma: 0, noise: 0.1 }))
    expect(drawn.reduce((sum, ratio) => sum + ratio, 0) / drawn.length).toBeLessThan(1.6)
  })

  it('gives a ratio that grows with d, falls with the doubt and with the noise, and stays in 1..4; the weight in 0..1.5', () => {
    const d = fc.double({ min: -3, max: 3, noNaN: true })
    const [sigma, noise] = [fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true })]
    fc.assert(
      fc.property(d, sigma, noise, fc.double({ min: 0, max: 1, noNaN: true }), (d, sigma, noise, more) => {
        const ratio = ratioOf({ d, sigma, noise })
        expect(ratio).toBeGreaterThanOrEqual(1)
        expect(ratio).toBeLessThanOrEqual(4)
        expect(ratioOf({ d: d + more, sigma, noise })).toBeGreaterThanOrEqual(ratio - 1e-6)
        expect(ratioOf({ d, sigma: sigma + more, noise })).toBeLessThanOrEqual(ratio + 1e-6)
        expect(ratioOf({ d, sigma, noise: noise + more })).toBeLessThanOrEqual(ratio + 1e-6)
        expect(boostFactorOf(ratio)).toBeGreaterThanOrEqual(0)
        expect(boostFactorOf(ratio)).toBeLessThanOrEqual(1.5)
      }),
    )
    expect([boostFactorOf(1), boostFactorOf(4)]).toEqual([0, 1.5])
  })

  it('repeats itself in a month without news', () => {
    const now = { reviews: { certified: cohort(60, 0.3), other: cohort(90, 0.1) }, version: '2' }
    const first = nextBelief(undefined, now)
    expect(nextBelief(first, now)).toEqual(first)
  })
})

describe('an exam that does not predict', () => {
  const worse = { certified: cohort(200, -0.4), other: cohort(200, 0) }

  it('loses its ratio and its weight', () => {
    expect(nextBelief(undefined, { reviews: worse, version: '1' })).toMatchObject({
      state: 'not-shown',
      ratio: 1,
      boostFactor: 0,
    })
  })

  it.each([
    ['50 certified', { certified: cohort(49, -2), other: cohort(400, 0) }],
    ['150 people', { certified: cohort(80, -2), other: cohort(69, 0) }],
  ])('is not stopped on fewer than %s', (_, reviews) => {
    const { d, sigma } = believe(reviews)
    expect(d + 1.28 * sigma).toBeLessThan(0.1)
    expect(nextBelief(undefined, { reviews, version: '1' }).state).toBe('predicts')
  })

  it('comes back when its difference is surely above .05, not merely when it would not be stopped', () => {
    const stopped = { state: 'not-shown', version: '1' } as const
    const unsure = { certified: cohort(200, 0.1), other: cohort(200, 0) }
    expect(nextBelief({ state: 'predicts', version: '1' }, { reviews: unsure, version: '1' }).state).toBe('predicts')
    expect(nextBelief(stopped, { reviews: unsure, version: '1' }).state).toBe('not-shown')
    const good = { certified: cohort(400, 0.4), other: cohort(400, 0) }
    expect(nextBelief(stopped, { reviews: good, version: '1' }).state).toBe('predicts')
  })

  it('comes back with a new version, from the prior', () => {
    const stopped = { state: 'not-shown', version: '1' } as const
    expect(nextBelief(stopped, { reviews: noData, version: '2' })).toMatchObject({ ...prior, state: 'predicts' })
    expect(nextBelief(stopped, { reviews: noData, version: '1' }).state).toBe('not-shown')
    expect(nextBelief({ state: 'not-shown', version: null }, { reviews: noData, version: null }).state).toBe(
      'not-shown',
    )
  })
})

/** A market where a client who draws somebody hires them with `effect` more than the others' `base`. */
function searches(nth: number, of: { readonly base: number; readonly effect: number }): Draw[] {
  const random = seeded(nth)
  return Array.from({ length: 300 }, (_, search) => {
    // what is hired depends on the pool, and so does π: a plain difference would be biased
    const classes = [0.3, 0.1].map((propensity) => {
      const base = of.base * (propensity === 0.3 ? 2 : 1)
      const seen = { people: 8, drawn: 0, propensity, hiredDrawn: 0, hiredOthers: 0 }
      for (let person = 0; person < seen.people; person++) {
        const drawn = random.unit() < propensity
        const hired = random.unit() < base + (drawn ? of.effect : 0)
        seen.drawn += Number(drawn)
        seen.hiredDrawn += Number(drawn && hired)
        seen.hiredOthers += Number(!drawn && hired)
      }
      return seen
    })
    return { client: `cli_${search % 60}`, classes }
  })
}

describe('being drawn', () => {
  const draws: readonly Draw[] = [
    { client: 'a', classes: [{ people: 4, drawn: 2, propensity: 0.5, hiredDrawn: 1, hiredOthers: 0 }] },
    { client: 'b', classes: [{ people: 4, drawn: 1, propensity: 0.25, hiredDrawn: 0, hiredOthers: 1 }] },
  ]

  it('is weighed by its probability, and its error by client: a vector by hand', () => {
    const effect = noticedEffect(draws)
    expect(effect?.drawn).toBeCloseTo(2 / 8, 12)
    expect(effect?.notDrawn).toBeCloseTo(4 / 3 / 8, 12)
    expect(effect?.difference.value).toBeCloseTo(1 / 12, 12)
    expect(effect?.difference.standardError).toBeCloseTo(0.208333 * 2, 5)
    expect(effect?.clients).toBe(2)
  })

  it('is told by nothing where it was sure or out of the question', () => {
    const sure = { people: 3, drawn: 3, propensity: 1, hiredDrawn: 3, hiredOthers: 0 }
    const never = { people: 9, drawn: 0, propensity: 0, hiredDrawn: 0, hiredOthers: 9 }
    const more = [...draws, { client: 'c', classes: [sure, never] }, { client: 'd', classes: [] }]
    expect(noticedEffect(more)).toEqual(noticedEffect(draws))
  })

  it.each([
    ['no draw at all', []],
    ['one client', draws.slice(0, 1)],
    [
      'empty pools',
      [
        { client: 'a', classes: [] },
        { client: 'b', classes: [] },
      ],
    ],
    [
      'nobody drawn',
      ['a', 'b'].map((client) => ({
        client,
        classes: [{ people: 1, drawn: 0, propensity: 0.5, hiredDrawn: 0, hiredOthers: 0 }],
      })),
    ],
  ])('is not known of %s', (_, none: readonly Draw[]) => {
    expect(noticedEffect(none)).toBeUndefined()
  })

  it('has intervals that hold the truth, of an effect and of none, in 95 of 100 markets', () => {
    for (const [nth, effect] of [0, 0.05].entries()) {
      const found = Array.from({ length: 300 }, (_, run) =>
        noticedEffect(searches(1_000 * nth + run, { base: 0.02, effect })),
      ).map((one) => one?.difference)
      const right = found.filter((one) => one && one.low <= effect && effect <= one.high).length / found.length
      const mean = found.reduce((sum, one) => sum + (one?.value ?? 0), 0) / found.length
      expect(right).toBeGreaterThanOrEqual(0.92)
      expect(right).toBeLessThanOrEqual(0.98)
      expect(mean).toBeCloseTo(effect, 2)
    }
  })
})

/** Readers' days by month: at first a tenth is held out, later a twentieth, when clients hire more anyway. */
function readersDays(nth: number, effect: number, months = 12): Stratum[][] {
  const random = seeded(nth)
  return Array.from({ length: months }, (_, month) =>
    [0.03, 0.1].map((base) => {
      const propensity = month < 4 ? 0.9 : 0.95
      const seen = { treated: { units: 0, events: 0 }, heldOut: { units: 0, events: 0 } }
      for (let unit = 0; unit < 100; unit++) {
        const arm = random.unit() < propensity ? 'treated' : 'heldOut'
        seen[arm].units += 1
        const happens = base * (month < 4 ? 1 : 2) + (arm === 'treated' ? effect : 0)
        seen[arm].events += Number(random.unit() < happens)
      }
      return { propensity, ...seen }
    }),
  )
}

describe('what the scheme does to the market', () => {
  const one: Stratum = { propensity: 0.5, treated: { units: 10, events: 4 }, heldOut: { units: 10, events: 2 } }

  it('is the plain difference where there is one stratum: a vector by hand', () => {
    const effect = marketEffect([one])
    expect(effect?.treated).toBeCloseTo(0.4, 12)
    expect(effect?.heldOut).toBeCloseTo(0.2, 12)
    expect(effect?.difference.value).toBeCloseTo(0.2, 12)
    // 4·1.2² + 6·.8² + 2·1.6² + 8·.4² = 16 over 20·19
    expect(effect?.difference.standardError).toBeCloseTo(Math.sqrt(16 / 380), 12)
    expect(effect?.units).toEqual({ treated: 10, heldOut: 10 })
    expect(effect?.sequence.low).toBeLessThan(effect?.difference.low ?? 0)
  })

  it('leaves out strata in which nothing was drawn, and knows nothing without both arms', () => {
    const sure = { propensity: 1, treated: { units: 50, events: 50 }, heldOut: { units: 0, events: 0 } }
    expect(marketEffect([one, sure])).toEqual(marketEffect([one]))
    expect(marketEffect([])).toBeUndefined()
    expect(marketEffect([sure])).toBeUndefined()
    expect(marketEffect([{ ...one, heldOut: { units: 0, events: 0 } }])).toBeUndefined()
  })

  it('has an interval of some width where nothing has happened yet', () => {
    const quiet = marketEffect([
      { propensity: 0.9, treated: { units: 90, events: 0 }, heldOut: { units: 10, events: 0 } },
    ])
    expect(quiet?.difference.value).toBe(0)
    expect(quiet?.difference.low).toBeLessThan(-0.1)
    expect(quiet?.difference.high).toBeGreaterThan(0.02)
  })

  it('has intervals that hold the truth at the end of 95 of 100 years, though the share held out changes with the season', () => {
    for (const [nth, effect] of [0, 0.03].entries()) {
      const found = Array.from({ length: 200 }, (_, run) =>
        marketEffect(readersDays(5_000 * (nth + 1) + run, effect).flat()),
      ).map((found) => found?.difference)
      const right = found.filter((one) => one && one.low <= effect && effect <= one.high).length / found.length
      expect(right).toBeGreaterThanOrEqual(0.92)
      const mean = found.reduce((sum, one) => sum + (one?.value ?? 0), 0) / found.length
      expect(mean).toBeCloseTo(effect, 2)
    }
  })

  it('has confidence sequences that hold the truth in every month of 95 of 100 years', () => {
    const always = Array.from({ length: 150 }, (_, run) => {
      const months = readersDays(90_000 + run, 0.03)
      return months.every((_, month) => {
        const { low, high } = marketEffect(months.slice(0, month + 1).flat())?.sequence ?? { low: -1, high: 1 }
        return low <= 0.03 && 0.03 <= high
      })
    })
    expect(always.filter(Boolean).length / always.length).toBeGreaterThanOrEqual(0.95)
  })

  it('has sequences about three standard errors wide where they are narrowest', () => {
    expect(sequenceWidth(5_000)).toBeCloseTo(3.04, 1)
    for (const n of [10, 100, 100_000]) expect(sequenceWidth(n)).toBeGreaterThan(sequenceWidth(5_000) - 0.1)
  })
})

describe('waiting', () => {
  it('counts those who joined late while they are seen: a vector by hand', () => {
    const waits = [
      { days: 1, came: true },
      { days: 1, came: false },
      { days: 2, came: true },
      { days: 5, came: false },
    ]
    // 1/4 came of four; then one of the two left
    expect(shareByDay(waits, 3)).toEqual([0, 0.25, 0.625, 0.625])
    expect(medianWait(waits, 3)).toBe(2)
    expect(medianWait(waits, 1)).toBeUndefined()
  })

  it('counts people who waited alike at once, and a wait below none as none', () => {
    const alone = Array.from({ length: 3 }, () => ({ days: 2, came: true }))
    expect(shareByDay([{ days: 2, came: true, people: 3 }], 4)).toEqual(shareByDay(alone, 4))
    expect(shareByDay([{ days: -9, came: true }], 1)).toEqual([1, 1])
    expect(medianWait([], 9)).toBeUndefined()
  })

  it('never falls, stays in 0..1, and is the plain share when all came', () => {
    const wait = fc.record({ days: fc.nat(30), came: fc.boolean() })
    fc.assert(
      fc.property(fc.array(wait), (waits) => {
        const shares = shareByDay(waits, 31)
        for (const [day, share] of shares.entries()) {
          expect(share).toBeGreaterThanOrEqual(shares[day - 1] ?? 0)
          expect(share).toBeLessThanOrEqual(1)
        }
        const all = waits.map(({ days }) => ({ days, came: true }))
        const until = (day: number) => all.filter(({ days }) => days <= day).length / Math.max(1, all.length)
        for (const [day, share] of shareByDay(all, 31).entries()) expect(share).toBeCloseTo(until(day), 10)
      }),
    )
  })
})

describe('what may be published', () => {
  it('is no figure of fewer than fifty people, and no cell of fewer than ten', () => {
    expect([known(0.3, 49), known(0.3, 50), known(undefined, 500), known(0, 50)]).toEqual([null, 0.3, null, 0])
    expect([cell(0), cell(9), cell(10)]).toEqual([null, null, 10])
  })
})

describe('what other terms of the lot would have done', () => {
  const HIRED = { drawn: 0.1, notDrawn: 0.02 }
  const CLASSES = [
    { people: 6, propensity: 0.2 },
    { people: 12, propensity: 0.1 },
  ] as const

  /** Searches in which everybody is drawn by chance and hired by chance; the same people under other terms beside it. */
  function searches(random: Random, count: number, otherwise: readonly [number, number]): OtherwiseDraw[] {
    const chances = (people: number, share: number) =>
      Array.from({ length: people }, () => random.unit() < share).filter(Boolean).length
    return Array.from({ length: count }, (_, nth) => ({
      client: `c${nth % 300}`,
      classes: CLASSES.map(({ people, propensity }, at) => {
        const drawn = chances(people, propensity)
        const [hiredDrawn, hiredOthers] = [chances(drawn, HIRED.drawn), chances(people - drawn, HIRED.notDrawn)]
        return { people, drawn, propensity, otherwise: otherwise[at] as number, hiredDrawn, hiredOthers }
      }),
    }))
  }
  const truth = (shares: readonly [number, number]) =>
    CLASSES.reduce((sum, { people }, at) => {
      const share = shares[at] as number
      return sum + people * (share * HIRED.drawn + (1 - share) * HIRED.notDrawn)
    }, 0)

  it.each([[[0.4, 0.1]], [[0.05, 0.02]], [[0.2, 0.3]]] as const)(
    'is found by both figures, within their error: shares of %j',
    (shares) => {
      const effect = underOtherTerms(searches(seeded(7), 6_000, shares))
      const change = truth(shares) - truth([0.2, 0.1])
      const { value, standardError } = effect?.difference ?? { value: 0, standardError: 0 }
      expect(standardError).toBeGreaterThan(0)
      expect(Math.abs(value - change)).toBeLessThan(4 * standardError)
      expect(Math.abs((effect?.selfNormalised ?? 0) - truth(shares))).toBeLessThan(0.05)
      expect(effect?.searches).toBe(6_000)
    },
  )

  it('is covered by its interval in nineteen of twenty logs', () => {
    const shares = [0.4, 0.05] as const
    const change = truth(shares) - truth([0.2, 0.1])
    const covered = Array.from({ length: 200 }, (_, nth) => {
      const { low, high } = underOtherTerms(searches(seeded(nth), 600, shares))?.difference ?? { low: 1, high: 0 }
      return low <= change && change <= high
    })
    expect(covered.filter(Boolean).length).toBeGreaterThan(180)
  })

  it('is no change where the terms are the same, and is not known where nothing was drawn', () => {
    const same = underOtherTerms(searches(seeded(3), 6_000, [0.2, 0.1]))?.difference
    expect(Math.abs(same?.value ?? 1)).toBeLessThan(4 * (same?.standardError ?? 0))
    expect(underOtherTerms([])).toBeUndefined()
    const certain = { people: 2, drawn: 2, propensity: 1, otherwise: 0.5, hiredDrawn: 1, hiredOthers: 0 }
    expect(
      underOtherTerms([
        { client: 'a', classes: [certain] },
        { client: 'b', classes: [certain] },
      ]),
    ).toBeUndefined()
  })
})
