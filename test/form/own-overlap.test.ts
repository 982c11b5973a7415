import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assembleForm, NO_EXPOSURE } from '../../src/form/assemble-form.ts'
import { simulateRetakes } from '../../src/form/simulate-forms.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Item } from '../../src/item/item.ts'
import { sampleBank, sampleItem, section } from '../support/sample-bank.ts'

const seeds = fc.stringMatching(/^[0-9a-f]{32}$/)
const draw = (bank: Bank, seed: string, exposure: Partial<typeof NO_EXPOSURE> = {}): Set<string> =>
  new Set(
    assembleForm(bank, { locale: 'ja', seed, exposure: { ...NO_EXPOSURE, ...exposure } }).sections.flatMap(
      ({ items }) => items.map(({ itemId }) => itemId),
    ),
  )
const shared = (paper: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...paper].filter((id) => other.has(id)).length

/** The papers of a worker who draws one after the other. */
function papersOf(bank: Bank, drawn: readonly string[], exposure: Partial<typeof NO_EXPOSURE> = {}): Set<string>[] {
  const ownPapers: Set<string>[] = []
  for (const seed of drawn) ownPapers.push(draw(bank, seed, { ...exposure, ownPapers }))
  return ownPapers
}

const PAPERS = 4
const quotas = [
  { from: 1, to: 2, draw: 3 },
  { from: 3, to: 5, draw: 2 },
]
/** Two sections whose pools hold just the items of four papers, in whatever skills and whatever has been shown of them. */
const pools = fc.record({
  skills: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 40, maxLength: 40 }),
  shown: fc.array(fc.nat(50), { minLength: 40, maxLength: 40 }),
  cap: fc.constantFrom(0, 0.1, 0.2, 0.3),
})
const bankOf = (skills: readonly number[], cap: number): Bank =>
  sampleBank({
    sections: [section('a', 5, { quotas }), section('b', 5)],
    items: ['a', 'b'].flatMap((topic, t) =>
      Array.from({ length: 20 }, (_, i) =>
        sampleItem(topic, i, {
          skill: `${topic}${skills[t * 20 + i]}`,
          difficulty: (i < 12 ? 1 + (i % 2) : 3 + (i % 3)) as Item['difficulty'],
        }),
      ),
    ),
    exam: { mostOwnOverlap: cap },
  })

describe('the papers of one worker', () => {
  it('share no more than the cap with any earlier one, whatever the skills, while the pool holds enough', () => {
    fc.assert(
      fc.property(pools, fc.array(seeds, { minLength: PAPERS, maxLength: PAPERS }), ({ skills, shown, cap }, drawn) => {
        const bank = bankOf(skills, cap)
        const timesShown = Object.fromEntries(bank.items.map(({ id }, i) => [id, shown[i] ?? 0]))
        const papers = papersOf(bank, drawn, { timesShown })
        papers.forEach((paper, n) => {
          for (const earlier of papers.slice(0, n)) expect(shared(paper, earlier)).toBeLessThanOrEqual(cap * 10)
        })
      }),
    )
  })

  it('would share more without the cap: a skill with one item comes back on every paper', () => {
    const items = Array.from({ length: 20 }, (_, i) =>
      sampleItem('a', i, { skill: i === 0 ? 'rare' : i === 1 ? 'scarce' : 'common' }),
    )
    const bank = (exam: Partial<Bank['exam']>) => sampleBank({ sections: [section('a', 3)], items, exam })
    const drawn = ['1', '2', '3'].map((digit) => digit.repeat(32))
    const [first, , third] = papersOf(bank({}), drawn) as [Set<string>, Set<string>, Set<string>]
    expect(shared(third, first)).toBe(2)
    const [one, two, three] = papersOf(bank({ mostOwnOverlap: 0 }), drawn) as [Set<string>, Set<string>, Set<string>]
    expect([shared(two, one), shared(three, one), shared(three, two)]).toEqual([0, 0, 0])
  })

  it('spread what must come again evenly once the pool runs dry, and are drawn all the same', () => {
    const items = Array.from({ length: 8 }, (_, i) => sampleItem('a', i, { skill: `s${i}` }))
    const bank = sampleBank({ sections: [section('a', 4)], items, exam: { mostOwnOverlap: 0.5 } })
    fc.assert(
      fc.property(fc.array(seeds, { minLength: 3, maxLength: 3 }), (drawn) => {
        const [one, two, three] = papersOf(bank, drawn) as [Set<string>, Set<string>, Set<string>]
        expect(shared(two, one)).toBe(0)
        expect([shared(three, one), shared(three, two)]).toEqual([2, 2])
      }),
    )
    expect(
      draw(
        sampleBank({ sections: [section('a', 4)], items: items.slice(0, 4), exam: { mostOwnOverlap: 0 } }),
        '1'.repeat(32),
        { ownPapers: [new Set(items.map(({ id }) => id))] },
      ).size,
    ).toBe(4)
  })

  it('meet an item again rather than one that leaked', () => {
    const items = Array.from({ length: 8 }, (_, i) => sampleItem('a', i, { skill: `s${i}` }))
    const bank = sampleBank({ sections: [section('a', 4)], items, exam: { mostOwnOverlap: 0 } })
    const leaked = new Set(items.slice(4).map(({ id }) => id))
    const own = new Set(items.slice(0, 4).map(({ id }) => id))
    fc.assert(fc.property(seeds, (seed) => void expect(draw(bank, seed, { ownPapers: [own], leaked })).toEqual(own)))
  })

  it('hold the critical items that the exam wants without breaking the cap', () => {
    const items = Array.from({ length: 20 }, (_, i) => sampleItem('a', i, { skill: `s${i}` }))
    const bank = sampleBank({
      sections: [section('a', 5)],
      items,
      exam: { mostOwnOverlap: 0.2, critical: { min: 2, skills: ['s0', 's1', 's2', 's3', 's4', 's5'] } },
    })
    fc.assert(
      fc.property(fc.array(seeds, { minLength: 3, maxLength: 3 }), (drawn) => {
        const papers = papersOf(bank, drawn)
        papers.forEach((paper, n) => {
          for (const earlier of papers.slice(0, n)) expect(shared(paper, earlier)).toBeLessThanOrEqual(1)
        })
      }),
    )
  })
})

describe('retakes on trial', () => {
  it('tell how far the papers of one worker are apart', () => {
    const enough = bankOf(
      Array.from({ length: 40 }, (_, i) => i % 6),
      0.2,
    )
    expect(simulateRetakes(enough, { locale: 'ja', workers: 10, seed: '5'.repeat(32) })).toMatchObject({
      workers: 10,
      papersEach: 4,
      overlap: { most: expect.any(Number) },
    })
    expect(
      simulateRetakes(enough, { locale: 'ja', workers: 10, seed: '5'.repeat(32) }).overlap.most,
    ).toBeLessThanOrEqual(0.2)
    const short = sampleBank({
      sections: [section('a', 4)],
      items: Array.from({ length: 6 }, (_, i) => sampleItem('a', i)),
    })
    const { overlap } = simulateRetakes(short, { locale: 'ja', workers: 3, seed: '5'.repeat(32) })
    expect(overlap.mean).toBeGreaterThanOrEqual(0.5)
    expect(overlap.p95).toBeLessThanOrEqual(overlap.most)
  })
})
