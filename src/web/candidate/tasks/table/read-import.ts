import { type Entries, type PresentedTask, spell, type TaskField, valueIn } from '../../../../task/present.ts'
import { cellName } from '../../../../task/table/present.ts'

/** What a file would change in one column. */
export interface ImportedColumn {
  readonly name: string
  readonly changes: readonly { readonly field: TaskField; readonly was: string; readonly now: string }[]
  /** In so many cells a number has lost the zeros that it began with. */
  readonly lostZeros: number
}

export interface TableImport {
  /** Rows of the file that are rows of the table. */
  readonly rows: number
  readonly columns: readonly ImportedColumn[]
  readonly unknownRows: number
  readonly unknownColumns: number
}

export type ImportProblem = 'other-table' | 'twice'

const digits = (text: string): string => text.normalize('NFKC').replace(/\D/g, '')

/** Whether a number has lost the zeros that it began with, or most of its digits to an exponent: spreadsheets do that. */
const hasLostZeros = (was: string, now: string): boolean =>
  digits(was).startsWith('0') &&
  (/^\d(?:\.\d+)?E\+?\d+$/i.test(now) || (now !== '' && digits(was).replace(/^0+/, '') === digits(now)))

/** Pairs a file with the table by the numbers of its rows and the names of its columns. Nothing is changed by that. */
export function readImport(
  { materials, fields }: PresentedTask<'table'>,
  entries: Entries,
  [first = [], ...lines]: readonly (readonly string[])[],
): TableImport | ImportProblem {
  const head = materials.columns.find(({ input }) => input === 'fixed')?.name
  const names = first.map((name) => spell(name.replace(/^\ufeff/, '')).trim())
  const at = names.indexOf(head ?? '')
  const known = names.filter((name) => materials.columns.some((column) => column.name === name))
  if (at < 0 || known.length < 2) return 'other-table'
  const idOf = (line: readonly string[]) => (line[at] ?? '').normalize('NFKC').trim()
  const idByName = new Map(materials.rows.map(({ id, fixed }) => [(head && fixed[head]) || id, id]))
  const matched = lines.filter((line) => idByName.has(idOf(line)))
  if (matched.length === 0) return 'other-table'
  if (new Set(matched.map(idOf)).size < matched.length || new Set(known).size < known.length) return 'twice'
  const byName = new Map(fields.map((field) => [field.name, field]))
  const columns = names.flatMap((name, column): ImportedColumn[] => {
    const changes = matched.flatMap((line) => {
      const field = byName.get(cellName(idByName.get(idOf(line)) ?? '', name))
      const now = line[column]
      if (!field || now === undefined) return []
      const was = valueIn(field, entries)
      return spell(now) === was ? [] : [{ field, was, now: spell(now) }]
    })
    const lostZeros = changes.filter(
      ({ field, was, now }) => hasLostZeros(was, now) || hasLostZeros(field.initial, now),
    ).length
    return changes.length === 0 ? [] : [{ name, changes, lostZeros }]
  })
  return {
    rows: matched.length,
    columns,
    unknownRows: lines.length - matched.length,
    unknownColumns: names.length - known.length,
  }
}
