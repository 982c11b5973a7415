import { compileExam } from '../authoring/compile-exam.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import { instant } from '../kernel/instant.ts'
import { type CompiledBank, type ExamOnDisk, examsIn } from './exam-folders.ts'

/** One draw of each practical task: `kentei check` tries them on many, and a start waits for none of that. */
const SEEDS = 1

/** The bank of an exam as a service publishes it. */
export function compileBank(files: readonly SourceFile[]): CompiledBank {
  const { bank, diagnostics } = compileExam(files, { now: instant(Date.now()), seeds: SEEDS })
  return { errors: diagnostics.filter(({ severity }) => severity === 'error'), ...(bank ? { bank } : {}) }
}

/** Compiles every exam of a folder in this thread. @throws a `StartError` for a broken bank. */
export const compileExams = (folder: string): Promise<ExamOnDisk[]> =>
  examsIn(folder, async (files) => compileBank(files))
