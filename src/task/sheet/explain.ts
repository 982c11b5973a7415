import { type Explanations, openEntered } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import type { SheetKey } from './key.ts'

/** What each checkpoint of a sheet looked at, with one right formula of many. */
export function explainSheet(key: SheetKey, fields: readonly TaskField[], entries: Entries): Explanations {
  const entered = openEntered(fields, entries)
  return new Map(
    key.questions.map(({ field, skill, model }) => [`${skill}:${field}`, { values: [entered(field, [model])] }]),
  )
}
