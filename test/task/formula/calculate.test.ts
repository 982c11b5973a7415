import { describe, expect, it } from 'vitest'
import { type Content, openCalculation, type Sheets } from '../../../src/task/formula/calculate.ts'
import { readFormula } from '../../../src/task/formula/read-formula.ts'
import { fillRange } from '../../../src/task/formula/shift-formula.ts'
import type { Formula } from '../../../src/task/formula/tree.ts'
import { isFailure, isSameResult, type Scalar } from '../../../src/task/formula/value.ts'

function read(typed: string): Formula {
  const formula = readFormula(typed)
  if (!formula.ok) throw new Error(`${typed}: ${formula.problem.code}`)
  return formula.value
}

/** Cells as they are typed; what begins with an equals sign is a formula. */
const sheet = (cells: Readonly<Record<string, number | string | boolean>>): Record<string, Content> =>
  Object.fromEntries(
    Object.entries(cells).map(([address, typed]) => [
      address,
      typeof typed === 'string' && typed.startsWith('=') ? read(typed) : typed,
    ]),
  )

function value(
  cells: Readonly<Record<string, number | string | boolean>>,
  address: string,
  others: Sheets = {},
): Scalar {
  const found = openCalculation({ 表: sheet(cells), ...others }).valueAt('表', address)
  return isFailure(found) ? (found.why ?? found.error) : found
}

const of = (typed: string, cells: Readonly<Record<string, number | string | boolean>> = {}) =>
  value({ ...cells, Z99: typed }, 'Z99')

describe('signs and values in a formula', () => {
  it.each([
    ['=-2^2', 4],
    ['=2^3^2', 64],
    ['=2^-1', 0.5],
    ['=1+2*3', 7],
    ['=50%*10', 5],
    ['=10-5-2', 3],
    ['=1&2+3', '15'],
    ['="a"&1/4', 'a0.25'],
    ['=1=1', true],
    ['="10">9', true],
    ['=TRUE>"z"', true],
    ['="abc"="ABC"', true],
    ['="3"+4', 7],
    ['=TRUE+1', 2],
    ['="x"+1', '#VALUE!'],
    ['=A1+1', 1],
    ['=A1&"x"', 'x'],
    ['=A1=0', true],
    ['=A1=""', true],
    ['=A1', 0],
    ['=0.1+0.2=0.3', true],
    ['=1.1-1-0.1=0', true],
    ['=1/3&""', '0.333333333333333'],
    ['=1/0', '#DIV/0!'],
    ['=#N/A+1', '#N/A'],
    ['=1=#REF!', '#REF!'],
  ])('%s is %s', (typed, wanted) => expect(of(typed)).toBe(wanted))

  it('errors pass through whatever reads them', () => {
    const cells = { A1: '=1/0', A2: '=A1+1', A3: '=SUM(A1:A2)', A4: '=IFERROR(A3,"無効")' }
    expect(['A2', 'A3', 'A4'].map((cell) => value(cells, cell))).toEqual(['#DIV/0!', '#DIV/0!', '無効'])
  })
})

describe('references', () => {
  it('read other sheets by name, whatever the width of its letters', () => {
    const others = { 商品: { A1: 120 }, Ｓheet1: { B2: 'x' } }
    expect(value({ A1: '=商品!A1*2', A2: '=sheet1!B2', A3: '=なし!A1' }, 'A1', others)).toBe(240)
    expect(value({ A2: '=sheet1!B2' }, 'A2', others)).toBe('x')
    expect(value({ A3: "='な し'!A1" }, 'A3', others)).toBe('no-sheet')
  })

  it('read whole columns and rows as far as anything is written', () => {
    const cells = { A1: 1, A2: 2, A50: 3, B1: 5 }
    expect(of('=SUM(A:A)+SUM(1:1)', cells)).toBe(12)
    expect(of('=SUMPRODUCT((A:A>1)*A:A)', cells)).toBe(5)
    expect(of('=COUNTBLANK(A:A)', cells)).toBe(1_048_573)
  })

  it('of a range that is not asked for one value give the first', () => expect(of('=A1:A3', { A1: 7 })).toBe(7))

  it('of a sheet that does not exist are errors, whatever counts them', () =>
    expect(
      ['=COUNTIF(なし!A:A,1)', '=COUNT(なし!A:A)', '=SUMIF(A:A,1,なし!B:B)', '=ISERROR(なし!A1)'].map((typed) =>
        of(typed),
      ),
    ).toEqual(['no-sheet', 'no-sheet', 'no-sheet', true]))

  it('run a function once for each cell where a range stands for single values', () => {
    expect(of('=SUM(LEN(A1:A3))', { A1: 'a', A2: 'bb', A3: 'ccc' })).toBe(6)
    expect(of('=SUM({1,2}*{10;20})')).toBe(90)
    expect(of('=SUM({1,2}+{1,2,3})')).toBe('#N/A')
  })

  it('leave subtotals out of a subtotal', () =>
    expect(value({ A1: 1, A2: 2, A3: '=SUBTOTAL(9,A1:A2)', A4: '=SUBTOTAL(9,A1:A3)' }, 'A4')).toBe(3))
})

