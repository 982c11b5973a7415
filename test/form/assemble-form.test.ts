import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assembleForm, NO_EXPOSURE } from '../../src/form/assemble-form.ts'
import type { Exposure } from '../../src/form/draw-sections.ts'
import { presentForm } from '../../src/form/present-form.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Item } from '../../src/item/item.ts'
import { sampleBank, sampleItem, section } from '../support/sample-bank.ts'

const seeds = fc.stringMatching(/^[0-9a-f]{32}$/)
const nothingShown: Exposure = NO_EXPOSURE
const draw = (bank: Bank, seed: string, exposure = nothingShown) => assembleForm(bank, { locale: 'ja', seed, exposure })
const itemsOf = (bank: Bank, seed: string, exposure = nothingShown): Item[] => {
  const ids = draw(bank, seed, exposure).sections.flatMap((s) => s.items.map((item) => item.itemId))
  return ids.map((id) => bank.items.find((item) => item.id === id) as Item)
}

const quotas = [
  { from: 1, to: 2, draw: 2 },
  { from: 3, to: 3, draw: 1 },
  { from: 4, to: 5, draw: 2 },
]

describe('a form', () => {
  it('meets its blueprint: sections, draws and difficulty quotas', () => {
    const bank = sampleBank({ sections: [section('a', 5, { quotas }), section('b', 3)] })
    fc.assert(
      fc.property(seeds, (seed) => {
        const items = itemsOf(bank, seed)
        expect(new Set(items.map((item) => item.id)).size).toBe(8)
        const a = items.filter((item) => item.topic === 'a')
        for (const quota of quotas)
          expect(a.filter((item) => item.difficulty >= quota.from && item.difficulty <= quota.to)).toHaveLength(
            quota.draw,
          )
        expect(items.filter((item) => item.topic === 'b')).toHaveLength(3)
      }),
    )
  })

  it('asks for no skill twice in a section while the pool allows', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const skills = itemsOf(sampleBank(), seed).map((item) => item.skill)
        expect(new Set(skills).size).toBe(skills.length)
      }),
    )
  })

  it('never holds two enemies', () => {
    const items = Array.from({ length: 12 }, (_, i) =>
      sampleItem('a', i, { enemies: i < 6 ? [`a-${String(i + 6).padStart(3, '0')}`] : [] }),
    )
    const bank = sampleBank({ sections: [section('a', 5)], items })
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = itemsOf(bank, seed)
        for (const item of drawn) expect(drawn.some((other) => item.enemies.includes(other.id))).toBe(false)
      }),
    )
  })

  it('holds at least the critical items that the exam demands', () => {
    const bank = sampleBank({
      exam: { critical: { min: 3, skills: ['a-skill-0', 'a-skill-1', 'b-skill-0', 'b-skill-2'] } },
    })
    fc.assert(
      fc.property(seeds, (seed) => {
        const critical = itemsOf(bank, seed).filter((item) => bank.exam.critical?.skills.includes(item.skill ?? ''))
        expect(critical.length).toBeGreaterThanOrEqual(3)
      }),
    )
  })

  it('takes what the worker has not seen, and of that the least shown', () => {
    const bank = sampleBank({ sections: [section('a', 4)] })
    const seen = new Set(['a-000', 'a-001', 'a-002', 'a-003'])
    const timesShown = Object.fromEntries(bank.items.map((item, i) => [item.id, i < 12 ? 5 : 1]))
    fc.assert(
      fc.property(seeds, (seed) => {
        const ids = itemsOf(bank, seed, { ...NO_EXPOSURE, ownPapers: [seen], timesShown }).map((item) => item.id)
        expect(ids.filter((id) => seen.has(id))).toEqual([])
        expect(ids.every((id) => timesShown[id] === 1)).toBe(true)
      }),
    )
  })

  it('falls back on seen items when there are no others', () => {
    const bank = sampleBank({ sections: [section('a', 4)] })
    const all = new Set(bank.items.map((item) => item.id))
    expect(itemsOf(bank, 'a'.repeat(32), { ...NO_EXPOSURE, ownPapers: [all] })).toHaveLength(4)
  })

  it('takes leaked items only where nothing else fits', () => {
    const bank = sampleBank({ sections: [section('a', 4)] })
    const leaked = new Set(bank.items.slice(0, 12).map((item) => item.id))
    fc.assert(
      fc.property(
        seeds,
        (seed) =>
          void expect(itemsOf(bank, seed, { ...NO_EXPOSURE, leaked }).filter((item) => leaked.has(item.id))).toEqual(
            [],
          ),
      ),
    )
    expect(
      itemsOf(bank, 'b'.repeat(32), { ...NO_EXPOSURE, leaked: new Set(bank.items.map((item) => item.id)) }),
    ).toHaveLength(4)
  })

  it('wakes a dormant item for each that leaked, of its skill where there is one', () => {
    const items = Array.from({ length: 8 }, (_, i) =>
      sampleItem('a', i, { skill: `s${i % 4}`, ...(i >= 4 ? { status: 'dormant' } : {}) }),
    )
    const bank = sampleBank({ sections: [section('a', 4)], items })
    const idsWith = (leaked: readonly string[]) =>
      new Set(itemsOf(bank, 'c'.repeat(32), { ...NO_EXPOSURE, leaked: new Set(leaked) }).map(({ id }) => id))
    expect(idsWith([])).toEqual(new Set(['a-000', 'a-001', 'a-002', 'a-003']))
    expect(idsWith(['a-001'])).toEqual(new Set(['a-000', 'a-005', 'a-002', 'a-003']))
    // the one that woke leaked too
    expect(idsWith(['a-001', 'a-005']).has('a-005')).toBe(false)
  })

  it('keeps its distance from the papers drawn shortly before', () => {
    const items = Array.from({ length: 20 }, (_, i) => sampleItem('a', i, { skill: `s${i}` }))
    const bank = sampleBank({ sections: [section('a', 5)], items, exam: { mostOverlap: 0.4 } })
    fc.assert(
      fc.property(seeds, fc.array(seeds, { minLength: 1, maxLength: 4 }), (seed, earlier) => {
        const recentPapers = earlier.map((other) => new Set(itemsOf(bank, other).map(({ id }) => id)))
        const mine = itemsOf(bank, seed, { ...NO_EXPOSURE, recentPapers })
        for (const paper of recentPapers)
          expect(mine.filter(({ id }) => paper.has(id)).length / 5).toBeLessThanOrEqual(0.4)
      }),
    )
  })

  it('leaves drafts, pilots, retired items and honeypots out', () => {
    const items = Array.from({ length: 24 }, (_, i) =>
      sampleItem('a', i, { status: (['live', 'draft', 'pilot', 'retired', 'honeypot'] as const)[i % 5] ?? 'live' }),
    )
    fc.assert(
      fc.property(
        seeds,
        (seed) =>
          void expect(
            itemsOf(sampleBank({ sections: [section('a', 4)], items }), seed).every((item) => item.status === 'live'),
          ).toBe(true),
      ),
    )
  })

  it('is the same for the same seed, and rebuilds from its record', () => {
    const bank = sampleBank()
    fc.assert(
      fc.property(seeds, (seed) => {
        const form = draw(bank, seed)
        expect(draw(bank, seed)).toEqual(form)
        expect(presentForm(JSON.parse(JSON.stringify(form)), bank)).toEqual(presentForm(form, bank))
      }),
    )
  })

  it('draws the right order of an order item as often as any other', () => {
    const items = Array.from({ length: 8 }, (_, i) => sampleItem('a', 6, { id: `a-${i}`, skill: `s-${i}` }))
    const bank = sampleBank({ sections: [section('a', 1)], items })
    const rights = Array.from({ length: 2_400 }, (_, i) => draw(bank, i.toString(16).padStart(32, '7'))).filter(
      (form) => form.sections[0]?.items[0]?.choices?.join() === '2,0,3,1',
    ).length
    // 4! = 24 orders: 100 expected, standard deviation 9.8
    expect(Math.abs(rights - 100)).toBeLessThan(45)
  })

  it('refuses a bank that cannot fill its places', () => {
    const bank = sampleBank({ sections: [section('a', 4)], items: [sampleItem('a', 0)] })
    expect(() => draw(bank, 'f'.repeat(32))).toThrow(/cannot fill/)
  })
})
