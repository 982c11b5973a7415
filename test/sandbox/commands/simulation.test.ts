import { describe, expect, it } from 'vitest'
import { drawPlace, streamOf } from '../../../src/sandbox/simulation/draw.ts'
import { signed } from '../../../src/sandbox/simulation/draw-plot.ts'
import { correlation, csv, meanOf, quantile } from '../../../src/sandbox/simulation/figures.ts'
import { drawLevel } from '../../../src/sandbox/simulation/judge-work.ts'
import { drawPopulation, rightProbability } from '../../../src/sandbox/simulation/population.ts'
import { groupOf, type Newcomer, summariseYear } from '../../../src/sandbox/simulation/summarise-year.ts'

const options = { seed: 3, workers: 4_000, clients: 400, days: 365, rho: 0.35 }

describe('the people of a year', () => {
  const { workers, clients } = drawPopulation(options)

  it('are the same for the same seed, and others for another', () => {
    expect(drawPopulation(options).workers).toEqual(workers)
    expect(drawPopulation({ ...options, seed: 4 }).workers).not.toEqual(workers)
  })

  it('have abilities that correlate with their quality as they were asked to', () => {
    expect(correlation(workers.map(({ quality, ability }) => [quality, ability] as const))).toBeCloseTo(0.35, 1)
    const unrelated = drawPopulation({ ...options, rho: 0 }).workers
    expect(correlation(unrelated.map(({ quality, ability }) => [quality, ability] as const))).toBeCloseTo(0, 1)
  })

  it('join throughout the year, each exam after joining', () => {
    const joined = workers.flatMap(({ joinsOn }) => joinsOn ?? [])
    expect([joined.at(0), joined.at(-1)]).toEqual([0, 364])
    for (const { joinsOn, examOn } of workers)
      if (examOn !== null) expect(examOn).toBeGreaterThan(joinsOn ?? Number.POSITIVE_INFINITY)
  })

  it('know more items the abler they are', () => {
    const right = [-3, -1, 0, 1, 3].map(rightProbability)
    expect(right).toEqual(right.toSorted((a, b) => a - b))
    expect(Math.max(...right)).toBeLessThan(1)
  })

  it('are honest for the most part', () => {
    expect(clients.filter(({ honest }) => !honest)).toHaveLength(24)
  })
})

it('reviews lie between workers by a quarter of their variance', () => {
  const random = streamOf(1, 'levels')
  const pairs = drawPopulation(options).workers.map(
    ({ quality }) => [drawLevel(random, quality), drawLevel(random, quality)] as const,
  )
  // less what the axes and the rounding add: they are no part of a level
  expect(correlation(pairs)).toBeGreaterThan(0.24)
  expect(correlation(pairs)).toBeLessThan(0.34)
})

it('a list is read from its top, and now and then to its end', () => {
  const random = streamOf(1, 'places')
  const places = Array.from({ length: 5_000 }, () => drawPlace(random, 1_000))
  expect(Math.min(...places)).toBe(1)
  expect(Math.max(...places)).toBeGreaterThan(950)
  expect(Math.max(...places)).toBeLessThanOrEqual(1_000)
  const share = (from: number, to: number) =>
    places.filter((place) => place >= from && place < to).length / places.length
  expect(share(1, 51)).toBeGreaterThan(0.4)
  expect(share(1, 101)).toBeGreaterThan(share(101, 201))
  expect(drawPlace(random, 1)).toBe(1)
})

describe('figures', () => {
  it('interpolates quantiles', () => {
    expect([quantile([4, 1, 3, 2], 0.5), quantile([1, 2], 0.25), quantile([], 0.5)]).toEqual([2.5, 1.25, undefined])
  })

  it('gives a mean its interval', () => {
    expect(meanOf([1])).toBeUndefined()
    const { mean, low, high } = meanOf([1, 2, 3]) ?? { mean: 0, low: 0, high: 0 }
    expect([mean, low, high].map((value) => Math.round(value * 100) / 100)).toEqual([2, 0.87, 3.13])
  })

  it('writes nothing for what is not known', () => {
    expect(csv([['a', undefined, null, 0, false]])).toBe('a,,,0,false\n')
  })
})

describe('the summary of a year', () => {
  const person = (id: number, change: Partial<Newcomer> = {}): Newcomer => ({
    id: `wrk_${id}`,
    quality: id % 3,
    joinsOn: 0,
    certifiedOn: undefined,
    sat: false,
    firstHire: undefined,
    ...change,
  })

  it('counts a certificate within four weeks, and nobody twice', () => {
    expect([
      groupOf(person(1, { certifiedOn: 28 })),
      groupOf(person(1, { certifiedOn: 29 })),
      groupOf(person(1)),
    ]).toEqual(['certified', undefined, 'uncertified'])
  })

  it('tells places by whole weeks since each joined', () => {
    const people = Array.from({ length: 10 }, (_, nth) => person(nth, { joinsOn: 3 }))
    const census = people.flatMap(({ id }, nth) => [9, 10].map((day) => ({ worker: id, day, percentile: nth * 10 })))
    const { rank } = summariseYear(people, census, 30)
    expect(rank).toEqual([
      { week: 0, group: 'uncertified', n: 10, low: 22.5, median: 45, high: 67.5 },
      { week: 1, group: 'uncertified', n: 10, low: 22.5, median: 45, high: 67.5 },
    ])
  })

  it('goes by the certificate in hand at the first hiring', () => {
    const people = [1, 2, 3, 4].map((id) =>
      person(id, {
        certifiedOn: 20,
        firstHire: { on: id * 10, certified: id > 2, way: id > 3 ? 'place by lot' : 'own place' },
      }),
    )
    const { hires, waits } = summariseYear(people, [], 60)
    expect(hires.map(({ certified, quality }) => [certified, quality?.n])).toEqual([
      [true, 2],
      [false, 2],
    ])
    expect(waits[0]).toMatchObject({
      group: 'certified',
      people: 4,
      hired: 4,
      medianDays: 20,
      byWay: { 'own place': 3, 'place by lot': 1, application: 0 },
    })
  })
})

it('writes numbers with a true minus, and none before a zero', () => {
  expect([-0.004, -0.25, 0.1, 0].map((value) => signed(value))).toEqual(['0.00', '−0.25', '0.10', '0.00'])
})
