import { type Content, openCalculation } from '../../../../task/formula/calculate.ts'
import { type FormulaProblem, readFormula } from '../../../../task/formula/read-formula.ts'
import { fillRange } from '../../../../task/formula/shift-formula.ts'
import { isFailure } from '../../../../task/formula/value.ts'
import { formatOf, shownText } from '../../../../task/sheet/present.ts'
import type { EvaluateSheet, Outcome, TypingProblem } from './sheet-texts.ts'

/** People count places from 1. */
const problemOf = ({ at, ...problem }: FormulaProblem): TypingProblem => ({ ...problem, at: at + 1 })

/** Shows every typed formula where it is copied to. It never says whether it is right, and knows nothing of what is. */
export const evaluateSheet: EvaluateSheet = (sheet, typed) => {
  const contents: Record<string, Content> = { ...sheet.cells }
  const outcomes: Outcome[] = []
  for (const { field, range } of sheet.questions) {
    const text = typed[field] ?? ''
    if (text.trim() === '') continue
    const read = readFormula(text)
    if (read.ok) Object.assign(contents, fillRange(range, read.value))
    outcomes.push({ field, cells: {}, ...(read.ok ? {} : { problem: problemOf(read.problem) }) })
  }
  const { valueAt } = openCalculation({ '': contents })
  return outcomes.map((outcome): Outcome => {
    if (outcome.problem) return outcome
    const range = sheet.questions.find(({ field }) => field === outcome.field)?.range ?? ''
    const cells: Record<string, string> = {}
    let why: string | undefined
    for (const address of Object.keys(fillRange(range, { is: 'literal', value: null }))) {
      const value = valueAt('', address) ?? 0
      if (isFailure(value)) why ??= value.why
      cells[address] = shownText(value, formatOf(sheet, address))
    }
    return { field: outcome.field, cells, ...(why ? { problem: { code: why } } : {}) }
  })
}
