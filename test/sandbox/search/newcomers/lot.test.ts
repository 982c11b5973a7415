import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  certifiedShare,
  drawLot,
  groups,
  type Pool,
  propensitiesOf,
  type Sequence,
  sizesOf,
} from '../../../../src/sandbox/search/newcomers/lot.ts'

const line = (prefix: string, fresh: number, settled: number) => ({
  fresh: Array.from({ length: fresh }, (_, nth) => `${prefix}f${nth}`),
  settled: Array.from({ length: settled }, (_, nth) => `${prefix}s${nth}`),
})
const poolOf = ([cf, cs, uf, us]: readonly [number, number, number, number]): Pool<string> => ({
  certified: line('c', cf, cs),
  other: line('u', uf, us),
})
const size = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 300 }))
const sizes = fc.tuple(size, size, size, size)
const terms = fc.record({ places: fc.integer({ min: 1, max: 4 }), ratio: fc.double({ min: 1, max: 4, noNaN: true }) })
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

describe('the lot', () => {
  it('propensities are probabilities that add up to the places, or to the pool where it is smaller', () => {
    fc.assert(
      fc.property(sizes, terms, (four, of) => {
        const heads = sizesOf(poolOf(four))
        const π = propensitiesOf(heads, of)
        for (const group of groups)
          for (const weight of ['fresh', 'settled'] as const) {
            expect(π[group][weight]).toBeGreaterThanOrEqual(0)
            expect(π[group][weight]).toBeLessThanOrEqual(1)
          }
        const expected = sum(
          groups.flatMap((group) => (['fresh', 'settled'] as const).map((w) => π[group][w] * heads[group][w])),
        )
        expect(expected).toBeCloseTo(Math.min(of.places, sum(four)), 9)
      }),
    )
  })

  it('a draw names as many different newcomers as there are places, each with their propensity', () => {
    fc.assert(
      fc.property(sizes, terms, fc.string(), (four, of, seed) => {
        const pool = poolOf(four)
        const drawn = drawLot(pool, { ...of, seed })
        const π = propensitiesOf(sizesOf(pool), of)
        expect(new Set(drawn.map(({ newcomer }) => newcomer)).size).toBe(Math.min(of.places, sum(four)))
        for (const { newcomer, group, propensity } of drawn) {
          expect(newcomer[0]).toBe(group === 'certified' ? 'c' : 'u')
          expect(propensity).toBe(π[group][newcomer[1] === 'f' ? 'fresh' : 'settled'])
          expect(propensity).toBeGreaterThan(0)
        }
        expect(drawLot(pool, { ...of, seed })).toEqual(drawn)
      }),
    )
  })

  it.each([
    [[3, 5, 4, 9], 2.4],
    [[1, 0, 2, 40], 4],
    [[0, 3, 0, 1], 1],
    [[2, 1, 1, 0], 2.4],
    [[0, 0, 1, 2], 2.4],
    [[6, 2, 0, 0], 3],
  ] as const)('frequencies of 100,000 draws from a pool of %j at r = %d are the propensities', (four, ratio) => {
    const pool = poolOf(four)
    const of = { places: 2, ratio }
    const π = propensitiesOf(sizesOf(pool), of)
    const draws = 100_000
    const counts = new Map<string, number>()
    for (let nth = 0; nth < draws; nth += 1)
      for (const { newcomer } of drawLot(pool, { ...of, seed: `day ${nth}` }))
        counts.set(newcomer, (counts.get(newcomer) ?? 0) + 1)
    for (const group of groups)
      for (const weight of ['fresh', 'settled'] as const)
        for (const newcomer of pool[group][weight] as readonly string[]) {
          const p = π[group][weight]
          // five standard errors: one in a million by chance
          const far = 5 * Math.sqrt((p * (1 - p)) / draws) + 1e-9
          expect(Math.abs((counts.get(newcomer) ?? 0) / draws - p)).toBeLessThanOrEqual(far)
        }
  })

  it('others get two thirds of a place in expectation, as long as there are any', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 1, max: 4, noNaN: true }), (four, ratio) => {
        const heads = sizesOf(poolOf(four))
        if (heads.other.fresh + heads.other.settled === 0) return
        const π = propensitiesOf(heads, { places: 2, ratio }).other
        expect(π.fresh * heads.other.fresh + π.settled * heads.other.settled).toBeGreaterThanOrEqual(2 / 3 - 1e-9)
      }),
    )
  })

  it('at r = 1 certified and others of a weight are equally likely in a large pool of the same mix', () => {
    const π = propensitiesOf(sizesOf(poolOf([20, 60, 40, 120])), { places: 2, ratio: 1 })
    expect(π.certified.fresh).toBeCloseTo(π.other.fresh, 12)
    expect(π.certified.settled).toBeCloseTo(π.other.settled, 12)
  })

  it('a certified newcomer is r times as likely as another of the same weight until the certified have two thirds', () => {
    const π = propensitiesOf(sizesOf(poolOf([0, 10, 0, 190])), { places: 2, ratio: 2.4 })
    expect(π.certified.settled / π.other.settled).toBeCloseTo(2.4, 12)
    expect(certifiedShare(sizesOf(poolOf([0, 190, 0, 10])), 4)).toBe(2 / 3)
  })

  it('a draw from a hundred thousand looks at a handful', () => {
    let looked = 0
    const watched = (length: number): Sequence<number> => ({
      length,
      at: (index) => {
        looked += 1
        return index
      },
    })
    const pool = {
      certified: { fresh: watched(5_000), settled: watched(20_000) },
      other: { fresh: watched(5_000), settled: watched(70_000) },
    }
    expect(drawLot(pool, { places: 2, ratio: 2.4, seed: 'day' })).toHaveLength(2)
    expect(looked).toBe(2)
  })
})
