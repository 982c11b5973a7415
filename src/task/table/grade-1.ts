import { type Entries, type TaskField, valueIn } from '../present.ts'
import { type Checkpoint, type Loss, scoreTask, type TaskGrade } from '../task.ts'
import type { CellKey, TableKey } from './key.ts'

/** Damage, in points: a value that nobody can know is worse than a right one that was changed. */
const CHANGED = 1
const GUESSED = 2
const IDLE_NOTE = 0.5
/** So many notes without need cost nothing. */
const FREE_NOTES = 3

/** A number of a row as people type it. */
const rowNumber = (text: string): string => text.normalize('NFKC').trim()

interface Look {
  readonly checkpoints: Checkpoint[]
  readonly losses: Loss[]
}

function gradeCell(cell: CellKey, field: TaskField, value: string, noted: (field: string) => boolean, to: Look): void {
  const { group, skill, points: weight } = cell
  const id = `${group}:${field.name}`
  if (cell.as === 'fault') {
    to.checkpoints.push({ id, skill, weight, credit: value === cell.right ? 1 : 0 })
    return
  }
  const kept = value === field.initial
  to.checkpoints.push({ id, skill, weight, credit: kept && noted(cell.note) ? 1 : 0 })
  if (!kept) to.losses.push({ reason: 'guessed', weight: GUESSED, field: field.name })
}

/**
 * The first grader of tables. A fault earns its points when the cell holds exactly what the rules ask for, a value that
 * nobody can know when it was left alone and noted, a pair when the later row names the earlier one (half the other way
 * round). Losses: a right cell changed 1, an unknowable value guessed 2, a note without need beyond the third ½.
 */
export function gradeTable1(key: TableKey, fields: readonly TaskField[], entries: Entries): TaskGrade {
  const to: Look = { checkpoints: [], losses: [] }
  const byName = new Map(fields.map((field) => [field.name, field]))
  const value = (name: string): string => {
    const field = byName.get(name)
    return field ? valueIn(field, entries) : ''
  }
  const noted = (name: string) => value(name).trim() !== ''
  const asked = new Set(Object.values(key.cells).flatMap((cell) => (cell.as === 'unknowable' ? [cell.note] : [])))
  const notes = new Set(key.notes)
  const excused = new Set<string>()
  for (const { later, earlierRow, earlier, laterRow, skill, points } of key.pairs) {
    const right = rowNumber(value(later)) === earlierRow
    const reversed = !right && rowNumber(value(earlier)) === laterRow
    to.checkpoints.push({ id: `duplicate:${later}`, skill, weight: points, credit: right ? 1 : reversed ? 0.5 : 0 })
    excused.add(later)
    if (reversed) excused.add(earlier)
  }
  let idle = 0
  for (const field of fields) {
    const cell = key.cells[field.name]
    if (cell) gradeCell(cell, field, value(field.name), noted, to)
    else if (value(field.name) === field.initial || excused.has(field.name)) continue
    else if (!notes.has(field.name)) to.losses.push({ reason: 'changed-right', weight: CHANGED, field: field.name })
    else if (!asked.has(field.name)) {
      idle += 1
      if (idle > FREE_NOTES) to.losses.push({ reason: 'idle-note', weight: IDLE_NOTE, field: field.name })
    }
  }
  return scoreTask(to.checkpoints, to.losses)
}
