import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Response, scoreResponse } from '../../src/item/definition-of.ts'
import type { SettledKey } from '../../src/item/item.ts'
import { readNumber } from '../../src/item/types/typed-text.ts'

const partial: SettledKey = { type: 'multiple', choices: [0, 2], partial: true }
const whole: SettledKey = { type: 'multiple', choices: [0, 2], partial: false }
const cloze: SettledKey = { type: 'cloze', blanks: { '1': { accepted: ['FALSE', '0'] }, '2': { choice: 1 } } }

describe('scoring a response', () => {
  it.each<[string, SettledKey, Response, number]>([
    ['the right choice', { type: 'single', choice: 2 }, { choice: 2 }, 1],
    ['another choice', { type: 'single', choice: 2 }, { choice: 1 }, 0],
    ['no answer', { type: 'single', choice: 2 }, null, 0],
    ['a choice that was never on the paper', { type: 'single', choice: 2 }, { choice: -1 }, 0],
    ['all right picks', partial, { choices: [2, 0] }, 1],
    ['half of the right picks', partial, { choices: [0] }, 0.5],
    ['a wrong pick takes a right one away', partial, { choices: [0, 1] }, 0],
    ['ticking everything earns nothing', partial, { choices: [0, 1, 2, 3] }, 0],
    ['the same pick twice counts once', partial, { choices: [0, 0] }, 0.5],
    ['all or nothing without partial credit', whole, { choices: [0] }, 0],
    ['all, without partial credit', whole, { choices: [0, 2] }, 1],
    ['nothing ticked', whole, { choices: [] }, 0],
    [
      'a number with separator and unit',
      { type: 'numeric', value: 13_200, tolerance: 0, unit: '円' },
      { text: '１３，２００円' },
      1,
    ],
    ['a number within the tolerance', { type: 'numeric', value: 0.3, tolerance: 0.1, unit: '' }, { text: '0.2' }, 1],
    ['a number outside the tolerance', { type: 'numeric', value: 0.3, tolerance: 0.1, unit: '' }, { text: '0.19' }, 0],
    ['something that is no number', { type: 'numeric', value: 0, tolerance: 0, unit: '' }, { text: '' }, 0],
    [
      'a short answer in full width and with spaces',
      { type: 'short', accepted: ['absolute reference'] },
      { text: 'Ａｂｓｏｌｕｔｅ　Reference ' },
      1,
    ],
    ['half of the blanks', cloze, { blanks: { '1': 'false', '2': 0 } }, 0.5],
    ['a blank left out', cloze, { blanks: { '2': 1 } }, 0.5],
    ['the right order', { type: 'order', order: [2, 0, 1] }, { order: [2, 0, 1] }, 1],
    ['another order', { type: 'order', order: [2, 0, 1] }, { order: [0, 2, 1] }, 0],
    ['two of three pairs', { type: 'match', pairs: [1, 0, 2] }, { pairs: { 0: 1, 1: 0, 2: 3 } }, 2 / 3],
    ['an answer of another shape', { type: 'match', pairs: [1] }, { text: '1' }, 0],
  ])('%s', (_, key, response, credit) => {
    expect(scoreResponse(key, response)).toBeCloseTo(credit, 12)
  })

  it('never leaves 0..1, whatever is answered', () => {
    const response = fc.oneof(
      fc.constant(null),
      fc.record({ choice: fc.integer() }),
      fc.record({ choices: fc.array(fc.integer({ min: -2, max: 6 })) }),
      fc.record({ text: fc.string() }),
      fc.record({ blanks: fc.dictionary(fc.constantFrom('1', '2', '3'), fc.oneof(fc.string(), fc.integer())) }),
      fc.record({ order: fc.array(fc.integer()) }),
      fc.record({ pairs: fc.dictionary(fc.constantFrom('0', '1'), fc.integer()) }),
    )
    const keys: SettledKey[] = [
      partial,
      whole,
      cloze,
      { type: 'match', pairs: [1, 0] },
      { type: 'order', order: [0, 1] },
      { type: 'short', accepted: ['a'] },
    ]
    fc.assert(
      fc.property(fc.constantFrom(...keys), response, (key, given) => {
        const credit = scoreResponse(key, given as Response)
        expect(credit).toBeGreaterThanOrEqual(0)
        expect(credit).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('numbers as people type them', () => {
  it.each<[string, string, number | undefined]>([
    ['￥13,200', '円', 13_200],
    ['¥−13,200', '円', -13_200],
    ['１２ページ', 'ページ', 12],
    ['−1.5 ﾒｰﾄﾙ', 'メートル', -1.5],
    ['ー3', '', -3],
    ['13200', '円', 13_200],
    ['－５', '', -5],
    ['+1.50', '', 1.5],
    ['1,32,00', '', undefined],
    ['12 34', '', 1234],
    ['1e3', '', undefined],
    ['0x10', '', undefined],
    ['約12', '', undefined],
    ['12個', '円', undefined],
  ])('%s with unit "%s" reads as %s', (text, unit, value) => {
    expect(readNumber(text, unit)).toBe(value)
  })
})
