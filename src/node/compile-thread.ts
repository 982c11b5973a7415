import { parentPort } from 'node:worker_threads'
import type { SourceFile } from '../authoring/source-file.ts'
import type { CompileWish } from '../world/world.ts'
import { compileBank } from './compile-exams.ts'
import { compileFiles } from './compile-files.ts'

// Runs in a thread of its own: compiling may take its time, and the service goes on answering.

/** The files of an exam, and what of them is asked for: what is wrong with them, or the bank that they make. */
export interface CompileOrder {
  readonly files: readonly SourceFile[]
  readonly wants: 'findings' | 'bank'
  readonly wish?: CompileWish
}

parentPort?.once('message', ({ files, wants, wish }: CompileOrder) =>
  parentPort?.postMessage(wants === 'bank' ? compileBank(files) : compileFiles(files, wish)),
)
