import { describe, expect, it } from 'vitest'
import { assembleForm, NO_EXPOSURE } from '../../src/form/assemble-form.ts'
import { reaches, toOneDecimal } from '../../src/scoring/decide-parts.ts'
import { rawScore, reportScore, type ScoredItem, scoreForm } from '../../src/scoring/raw-score.ts'
import { sampleBank, section } from '../support/sample-bank.ts'

const scored = (credits: readonly number[]): ScoredItem[] =>
  credits.map((credit, i) => ({ ref: `q${i}`, itemId: `i${i}`, itemHash: '', points: 1, credit }))

describe('a report', () => {
  const bank = sampleBank({ sections: [section('a', 10), section('b', 10, { passScore: 50 })] })

  it('passes at exactly the cut score', () => {
    const report = reportScore(bank, [scored([1, 1, 1, 1, 1, 1, 1, 1, 1, 0]), scored([1, 1, 1, 1, 1, 0, 0, 0, 0, 0])])
    expect(report).toMatchObject({ passed: true, score: 70 })
  })

  it('fails just below it, and is never shown as having reached it', () => {
    const report = reportScore(bank, [
      scored([1, 1, 1, 1, 1, 1, 1, 1, 1, 0]),
      scored([1, 1, 1, 1, 0.99, 0, 0, 0, 0, 0]),
    ])
    expect(report).toMatchObject({ passed: false, score: 69.9 })
  })

  it('fails when a section misses its own cut score', () => {
    const report = reportScore(bank, [scored(Array(10).fill(1)), scored([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])])
    expect(report).toMatchObject({ passed: false, score: 70 })
  })

  it('counts thirds that add up to a whole as the whole', () => {
    expect(reaches(rawScore(scored([1 / 3, 1 / 3, 1 / 3, 1, 1, 1, 1, 1, 1, 0])), 70)).toBe(true)
  })

  it('gives an empty paper zero', () => {
    const form = assembleForm(bank, { locale: 'ja', seed: '1'.repeat(32), exposure: NO_EXPOSURE })
    expect(reportScore(bank, scoreForm(form, bank, {}))).toMatchObject({ passed: false, score: 0 })
  })

  it('holds neither items nor keys', () => {
    expect(JSON.stringify(reportScore(bank, [scored([1]), scored([1])]))).not.toMatch(/item(Id|Hash)|credit|key|q0/)
  })
})

it('cuts to one decimal, downwards', () => {
  expect([toOneDecimal(69.99), toOneDecimal(70), toOneDecimal(0.1 + 0.2), toOneDecimal((29 / 30) * 100)]).toEqual([
    69.9, 70, 0.3, 96.6,
  ])
})
