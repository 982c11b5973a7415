import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../src/kernel/random.ts'

const seed = fc.stringMatching(/^[0-9a-f]{32}$/)

describe('seeded draws', () => {
  it('gives the same draws for the same seed, for ever', () => {
    // pinned: a change here would change every stored paper that is rebuilt on appeal
    expect(randomFrom('000102030405060708090a0b0c0d0e0f').shuffle([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([
      3, 8, 9, 1, 0, 2, 7, 6, 5, 4,
    ])
  })

  it('shuffles without losing or doubling anything', () => {
    fc.assert(
      fc.property(
        seed,
        fc.array(fc.integer()),
        (s, list) => void expect(randomFrom(s).shuffle(list).toSorted()).toEqual(list.toSorted()),
      ),
    )
  })

  it('draws within its bound, also from the seed of zeros', () => {
    fc.assert(
      fc.property(fc.oneof(seed, fc.constant('0'.repeat(32))), fc.integer({ min: 1, max: 1_000 }), (s, bound) => {
        const random = randomFrom(s)
        const draws = Array.from({ length: 20 }, () => random.below(bound))
        expect(draws.every((draw) => Number.isInteger(draw) && draw >= 0 && draw < bound)).toBe(true)
      }),
    )
  })

  it('puts every element into every place about equally often', () => {
    const random = randomFrom('5eed'.repeat(8))
    const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0])
    for (let i = 0; i < 8_000; i++)
      random.shuffle([0, 1, 2, 3]).forEach((element, place) => ((counts[element] as number[])[place] as number)++)
    // χ² with 9 degrees of freedom: 27.9 is exceeded once in a thousand
    const chi2 = counts.flat().reduce((sum, n) => sum + (n - 2_000) ** 2 / 2_000, 0)
    expect(chi2).toBeLessThan(27.9)
  })
})
