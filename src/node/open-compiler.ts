import { resolve as resolvePath } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BankCompiler, ExamFile } from '../world/world.ts'

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
