import * as z from 'zod'
import { bankSchema } from '../authoring/parse-bank.ts'
import { examSchema } from '../authoring/read-exam.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

const schemas = {
  exam: { schema: examSchema, title: 'Frontmatter of exam.md' },
  bank: { schema: bankSchema, title: 'Frontmatter of a bank file' },
} as const

/** JSON Schema of the frontmatter as it is written. */
export function printSchema(of: keyof typeof schemas): string {
  const { schema, title } = schemas[of]
  return JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) }, null, 2)
}

/** `kentei schema exam|bank`: what an editor needs to complete and check frontmatter while it is written. */
export async function runSchema(of: string | undefined, terminal: Terminal): Promise<ExitCode> {
  if (of !== 'exam' && of !== 'bank') throw new UsageError(() => 'kentei schema exam|bank')
  terminal.out(printSchema(of))
  return 0
}
