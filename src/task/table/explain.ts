import { type Explanation, type Explanations, openEntered } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import type { TableKey } from './key.ts'

/** What each checkpoint of a table looked at. A value that nobody can know stays, and something is noted. */
export function explainTable(key: TableKey, fields: readonly TaskField[], entries: Entries): Explanations {
  const entered = openEntered(fields, entries)
  const initial = new Map(fields.map((field) => [field.name, field.initial]))
  const cells = Object.entries(key.cells).map(([name, cell]): [string, Explanation] => [
    `${cell.group}:${name}`,
    {
      values:
        cell.as === 'fault'
          ? [entered(name, [cell.right])]
          : [entered(name, [initial.get(name) ?? '']), entered(cell.note, [])],
    },
  ])
  const pairs = key.pairs.map(({ later, earlierRow }): [string, Explanation] => [
    `duplicate:${later}`,
    { values: [entered(later, [earlierRow])] },
  ])
  return new Map([...cells, ...pairs])
}
