import { parentPort } from 'node:worker_threads'
import { compileExam } from '../authoring/compile-exam.ts'
import type { Diagnostic } from '../authoring/diagnostic.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import { findingsByItem } from '../cli/preview/findings-by-item.ts'
import { instant } from '../kernel/instant.ts'
import type { BankCompiler } from '../world/world.ts'
import { compileBank } from './compile-exams.ts'

// Runs in a thread of its own: compiling may take its time, and the service goes on answering.

const MOST_FINDINGS = 5_000
/** On so many each practical task is tried, as at a start; who hands one in has tried it on more. */
const SEEDS = 1

/** The files of an exam, and what of them is asked for: what is wrong with them, or the bank that they make. */
export interface CompileOrder {
  readonly files: readonly SourceFile[]
  readonly wants: 'findings' | 'bank'
}

type Compilation = Awaited<ReturnType<BankCompiler>>

function findingsOf(files: readonly SourceFile[]): Compilation {
  const compiled = compileExam(files, { now: instant(Date.now()), seeds: SEEDS })
  const { byItem, elsewhere } = findingsByItem(compiled.items, files, compiled.diagnostics)
  const finding = (
    { rule, severity, file, line, column, message }: Diagnostic,
    item?: string,
  ): Compilation['findings'][number] => ({
    rule,
    severity,
    where: `${file}:${line}:${column}`,
    message,
    ...(item === undefined ? {} : { item }),
  })
  const findings = [
    ...[...byItem].flatMap(([item, found]) => found.map((one) => finding(one, item.variants[0]?.source.id))),
    ...elsewhere.map((one) => finding(one)),
  ]
  return { findings: findings.slice(0, MOST_FINDINGS), ...(compiled.bank ? { hash: compiled.bank.hash } : {}) }
}

parentPort?.once('message', ({ files, wants }: CompileOrder) =>
  parentPort?.postMessage(wants === 'bank' ? compileBank(files) : findingsOf(files)),
)
