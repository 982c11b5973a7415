import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { checkFolder } from '../cli/check-folder.ts'
import type { Bank } from '../item/bank.ts'
import { StartError } from './start-error.ts'

/** Compiles every exam of a folder. @throws a `StartError` for a broken bank: it keeps the service from starting. */
export async function compileExams(folder: string): Promise<Bank[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      `the exams folder ${folder} cannot be read (${error.code ?? error.message}); set EXAMS_DIR to another`,
    )
  })
  const banks: Bank[] = []
  for (const entry of entries.filter((entry) => entry.isDirectory())) {
    const { compiled, diagnostics } = await checkFolder(join(folder, entry.name), { now: Date.now(), language: 'ja' })
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const [first] = errors
    if (!compiled.bank) {
      const where = first ? `${first.file}:${first.line}:${first.column} ${first.rule} ${first.message}` : 'no bank'
      throw new StartError(
        `the bank ${join(folder, entry.name)} has ${errors.length} error(s), the first: ${where}; see them all with: npm run kentei check`,
      )
    }
    banks.push(compiled.bank)
  }
  if (banks.length === 0)
    throw new StartError(`there is no exam in ${folder}; set EXAMS_DIR to a folder of exam folders`)
  return banks
}
