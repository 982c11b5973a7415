import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../../../src/kernel/instant.ts'
import {
  contradiction,
  type HiddenAnswers,
  reviewWindow,
  type Stars,
  safeAnswers,
} from '../../../src/sandbox/review/review.ts'
import { DAY, paidContract } from '../../support/sandbox/review-room.ts'

const at = instant(1_800_000_000_000)

describe('who may review', () => {
  it('is decided by the settlement: 30 days from it', () => {
    expect(reviewWindow(paidContract('c', at))).toEqual({ opensAt: at, closesAt: at + 30 * DAY })
  })

  it.each([
    ['nothing has moved', { moneyMovedAt: null, settledAt: null, released: 0, fee: 0, status: 'in-progress' }],
    ['a part is paid and the rest still held', { settledAt: null, released: 900, status: 'in-progress' }],
    ['it expired', { moneyMovedAt: null, released: 0, fee: 0, funded: 0, status: 'expired' }],
    ['all was given back before any work', { released: 0, fee: 0, refunded: 10_000, status: 'cancelled' }],
  ] as const)('nobody while %s', (_, change) => {
    expect(reviewWindow(paidContract('c', at, change))).toBeUndefined()
  })

  it.each([
    ['a part was paid before it was called off', { released: 900, fee: 100, refunded: 9_000, status: 'cancelled' }],
    ['a dispute was decided for the client', { released: 0, fee: 0, refunded: 10_000, status: 'decided' }],
  ] as const)('both when %s', (_, change) => {
    expect(reviewWindow(paidContract('c', at, change))?.opensAt).toBe(at)
  })
})

describe('a contradiction', () => {
  const all = (star: number): Stars => ({
    skill: star,
    quality: star,
    schedule: star,
    communication: star,
    partnership: star,
  })
  const of = (stars: Stars, again: number, safe: HiddenAnswers['safe'] = 'yes') =>
    contradiction({ stars, hidden: { again, safe, note: '' } })

  it.each([
    [5, 3, 'yes', 'praised-but-never-again'],
    [5, 4, 'yes', undefined],
    [4, 0, 'yes', undefined],
    [5, 10, 'no', 'praised-but-unsafe'],
    [5, 0, 'no', 'praised-but-unsafe'],
    [5, 10, 'unsure', undefined],
    [2, 9, 'yes', 'blamed-but-again'],
    [2, 8, 'yes', undefined],
    [3, 10, 'yes', undefined],
    [1, 0, 'no', undefined],
  ] as const)('of %i stars and again %i, safe %s: %s', (stars, again, safe, kind) => {
    expect(of(all(stars), again, safe)?.kind).toBe(kind)
  })

  it('begins at a mean of 4.5 stars', () => {
    expect(of({ ...all(5), skill: 4, quality: 4 }, 0)?.kind).toBe('praised-but-never-again')
    expect(of({ ...all(5), skill: 4, quality: 4, schedule: 4 }, 0)).toBeUndefined()
  })

  it('weighs more the further apart the two are, unsafe work most, from 0 to 100', () => {
    const star = fc.integer({ min: 1, max: 5 })
    const stars = fc.record({ skill: star, quality: star, schedule: star, communication: star, partnership: star })
    fc.assert(
      fc.property(stars, fc.integer({ min: 0, max: 10 }), fc.constantFrom(...safeAnswers), (s, again, safe) => {
        const found = of(s, again, safe)
        if (!found) return
        expect(found.score).toBeGreaterThan(0)
        expect(found.score).toBeLessThanOrEqual(100)
        if (found.kind === 'praised-but-unsafe') expect(found.score).toBeGreaterThanOrEqual(90)
        const further = of(s, found.kind === 'blamed-but-again' ? 10 : 0, safe)
        expect(further?.score).toBeGreaterThanOrEqual(found.score)
      }),
    )
  })
})
