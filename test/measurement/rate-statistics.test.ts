import { describe, expect, it } from 'vitest'
import { fisherInterval, wilsonInterval } from '../../src/measurement/item-flags.ts'
import { rateDiscrimination, rateFacility } from '../../src/measurement/rate-statistics.ts'

describe('words for statistics', () => {
  it.each([
    [0.95, 'very-easy'],
    [0.9, 'easy'],
    [0.62, 'middling'],
    [0.44, 'hard'],
    [0.29, 'very-hard'],
  ] as const)('a facility of %f is %s', (share, word) => {
    expect(rateFacility({ facility: wilsonInterval(share, 100) })).toBe(word)
  })

  it.each([
    [0.33, 32, 'unknown'],
    [0.33, 320, 'good'],
    [0.45, 320, 'strong'],
    [0.25, 320, 'fair'],
    [0.12, 3_200, 'weak'],
    [-0.3, 100, 'reversed'],
  ] as const)('a discrimination of %f over %i papers is %s', (r, n, word) => {
    expect(rateDiscrimination({ discrimination: fisherInterval(r, n) })).toBe(word)
  })

  it('say nothing of a discrimination that is not there', () => {
    expect(rateDiscrimination({})).toBe('unknown')
  })
})
