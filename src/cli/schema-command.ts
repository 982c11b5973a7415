import * as z from 'zod'
import { bankSchema } from '../authoring/parse-bank.ts'
import { examSchema } from '../authoring/read-exam.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { command, type Terminal, UsageError } from './terminal.ts'

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
async function runSchema(of: string | undefined, terminal: Terminal): Promise<ExitCode> {
  if (of !== 'exam' && of !== 'bank') throw new UsageError(() => 'kentei schema exam|bank')
  terminal.out(printSchema(of))
  return 0
}

export const schemaCommand = command({
  describe: (t) => t('command.schema'),
  mostArguments: 1,
  run: ({ args, terminal }) => runSchema(args._[0], terminal),
})
