import { describe, expect, it } from 'vitest'
import { simulateForms } from '../../src/form/simulate-forms.ts'
import { sampleBank, sampleItem, section } from '../support/sample-bank.ts'

const seed = 'abcd'.repeat(8)

describe('papers drawn on trial', () => {
  const items = Array.from({ length: 40 }, (_, i) => sampleItem('a', i, { skill: `s${i % 8}` }))
  const bank = sampleBank({
    sections: [section('a', 8)],
    items,
    exam: {
      skills: Array.from({ length: 8 }, (_, i) => ({ id: `s${i}`, name: { ja: `s${i}` } })),
      critical: { min: 2, skills: ['s0', 's1', 's2'] },
    },
  })
  const simulated = simulateForms(bank, { locale: 'ja', papers: 200, seed })

  it('show every item about equally often', () => {
    expect(simulated.exposure).toHaveLength(40)
    for (const { share } of simulated.exposure) expect(share).toBeCloseTo(0.2, 1)
    expect(simulated.exposure.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(8, 9)
  })

  it('have about as much in common as chance gives', () => {
    expect(simulated.overlap.mean).toBeGreaterThan(0.15)
    expect(simulated.overlap.mean).toBeLessThan(0.25)
    expect(simulated.overlap.p95).toBeLessThanOrEqual(simulated.overlap.most)
    expect(simulated.overlap.shares).toHaveLength((200 * 199) / 2)
  })

  it('measure every skill, the critical ones on every paper', () => {
    for (const { share } of simulated.coverage) expect(share).toBe(1)
    expect(simulated.coverage.filter(({ isCritical }) => isCritical)).toHaveLength(3)
    expect(simulated.fewestCritical).toBeGreaterThanOrEqual(2)
  })

  it('are the same again from the same seed', () => {
    expect(simulateForms(bank, { locale: 'ja', papers: 200, seed })).toEqual(simulated)
  })

  it('tell of an item that is shown too often', () => {
    const lonely = sampleBank({
      sections: [
        section('a', 8, {
          quotas: [
            { from: 1, to: 1, draw: 1 },
            { from: 2, to: 5, draw: 7 },
          ],
        }),
      ],
      items: items.map((item, i) => ({ ...item, difficulty: i === 0 ? 1 : 3 })),
    })
    expect(simulateForms(lonely, { locale: 'ja', papers: 50, seed }).exposure[0]).toMatchObject({
      item: 'a-000',
      share: 1,
    })
  })
})
