import { describe, expect, it } from 'vitest'
import { moveFormula } from '../../../src/task/formula/move-formula.ts'
import { type Mutation, mutationsOf } from '../../../src/task/formula/mutate-formula.ts'
import { readFormula } from '../../../src/task/formula/read-formula.ts'
import { fillRange, shiftFormula } from '../../../src/task/formula/shift-formula.ts'
import {
  type Formula,
  functionsIn,
  printFormula,
  printReference,
  referencesIn,
} from '../../../src/task/formula/tree.ts'

function read(typed: string): Formula {
  const formula = readFormula(typed)
  if (!formula.ok) throw new Error(`${typed}: ${formula.problem.code}`)
  return formula.value
}

describe('a formula that is copied', () => {
  it.each([
    ['=A1+$A1+A$1+$A$1', 2, 1, '=B3+$A3+B$1+$A$1'],
    ['=SUM(B5:B$28)', 1, 0, '=SUM(B6:B$28)'],
    ['=SUM(A:B)+SUM($A:$A)', 3, 1, '=SUM(B:C)+SUM($A:$A)'],
    ['=SUM(3:4)', 2, 5, '=SUM(5:6)'],
    ['=商品!A2', 1, 1, '=商品!B3'],
    ['=A1*2', -1, 0, '=#REF!*2'],
    ['=XFD1', 0, 1, '=#REF!'],
  ])('%s, %i down and %i to the right, is %s', (typed, rows, columns, wanted) =>
    expect(printFormula(shiftFormula(read(typed), { rows, columns }))).toBe(wanted),
  )

  it('fills each cell of a range from the first', () => {
    const filled = fillRange('F5:F7', read('=D5*$B$2'))
    expect(Object.entries(filled).map(([cell, formula]) => [cell, printFormula(formula)])).toEqual([
      ['F5', '=D5*$B$2'],
      ['F6', '=D6*$B$2'],
      ['F7', '=D7*$B$2'],
    ])
    expect(Object.keys(fillRange('P5', read('=1')))).toEqual(['P5'])
  })
})

describe('a formula whose sheet is laid out anew', () => {
  // A and C change places, and everything from row 5 on moves two rows down
  const layout = {
    row: (row: number) => (row < 5 ? row : row + 2),
    column: (column: number) => ({ 1: 3, 3: 1 })[column] ?? column,
  }

  it.each([
    ['=A5+$C$5+B$2', '=C7+$A$7+B$2'],
    ['=SUMIF(A5:A28,"x",$C$5:$C$28)', '=SUMIF(C7:C30,"x",$A$7:$A$30)'],
    ['=SUM(A:A)', '=SUM(C:C)'],
    ['=商品!A5', '=商品!A5'],
  ])('%s reads the same cells as %s', (typed, wanted) => {
    const moved = moveFormula(read(typed), layout)
    expect(moved && printFormula(moved)).toBe(wanted)
  })

  it('is refused where a range would fall apart', () => {
    expect(moveFormula(read('=SUM(A5:C28)'), layout)).toBeUndefined()
    expect(moveFormula(read('=SUM(B4:B5)'), layout)).toBeUndefined()
  })
})

describe('what a formula uses', () => {
  it('is listed: references as they stand, functions once', () => {
    const formula = read('=IF(SUM($A$1:A3)>商品!B2,SUM(C:C),-D4%)')
    expect(referencesIn(formula).map(printReference)).toEqual(['$A$1:A3', '商品!B2', 'C:C', 'D4'])
    expect([...functionsIn(formula)]).toEqual(['IF', 'SUM'])
  })
})

describe('the mutations of a formula', () => {
  const mutations = (typed: string, kind: Mutation['kind']) =>
    mutationsOf(read(typed), ({ from }) => (from.row === 9 ? undefined : 'x')).flatMap((mutation) =>
      mutation.kind === kind ? [printFormula(mutation.formula)] : [],
    )

  it('put what a cell shows in the place of its reference, one at a time', () =>
    expect(mutations('=A1+A1+A9+SUM(B1:B3)', 'constant')).toEqual(['="x"+A1+A9+SUM(B1:B3)', '=A1+"x"+A9+SUM(B1:B3)']))

  it('leave out each $, and say what it fixed', () => {
    expect(mutations('=A$1+$L$5:M$9', 'dollar')).toEqual([
      '=A1+$L$5:M$9',
      '=A$1+$L5:M$9',
      '=A$1+L$5:M$9',
      '=A$1+$L$5:M9',
    ])
    expect(mutationsOf(read('=A$1+$B1'), () => undefined).map(({ fixed }) => fixed)).toEqual(['row', 'column'])
  })

  it('move a boundary, in comparisons and in criteria', () => {
    expect(mutations('=IF(A1>=5,1,A1<2)', 'boundary')).toEqual(['=IF(A1>5,1,A1<2)', '=IF(A1>=5,1,A1<=2)'])
    expect(mutations('=COUNTIF(A:A,">=10")', 'boundary')).toEqual(['=COUNTIF(A:A,">10")'])
    expect(mutations('=COUNTIF(A:A,"<>10")', 'boundary')).toEqual([])
  })

  it('round in another way', () =>
    expect(mutations('=INT(A1)+ROUND(B1,1)', 'rounding')).toEqual([
      '=ROUND(A1,0)+ROUND(B1,1)',
      '=INT(A1)+ROUNDDOWN(B1,1)',
      '=INT(A1)+ROUNDUP(B1,1)',
    ]))

  it('look for the nearest value', () =>
    expect(mutations('=VLOOKUP(A1,B:C,2,FALSE)+MATCH(A1,B:B,0)', 'lookup')).toEqual([
      '=VLOOKUP(A1,B:C,2,TRUE)+MATCH(A1,B:B,0)',
      '=VLOOKUP(A1,B:C,2,FALSE)+MATCH(A1,B:B,1)',
    ]))

  it('end a range a row early', () => expect(mutations('=SUM(B5:B28,A1)', 'range')).toEqual(['=SUM(B5:B27,A1)']))
})
