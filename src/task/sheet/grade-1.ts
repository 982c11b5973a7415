import { openPlaced, type PlacedCells, placeCells } from '../formula/calculate.ts'
import { readFormula } from '../formula/read-formula.ts'
import { fillRange } from '../formula/shift-formula.ts'
import { referencesIn } from '../formula/tree.ts'
import { isFailure, isSameResult } from '../formula/value.ts'
import { type Entries, type TaskField, valueIn } from '../present.ts'
import { type Checkpoint, scoreTask, type TaskGrade } from '../task.ts'
import { addressesIn, cellsOf, type QuestionKey, rightValues, type SheetKey } from './key.ts'

/** Credit of a formula that is right on the shown sheet and on half of the hidden ones. */
const HALF = 0.5

/** Cells that a formula may read in its whole range on one sheet: a thousand for each row. */
const MOST_READS = 24_000

/** Whether a formula comes to what is right, in every cell that it is copied into; undefined: it reads or makes too much. */
function isRightOn(
  cells: PlacedCells,
  { range }: QuestionKey,
  right: readonly unknown[],
  filled: PlacedCells,
): boolean | undefined {
  const { valueAt } = openPlaced([filled, cells], MOST_READS)
  for (const [i, address] of addressesIn(range).entries()) {
    const value = valueAt('', address) ?? 0
    if (isFailure(value) && value.why === 'too-much') return undefined
    if (!isSameResult(value, right[i] as typeof value)) return false
  }
  return true
}

/** Opens the sheets of a task: what credit, 0..1, a formula earns for a question. */
export function openSheetGrading(key: SheetKey): (question: QuestionKey, typed: string) => number {
  const placed = key.sheets.map((sheet) => placeCells(cellsOf(key.texts, sheet.cells)))
  const hidden = key.sheets.length - 1
  return (question, typed) => {
    const read = readFormula(typed)
    // what reads nothing cannot follow when numbers change
    if (!read.ok || referencesIn(read.value).length === 0) return 0
    const filled = placeCells(fillRange(question.range, read.value))
    let wrong = 0
    for (const [i, sheet] of key.sheets.entries()) {
      const isRight = isRightOn(placed[i] as PlacedCells, question, rightValues(sheet, question.range), filled)
      if (isRight === undefined || (!isRight && i === 0)) return 0
      if (!isRight) wrong += 1
      if (wrong * 2 > hidden) return 0
    }
    return wrong === 0 ? 1 : HALF
  }
}

/**
 * The first grader of sheets. A formula is copied into its range on the shown sheet and on the hidden ones, where all other
 * questions hold what is right, so that a mistake costs once. Right on all of them: 1; on the shown one and half of the hidden: ½.
 */
export function gradeSheet1(key: SheetKey, fields: readonly TaskField[], entries: Entries): TaskGrade {
  const creditOf = openSheetGrading(key)
  const byName = new Map(fields.map((field) => [field.name, field]))
  const checkpoints = key.questions.map((question): Checkpoint => {
    const { field: name, skill, points: weight } = question
    const field = byName.get(name)
    const typed = field ? valueIn(field, entries) : ''
    return { id: `${skill}:${name}`, skill, weight, credit: creditOf(question, typed) }
  })
  return scoreTask(checkpoints, [])
}
