import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../../src/authoring/parse-expression.ts'
import { sentenceOf } from '../../src/authoring/said.ts'
import { evaluate, groupDigits, type Values, variablesIn } from '../../src/item/expression.ts'

function compute(source: string, values: Values = {}): string | undefined {
  const parsed = parseExpression(source)
  if (!parsed.ok) throw new Error(sentenceOf(parsed.problem, 'en'))
  return evaluate(parsed.value, values)?.decimal
}

describe('arithmetic', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) × 3', '9'],
    ['10 - 4 - 3', '3'],
    ['20 ÷ 4 / 5', '1'],
    ['-2 * -3', '6'],
    ['0.1 + 0.2', '0.3'],
    [`${'８，０００'.replace('，', '')} × 1.1`, '8800'],
    // ten per cent and withholding of prices at which binary fractions fall short of the whole yen
    ['floor(1150 * 1.1)', '1265'],
    ['切捨て(100000 × 0.1021)', '10210'],
    ['floor(1.005 * 1000)', '1005'],
    ['floor(-1.5)', '-2'],
    ['ceil(1.2)', '2'],
    ['ceil(-1.2)', '-1'],
    ['round(2.5)', '3'],
    ['四捨五入(-2.5)', '-3'],
    ['round(2.345, 2)', '2.35'],
    ['floor(12345, -2)', '12300'],
    ['min(3, 1, 2)', '1'],
    ['最大(3, 1, 2)', '3'],
    ['1 / 3', '0.333333'],
  ])('%s is %s', (source, decimal) => {
    expect(compute(source)).toBe(decimal)
  })

  it('has no value where it cannot be computed', () => {
    expect([compute('1 / (2 - 2)'), compute('price * 2'), compute('round(1, 0.5)')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(compute('単価 * 数量', { 単価: 120, 数量: 3 })).toBe('360')
  })

  it('says whether a value is exact', () => {
    const exact = (source: string) => {
      const parsed = parseExpression(source)
      return parsed.ok && evaluate(parsed.value, {})?.isExact
    }
    expect([exact('1 / 8'), exact('2 / 3'), exact('round(2 / 3, 2)')]).toEqual([true, false, true])
  })

  it.each([
    '',
    '1 +',
    '(1',
    '1 2',
    'price.constructor',
    'alert(1)',
    '1 ** 2',
    '"a"',
    'a;b',
    '__proto__(1)',
    'floor()',
    'min(1)',
    `${'('.repeat(60)}1`,
    `1${'+1'.repeat(200)}`,
  ])('refuses %j', (source) => {
    expect(parseExpression(source).ok).toBe(false)
  })

  it('knows no names but the variables', () => {
    expect(compute('constructor', {})).toBeUndefined()
    expect(compute('__proto__', {})).toBeUndefined()
  })

  it('agrees with whole-number arithmetic', () => {
    const small = fc.integer({ min: -1_000, max: 1_000 })
    fc.assert(
      fc.property(small, small, small, (a, b, c) => {
        expect(compute('a * b + c', { a, b, c })).toBe(String(a * b + c).replace('-0', '0'))
        expect(compute('floor(a / 7)', { a })).toBe(String(Math.floor(a / 7)))
      }),
    )
  })

  it('finds the variables it uses', () => {
    const parsed = parseExpression('floor(price * rate / 100) + price')
    expect(parsed.ok && [...variablesIn(parsed.value)].sort()).toEqual(['price', 'rate'])
  })

  it.each([
    ['1234567', '1,234,567'],
    ['-1234.5678', '-1,234.5678'],
    ['999', '999'],
  ])('groups %s as %s', (decimal, shown) => {
    expect(groupDigits(decimal)).toBe(shown)
  })
})
