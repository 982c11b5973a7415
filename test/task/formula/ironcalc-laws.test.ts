import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openCalculation } from '../../../src/task/formula/calculate.ts'
import { readFormula } from '../../../src/task/formula/read-formula.ts'
import { isFailure } from '../../../src/task/formula/value.ts'
import { drawCases } from './draw-formulas.ts'
import type { Case } from './ironcalc.ts'
import differences from './ironcalc-differences.json' with { type: 'json' }

const SEED = '6'.padStart(32, '0')
const COUNT = 3_000

function calculated({ cells, formula }: Case): number | string {
  const read = readFormula(formula)
  if (!read.ok) return `${read.problem.code} at ${read.problem.at}`
  const value = openCalculation({ 表: { ...cells, T40: read.value } }).valueAt('表', 'T40')
  if (isFailure(value)) return value.error
  return typeof value === 'boolean' ? String(value).toUpperCase() : (value ?? '')
}

const isSame = (one: number | string, other: number | string) =>
  one === other ||
  (typeof one === 'number' && typeof other === 'number' && Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one)))

// each of the listed was tried in LibreOffice Calc 25.2 as well, which agrees with the own value in all but one
it(`${COUNT} drawn formulas come to what IronCalc makes of them, but for the listed ones, each with its reason`, () => {
  const cases = drawCases(SEED, COUNT)
  const { stdout, status } = spawnSync(process.execPath, [join(import.meta.dirname, 'ironcalc.ts')], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    timeout: 200_000,
    maxBuffer: 2 ** 26,
  })
  expect(status).toBe(0)
  const theirs: readonly (number | string)[] = JSON.parse(stdout)
  const found = cases.flatMap((drawn, i) => {
    const [own, other] = [calculated(drawn), theirs[i] ?? 'none']
    return isSame(own, other) ? [] : [{ formula: drawn.formula, own, ironcalc: other }]
  })
  expect(found).toEqual(differences.map(({ why, ...difference }) => difference))
})
