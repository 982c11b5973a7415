import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellAt, openCalculation } from '../../../src/task/formula/calculate.ts'
import { type Layout, moveFormula } from '../../../src/task/formula/move-formula.ts'
import { readFormula } from '../../../src/task/formula/read-formula.ts'
import { shiftFormula } from '../../../src/task/formula/shift-formula.ts'
import { columnName, type Formula, printFormula } from '../../../src/task/formula/tree.ts'
import { drawCases } from './draw-formulas.ts'

const SEED = '9'.padStart(32, '0')

const drawn = drawCases(SEED, 500).flatMap(({ cells, formula }) => {
  const read = readFormula(formula)
  return read.ok ? [{ cells, formula: read.value }] : []
})

const pieces =
  '= == ＝ + - * / ^ & % , ; : ! $ ( ) （ ） { } < > <> >= " “ ” \' # # A1 $B$2 C:C 5:9 A1:A3 商品!A1 \'あ い\'!B1 SUM( IF( VLOOKUP( TEXT( TRUE 1 2.5 1E3 . 0 "x" "円" 東京 _ @ ~ \\ ｱ 😀'
    .split(' ')
    .concat(' ', '　', '\n')

describe('any text', () => {
  it('is a formula or a problem with a place in it; a formula has a value, and is read again from its print', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), fc.boolean(), (parts, isFormula) => {
        const typed = (isFormula ? '=' : '') + parts.join('')
        const read = readFormula(typed)
        if (!read.ok) {
          expect(read.problem.at).toBeGreaterThanOrEqual(0)
          expect(read.problem.at).toBeLessThanOrEqual(typed.length)
          return
        }
        openCalculation({ 表: { A1: 1, B2: 'x', Z9: read.value } }).valueAt('表', 'Z9')
        expect(readFormula(printFormula(read.value))).toEqual(read)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('drawn formulas', () => {
  it('are all read', () => expect(drawn.length).toBe(500))

  it('are the same when they are printed and read again', () => {
    for (const { formula } of drawn) expect(readFormula(printFormula(formula))).toEqual({ ok: true, value: formula })
  })

  it('are the same when they are copied somewhere and back', () => {
    for (const { formula } of drawn) {
      const there = shiftFormula(formula, { rows: 7, columns: 3 })
      expect(shiftFormula(there, { rows: -7, columns: -3 })).toEqual(formula)
    }
  })

  it('come to the same on a sheet that is laid out anew', () => {
    // from the fifth row on four rows down, and the order of the columns C, D, E, A, B
    const layout: Layout = { row: (row) => row + 4, column: (column) => (column > 5 ? column : ((column + 1) % 5) + 1) }
    const at = (address: string) => {
      const cell = cellAt(address)
      return cell ? columnName(layout.column(cell.column)) + layout.row(cell.row) : address
    }
    let count = 0
    for (const { cells, formula } of drawn) {
      const moved = moveFormula(formula, layout)
      if (!moved) continue
      count++
      const there: Record<string, number | string | boolean | Formula> = { T44: moved }
      for (const [address, value] of Object.entries(cells)) there[at(address)] = value
      const value = openCalculation({ 表: { ...cells, T40: formula } }).valueAt('表', 'T40')
      expect(openCalculation({ 表: there }).valueAt('表', 'T44'), printFormula(formula)).toEqual(value)
    }
    expect(count).toBeGreaterThan(400)
  })
})

describe('what a page loads to read, calculate and copy formulas', () => {
  it('is at most 12 KB, zipped', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: ['read-formula', 'calculate', 'shift-formula']
          .map((file) => `export * from './src/task/formula/${file}.ts'`)
          .join('\n'),
        resolveDir: process.cwd(),
      },
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      charset: 'utf8',
      write: false,
    })
    expect(gzipSync(outputFiles[0]?.contents ?? '').length).toBeLessThan(12_000)
  })
})