describe('circles', () => {
  it.each([
    [{ A1: '=A1' }, 'A1'],
    [{ A1: '=SUM(A:A)' }, 'A1'],
    [{ A1: '=A2', A2: '=A3+1', A3: '=A1' }, 'A2'],
    [{ A1: '=IFERROR(A2,5)', A2: '=A1+1' }, 'A2'],
    [{ A1: '=IFERROR(A2,5)', A2: '=A1+1' }, 'A1'],
  ])('%j: cell %s is a circle', (cells, address) => expect(value(cells, address)).toBe('circular'))

  it('are none where only the place of the own cell is asked for', () =>
    expect([value({ A7: '=ROW(A7)+ROWS(A1:A7)' }, 'A7'), value({ B2: '=COLUMN()' }, 'B2')]).toEqual([14, 2]))
})

describe('a formula that asks for too much', () => {
  const numbers = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`A${i + 1}`, i]))
  const long = 'REPT("ab",16000)'

  it.each([
    [
      'a product of sums over sums',
      '=SUMPRODUCT((A1:A300>TRANSPOSED)*1)'.replace('TRANSPOSED', 'COUNTIF(A1:A300,A1:A300)'),
    ],
    ['ranges of a hundred thousand cells', '=SUM(A1:CV1000)'],
    ['a table from a row and a column', `=SUM(A1:A300*{${Array.from({ length: 200 }, () => 1).join(',')}})`],
    ['long texts for each cell', `=SUMPRODUCT(LEN(REPT("x",30000+A1:A300)))`],
    ['patterns in long texts', `=SUMPRODUCT(SEARCH("*a*a*a*c",${long}&A1:A300))`],
  ])('%s: the error says so', (_, typed) => expect(of(typed, numbers)).toBe('too-much'))

  it.each([
    ['a text of 32,768 characters', '=LEN(REPT("a",32768))', '#VALUE!'],
    ['texts joined beyond that', `=LEN(${long}&${long})`, '#VALUE!'],
    ['a text that grows at each place', `=LEN(SUBSTITUTE(${long},"a",${long}))`, '#VALUE!'],
    ['a long text between texts', `=LEN(TEXTJOIN(${long},FALSE,A1:A300))`, '#VALUE!'],
    ['a long pattern', '=SEARCH(REPT("a*",120)&"b",REPT("a",32000))', '#VALUE!'],
    ['a hundred thousand months', '=DATE(2026,1E+99,1)', '#NUM!'],
    ['work days beyond all years', '=WORKDAY(1,1E+15)', '#NUM!'],
    ['digits beyond all digits', '=ROUND(1.5,1E+99)', 1.5],
    ['a format of 256 places', '=TEXT(1,REPT("0",256))', '#VALUE!'],
  ])('%s is an error or a value', (_, typed, wanted) => expect(of(typed, numbers)).toBe(wanted))

  it('copied down a column spends what all of them share', () => {
    const filled = fillRange('H1:H300', read('=SUMPRODUCT(RANK($A$1:$A$130,$A$1:$A$130))'))
    const calculation = openCalculation({ 表: { ...numbers, ...filled } })
    expect(calculation.valueAt('表', 'H1')).toBe((130 * 131) / 2)
    expect(calculation.valueAt('表', 'H2')).toBe((130 * 131) / 2)
    expect(['H3', 'H4', 'H300'].map((cell) => calculation.valueAt('表', cell)).at(-1)).toMatchObject({
      why: 'too-much',
    })
  })

  it('a chain of a thousand cells, read from its end, is an error and no crash', () => {
    const chain = fillRange('A2:A1000', read('=((((A1))))+1'))
    expect(openCalculation({ 表: { A1: 1, ...chain } }).valueAt('表', 'A1000')).toMatchObject({ why: 'too-much' })
  })

  it('three hundred signs in a row are fine', () => expect(of(`=1${'+1'.repeat(298)}`)).toBe(299))
})

describe('two results', () => {
  it.each<[Scalar, Scalar, boolean]>([
    [0.1 + 0.2, 0.3, true],
    [1, 1.001, false],
    ['a', 'A', false],
    ['', null, false],
    [{ error: '#REF!', why: 'circular' }, { error: '#REF!' }, true],
    [{ error: '#N/A' }, { error: '#REF!' }, false],
    [1, true, false],
  ])('%j and %j: the same is %s', (one, other, wanted) => expect(isSameResult(one, other)).toBe(wanted))
})
