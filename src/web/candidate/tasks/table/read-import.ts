import type { Upload } from '../../../../attempt/process-data/process-data.ts'
import { writeCsv } from '../../../../platform/page/csv.ts'
import { type Entries, type PresentedTask, spell, type TaskField, valueIn } from '../../../../task/present.ts'
import { cellName } from '../../../../task/table/present.ts'
import type { FormFields } from '../../types/control-type.ts'
import { controlName } from '../task-control.ts'
import { type CsvProblem, decodeCsv, MOST_CSV_BYTES, readCsv } from './csv.ts'

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
function readImport(
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

export type FileProblem = CsvProblem | ImportProblem | 'too-large' | 'encoding' | 'no-file'

type FileOutcome =
  | { readonly outcome: 'refused'; readonly problem: FileProblem }
  | { readonly outcome: 'shown'; readonly name: string; readonly csv: string; readonly table: TableImport }
  /** The controls of the table's form as they would be posted, and of what file. */
  | { readonly outcome: 'take'; readonly fields: FormFields; readonly upload: Upload }

const LONGEST_NAME = 60

async function textOf(file: unknown): Promise<string | { readonly problem: FileProblem }> {
  if (!(file instanceof File) || file.size === 0) return { problem: 'no-file' }
  if (file.size > MOST_CSV_BYTES) return { problem: 'too-large' }
  return decodeCsv(new Uint8Array(await file.arrayBuffer())) ?? { problem: 'encoding' }
}

/** Reads a posted file, or one that was shown and comes back with the columns to take. */
export async function readTableFile(
  ref: string,
  task: PresentedTask<'table'>,
  entries: Entries,
  { file, fields }: { readonly file: unknown; readonly fields: FormFields },
): Promise<FileOutcome> {
  const [shown] = fields.csv ?? []
  const text = shown ?? (await textOf(file))
  if (typeof text !== 'string') return { outcome: 'refused', ...text }
  const rows = readCsv(text)
  if (typeof rows === 'string') return { outcome: 'refused', problem: rows }
  const table = readImport(task, entries, rows)
  if (typeof table === 'string') return { outcome: 'refused', problem: table }
  if (shown === undefined) {
    const name = file instanceof File ? file.name.slice(0, LONGEST_NAME) : ''
    return { outcome: 'shown', name, csv: writeCsv(rows), table }
  }
  const taken = table.columns.filter(({ name }) => fields.column?.includes(name)).flatMap(({ changes }) => changes)
  const go = [`task.${ref.slice(1)}`]
  return {
    outcome: 'take',
    upload: { name: (fields.name?.[0] ?? '').slice(0, LONGEST_NAME), rows: table.rows, changes: taken.length },
    fields: { go, ...Object.fromEntries(taken.map(({ field, now }) => [controlName(ref, field.name), [now]])) },
  }
}
