import * as z from 'zod'
import { bankSchema } from '../authoring/parse-bank.ts'
import { examSchema } from '../authoring/read-exam.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

const schemas = { exam: { schema: examSchema, title: 'Frontmatter of exam.md' }, bank: { schema: bankSchema, title: 'Frontmatter of a bank file' } } as const

/** `kentei schema exam|bank`: what an editor needs to complete and check frontmatter while it is written. */
export async function runSchema(of: string | undefined, terminal: Terminal): Promise<ExitCode> {
  if (of !== 'exam' && of !== 'bank') throw new UsageError('kentei schema exam|bank')
  const { schema, title } = schemas[of]
  terminal.out(JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) }, null, 2))
  return 0
}
