import { describe, expect, it } from 'vitest'
import {
  agreements,
  agreementsByPlace,
  cohensKappa,
  ENOUGH,
  type Pair,
} from '../../../../src/sandbox/moderation/second/agreement.ts'
import { agree, findingOf, isDrawn, missingFor } from '../../../../src/sandbox/moderation/second/second.ts'
import { keyedName } from '../../../../src/sandbox/people/keyed-name.ts'

const none = { breach: false, kinds: [] }
const fee = { breach: true, kinds: ['upfront-fee'] } as const
const other = { breach: true, kinds: [] }
const surface = 'job' as const

describe('the agreement of two operators', () => {
  it('is Cohen’s κ with its large-sample interval', () => {
    // 50 applications, κ = .40; standard error of Fleiss, Cohen and Everitt worked out by hand: √.016128
    const found = cohensKappa({ both: 20, onlyFirst: 5, onlySecond: 10, neither: 15 })
    expect(found?.kappa).toBeCloseTo(0.4, 10)
    expect(found?.low).toBeCloseTo(0.4 - 1.96 * Math.sqrt(0.016128), 10)
    expect(found?.high).toBeCloseTo(0.4 + 1.96 * Math.sqrt(0.016128), 10)
    expect(cohensKappa({ both: 10, onlyFirst: 0, onlySecond: 0, neither: 10 })).toEqual({ kappa: 1, low: 1, high: 1 })
  })

  it('cannot be told where all is the same, or nothing is there', () => {
    expect(cohensKappa({ both: 40, onlyFirst: 0, onlySecond: 0, neither: 0 })).toBeUndefined()
    expect(cohensKappa({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toBeUndefined()
  })

  it('says nothing of a kind before thirty texts were of it in the eyes of either', () => {
    const pairs = (fees: number): Pair[] => [
      ...Array.from({ length: fees }, () => ({ surface, first: fee, second: fee })),
      ...Array.from({ length: 40 }, () => ({ surface, first: none, second: none })),
    ]
    const of = (fees: number, about: string) => agreements(pairs(fees)).find((one) => one.about === about)
    expect(of(ENOUGH - 1, 'upfront-fee')).toMatchObject({ n: ENOUGH - 1, same: 1, kappa: undefined })
    expect(of(ENOUGH, 'upfront-fee')?.kappa?.kappa).toBe(1)
    expect(of(ENOUGH - 1, 'any')).toMatchObject({ n: ENOUGH + 39 })
    expect(agreements([])[0]).toEqual({ about: 'any', n: 0, same: undefined, kappa: undefined })
  })

  it('is told for each place where a text was written, with nothing of the others in it', () => {
    const pairs: Pair[] = Array.from({ length: 2 * ENOUGH }, (_, nth) => ({
      surface: nth % 2 ? 'application' : 'appeal',
      first: nth % 4 < 2 ? fee : none,
      second: nth % 2 && nth % 4 < 2 ? other : none,
    }))
    const of = (about: string) => agreementsByPlace(pairs).find((one) => one.about === about)
    expect(of('application')).toMatchObject({ n: ENOUGH, same: 1, kappa: { kappa: 1 } })
    expect(of('appeal')).toMatchObject({ n: ENOUGH, same: 0.5, kappa: { kappa: 0 } })
    expect(of('job')).toEqual({ about: 'job', n: 0, same: undefined, kappa: undefined })
  })
})

describe('a second judgement', () => {
  it('falls on one decision in twenty, by a key that whoever decides does not know', async () => {
    const names = await Promise.all(
      Array.from({ length: 4_000 }, (_, nth) => keyedName('secret', 'second-judgement', `dec_${nth}`)),
    )
    expect(names.filter(isDrawn).length / names.length).toBeCloseTo(0.05, 1.5)
    expect(await keyedName('another', 'second-judgement', 'dec_1')).not.toBe(names[1])
  })

  it('agrees where both find no breach, or one kind in common', () => {
    expect(findingOf({ action: 'no-action', kinds: ['upfront-fee'] })).toEqual(none)
    expect(findingOf({ action: 'take-down', kinds: ['upfront-fee'] })).toEqual(fee)
    expect([
      agree(none, none),
      agree(fee, { breach: true, kinds: ['upfront-fee', 'other'] }),
      agree(other, other),
    ]).toEqual([true, true, true])
    expect([agree(none, fee), agree(fee, { breach: true, kinds: ['other'] }), agree(fee, other)]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('needs a second operator, and a third to settle what two judge differently', () => {
    expect([1, 2, 3].map(missingFor)).toEqual(['second', 'third', undefined])
  })
})
