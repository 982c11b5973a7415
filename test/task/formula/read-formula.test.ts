import { describe, expect, it } from 'vitest'
import { readFormula } from '../../../src/task/formula/read-formula.ts'
import { printFormula } from '../../../src/task/formula/tree.ts'

const printed = (typed: string) => {
  const read = readFormula(typed)
  return read.ok ? printFormula(read.value) : read.problem
}

describe('a formula as people type it', () => {
  it.each([
    ['＝ＳＵＭ（Ａ１：Ａ３）', '=SUM(A1:A3)'],
    ['  = sum( a1 : a3 , 5 ) ', '=SUM(A1:A3,5)'],
    ['=ＩＦ（Ａ１＞＝５，“大”，”小”）', '=IF(A1>=5,"大","小")'],
    ['=IF(A1="全角，（）",1,2)', '=IF(A1="全角，（）",1,2)'],
    ['="say ""hi"""', '="say ""hi"""'],
    ['=$a$1+A$1+$A1', '=$A$1+A$1+$A1'],
    ['=sum(a:a)+SUM($B:C)', '=SUM(A:A)+SUM($B:C)'],
    ['=SUM(5:9,$5:$9)', '=SUM(5:9,$5:$9)'],
    ['=商品!$A$2:$C$9', '=商品!$A$2:$C$9'],
    ["='売上 2026'!A1", "='売上 2026'!A1"],
    ["='it''s'!A1", "='it''s'!A1"],
    ['＝商品！Ａ１', '=商品!A1'],
    ['=Sheet1!A1', "='Sheet1'!A1"],
    ['=10%+.5+1.50+1e3', '=10%+0.5+1.5+1000'],
    ['=-A1^2', '=-A1^2'],
    ['=--A1', '=--A1'],
    ['=(1+2)*3', '=(1+2)*3'],
    ['=IF(A1,,1)', '=IF(A1,,1)'],
    ['=NA()', '=NA()'],
    ['=SUM({1,-2;3,"x"})', '=SUM({1,-2;3,"x"})'],
    ['=true&FALSE', '=TRUE&FALSE'],
    ['=#N/A', '=#N/A'],
    ['=XFD1048576', '=XFD1048576'],
  ])('%s is read as %s', (typed, wanted) => expect(printed(typed)).toBe(wanted))

  it.each([
    ['SUM(A1)', { code: 'no-equals-sign', at: 0 }],
    ['', { code: 'no-equals-sign', at: 0 }],
    ['=', { code: 'unfinished', at: 1 }],
    ['=1+', { code: 'unfinished', at: 3 }],
    ['=1 2', { code: 'unexpected', at: 3, found: '2' }],
    ['=*2', { code: 'unexpected', at: 1, found: '*' }],
    ['=A1)', { code: 'unexpected', at: 3, found: ')' }],
    ['=SUM(A1;A2)', { code: 'unexpected', at: 7, found: ';' }],
    ['=1×2', { code: 'unexpected', at: 2, found: '×' }],
    ['=SUM(A1、A2)', { code: 'unexpected', at: 7, found: '、' }],
    ['=SUM(A1', { code: 'not-closed', at: 4, found: '(' }],
    ['=(1+(2)', { code: 'not-closed', at: 1, found: '(' }],
    ['={1,2', { code: 'not-closed', at: 1, found: '{' }],
    ['="abc', { code: 'not-closed', at: 1, found: '"' }],
    ['={1,2;3}', { code: 'unexpected', at: 1, found: '{' }],
    ['=IF(A1=本店,1,2)', { code: 'unknown-name', at: 7, name: '本店' }],
    ['=XFE1', { code: 'unknown-name', at: 1, name: 'XFE1' }],
    ['=A1048577', { code: 'unknown-name', at: 1, name: 'A1048577' }],
    ['=SUMM(A1)', { code: 'unknown-function', at: 1, name: 'SUMM' }],
    ['=1+INDIRECT("A1")', { code: 'unknown-function', at: 3, name: 'INDIRECT' }],
    ['=VLOOKUP(A1,B1:C4)', { code: 'argument-count', at: 1, name: 'VLOOKUP', least: 3, most: 4, given: 2 }],
    ['=SUM()', { code: 'argument-count', at: 1, name: 'SUM', least: 1, most: 255, given: 0 }],
    ['=COUNTIFS(A:A,1,B:B)', { code: 'argument-count', at: 1, name: 'COUNTIFS', least: 2, most: 255, given: 3 }],
    [`=${'1+'.repeat(300)}1`, { code: 'too-long', at: 600, most: 600 }],
    [`=${'('.repeat(70)}1${')'.repeat(70)}`, { code: 'too-deep', at: 65, most: 64 }],
    [`=${'-'.repeat(70)}1`, { code: 'too-deep', at: 65, most: 64 }],
  ])('%s is refused, with the place and what is wrong there', (typed, problem) =>
    expect(printed(typed)).toEqual(problem),
  )
})
