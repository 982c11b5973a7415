import { readdir } from 'node:fs/promises'
import { join, resolve as resolvePath } from 'node:path'
import { Worker } from 'node:worker_threads'
import { checkFolder } from '../cli/check-folder.ts'
import type { Bank } from '../item/bank.ts'
import type { BankCompiler, ExamFile } from '../world/world.ts'
import { StartError } from './run-until-stopped.ts'

/** The largest bank that may be handed in compiles in a second. */
const TIMEOUT_MS = 20_000
const MOST_MEMORY_MB = 768

const failed = (why: string): Awaited<ReturnType<BankCompiler>> => ({
  findings: [{ rule: 'limits/compile', severity: 'error', where: 'files', message: why }],
})

function compileInThread(program: string, files: readonly ExamFile[]): ReturnType<BankCompiler> {
  return new Promise((resolve) => {
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } })
    const end = (compilation: Awaited<ReturnType<BankCompiler>>) => {
      clearTimeout(timer)
      resolve(compilation)
      void worker.terminate()
    }
    const timer = setTimeout(() => end(failed('takes too long to compile')), TIMEOUT_MS)
    worker.once('message', end)
    worker.once('error', (error) => end(failed(error.message)))
    worker.once('exit', () => end(failed('the compiler ended early')))
    worker.postMessage(files)
  })
}

/** So many bundles may wait for the one that is compiled; their senders wait with them. */
const MOST_WAITING = 8

/** Compiles what is handed in, one bundle after the other. `folder`: of the build. */
export function openCompiler(folder: string): BankCompiler {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (files) => {
    if (waiting >= MOST_WAITING) return failed('other bundles are being compiled; hand it in again in a minute')
    waiting += 1
    const done = last.then(() => compileInThread(resolvePath(folder, 'compile-handed-in.mjs'), files))
    const ended = () => {
      waiting -= 1
    }
    last = done.then(ended, ended)
    return done
  }
}

/** Compiles every exam of a folder. @throws a `StartError` for a broken bank: it keeps the service from starting. */
export async function compileExams(folder: string): Promise<Bank[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      `the exams folder ${folder} cannot be read (${error.code ?? error.message}); set EXAMS_DIR to another`,
    )
  })
  const banks: Bank[] = []
  for (const entry of entries.filter((entry) => entry.isDirectory())) {
    // one draw of each practical task: `kentei check` tries them on many, and a start waits for none of that
    const options = { now: Date.now(), language: 'ja', seeds: 1 } as const
    const { compiled, diagnostics } = await checkFolder(join(folder, entry.name), options)
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
