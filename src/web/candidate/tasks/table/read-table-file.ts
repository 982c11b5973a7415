import type { Upload } from '../../../../attempt/process-data/process-data.ts'
import type { Entries, PresentedTask } from '../../../../task/present.ts'
import type { FormFields } from '../../types/control-type.ts'
import { controlName } from '../task-control.ts'
import { decodeCsv, MOST_CSV_BYTES, readCsv, writeCsv } from './csv.ts'
import type { FileProblem } from './import-page.tsx'
import { readImport, type TableImport } from './read-import.ts'

export type FileOutcome =
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
