import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Diagnostic, hasErrors } from '../authoring/diagnostic.ts'
import { asText, type SourceFile } from '../authoring/source-file.ts'
import { readExamFolder } from '../cli/read-exam-folder.ts'
import type { Bank } from '../item/bank.ts'
import { StartError } from './run-until-stopped.ts'

/** What became of the files of one exam: the bank is absent where something is wrong with them. */
export interface CompiledBank {
  readonly bank?: Bank
  readonly errors: readonly Diagnostic[]
}

/** An exam of the disk: its files, and the bank that they make. */
export interface ExamOnDisk {
  readonly bank: Bank
  readonly files: readonly SourceFile[]
}

/** Compiles the files of an exam; `name` is that of its folder. */
export type CompileBank = (files: readonly SourceFile[], name: string) => Promise<CompiledBank>

async function examIn(folder: string, name: string, compile: CompileBank): Promise<ExamOnDisk> {
  const { files, diagnostics } = await readExamFolder(join(folder, name))
  const { bank, errors } = await compile(files, name)
  // what could not be read must not be published without it
  if (bank && !hasErrors(diagnostics)) return { bank, files: files.map(asText) }
  const all = [...diagnostics.filter(({ severity }) => severity === 'error'), ...errors]
  const [first] = all
  const where = first ? `${first.file}:${first.line}:${first.column} ${first.rule} ${first.message}` : 'no bank'
  throw new StartError(
    `the bank ${join(folder, name)} has ${all.length} error(s), the first: ${where}; see them all with: npm run kentei check`,
  )
}

/** Every exam in a folder with its bank, compiled side by side. @throws a `StartError` for a broken bank: it keeps the service from starting. */
export async function examsIn(folder: string, compile: CompileBank): Promise<ExamOnDisk[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      `the exams folder ${folder} cannot be read (${error.code ?? error.message}); set EXAMS_DIR to another`,
    )
  })
  const exams = entries.filter((entry) => entry.isDirectory())
  if (exams.length === 0)
    throw new StartError(`there is no exam in ${folder}; set EXAMS_DIR to a folder of exam folders`)
  return Promise.all(exams.map(({ name }) => examIn(folder, name, compile)))
}
