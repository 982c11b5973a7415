import { readFileSync } from 'node:fs'
import { initSync, Model } from '@ironcalc/wasm'

// A program of its own, since a formula may hold IronCalc for ever or leave it unusable: reads cases as JSON from its input and
// writes their values.

/** A sheet and what is asked of it. */
export interface Case {
  readonly cells: Readonly<Record<string, number | string | boolean>>
  readonly formula: string
}

const [ROW, COLUMN] = [40, 20]

function place(address: string): readonly [row: number, column: number] {
  const [, letter = '', row] = /^([A-Z])(\d+)$/.exec(address) ?? []
  return [Number(row), letter.charCodeAt(0) - 64]
}

/** Numbers as they are, other values as text; errors begin with `#`. */
function valueOfCase({ cells, formula }: Case): number | string {
  const model = new Model('case', 'en', 'UTC', 'en')
  for (const [address, value] of Object.entries(cells))
    model.setUserInput(0, ...place(address), typeof value === 'string' ? `'${value}` : String(value).toUpperCase())
  model.setUserInput(0, ROW, COLUMN, formula)
  // what is shown of a number has few digits
  model.setUserInput(0, ROW + 1, COLUMN, '=T40&""')
  model.evaluate()
  const isNumber = model.getCellType(0, ROW, COLUMN) === 1
  const shown = model.getFormattedCellValue(0, isNumber ? ROW + 1 : ROW, COLUMN)
  model.free()
  return isNumber ? Number(shown) : shown
}

initSync({ module: readFileSync(new URL(import.meta.resolve('@ironcalc/wasm').replace('wasm.js', 'wasm_bg.wasm'))) })
const cases: readonly Case[] = JSON.parse(readFileSync(0, 'utf8'))
process.stdout.write(JSON.stringify(cases.map(valueOfCase)))
