import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve as resolvePath } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SourceFile } from '../authoring/source-file.ts'
import type { Bank } from '../item/bank.ts'
import type { BankCompiler, CompiledFiles, CompileWish, ExamFile } from '../world/world.ts'
import type { CompileOrder } from './compile-thread.ts'
import { type CompiledBank, type ExamOnDisk, examsIn } from './exam-folders.ts'

/** The program of the threads that compile, in the folder of the build. */
const PROGRAM = 'compile-thread.mjs'
/** The largest bank that may be handed in compiles in a second or two; a busy machine takes many times that. */
const TIMEOUT_MS = 60_000
const MOST_MEMORY_MB = 768
/** Compiling makes much that is soon gone; the service itself is started with little room for such. */
const YOUNG_GENERATION_MB = 48

/** Asks a thread of its own. @throws what the thread threw, or that it ended early or takes too long. */
function askThread<Answer>(program: string, order: CompileOrder, timeoutMs?: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      settle()
      void worker.terminate()
    }
    const fail = (error: unknown) => end(() => reject(error))
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(fail, timeoutMs, new Error('takes too long to compile'))
    worker.once('message', (answer: Answer) => end(() => resolve(answer)))
    worker.once('error', fail)
    worker.once('exit', () => fail(new Error('the compiler ended early')))
    worker.postMessage(order)
  })
}

const failed = (why: string): CompiledFiles => ({
  findings: [{ rule: 'limits/compile', severity: 'error', where: 'files', message: why }],
})

const compileInThread = (
  program: string,
  files: readonly ExamFile[],
  wish: CompileWish | undefined,
): Promise<CompiledFiles> =>
  askThread<CompiledFiles>(program, { files, wants: 'findings', ...(wish ? { wish } : {}) }, TIMEOUT_MS).catch(
    (error) => failed(error instanceof Error ? error.message : String(error)),
  )

/** So many bundles may wait for the one that is compiled; their senders wait with them. */
const MOST_WAITING = 8

/** Compiles what is handed in, one bundle after the other. `folder`: of the build. */
export function openCompiler(folder: string): BankCompiler {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (files, wish) => {
    if (waiting >= MOST_WAITING) return failed('other bundles are being compiled; hand it in again in a minute')
    waiting += 1
    const done = last.then(() => compileInThread(resolvePath(folder, PROGRAM), files, wish))
    const ended = () => {
      waiting -= 1
    }
    last = done.then(ended, ended)
    return done
  }
}

/** Changes with the compiler, and with each name and byte of what it compiles. */
async function fingerprint(program: string, files: readonly SourceFile[]): Promise<string> {
  const hash = createHash('sha256').update(await readFile(program))
  for (const { path, content } of files) hash.update(`\n${path} ${content.length}\n`).update(content)
  return hash.digest('hex')
}

interface Kept {
  readonly of: string
  readonly bank: Bank
}

/** What nobody has asked for in so long is thrown away. */
const KEPT_MS = 30 * 86_400_000

/** Reads what was kept, and notes that it was asked for. */
async function readKept(path: string): Promise<Kept | undefined> {
  try {
    const kept = JSON.parse(await readFile(path, 'utf8')) as Kept
    const now = new Date()
    await utimes(path, now, now).catch(() => undefined)
    return kept
  } catch {
    return undefined
  }
}

/** Written whole or not at all. A folder that cannot be written to only makes the next start wait. */
async function keep(path: string, kept: Kept): Promise<void> {
  const partial = `${path}.${process.pid}`
  await writeFile(partial, JSON.stringify(kept))
    .then(() => rename(partial, path))
    .catch(() => undefined)
}

async function throwAwayOld(shelf: string): Promise<void> {
  const names = await readdir(shelf).catch(() => [])
  const old = Date.now() - KEPT_MS
  for (const name of names) {
    const path = join(shelf, name)
    const { mtimeMs = old } = (await stat(path).catch(() => undefined)) ?? {}
    if (mtimeMs < old) await rm(path, { force: true })
  }
}

/** Makes the bank of every exam in a folder, as `compileExams` does. @throws a `StartError` for a broken bank: it keeps the service from starting. */
export type ExamCompiler = (folder: string) => Promise<ExamOnDisk[]>

/** Compiled exams, beside the folder of the build: what is deployed is that folder, and they say what is right. */
const SHELF = '../.banks'

/**
 * Compiles the exams of folders, each in a thread of its own, as many at a time as there are processors. What was compiled
 * before lies beside `build`, the folder of the build, by what it was made of: folders may have exams of the same name.
 */
export function openExamCompiler(build: string): ExamCompiler {
  const program = resolvePath(build, PROGRAM)
  const shelf = join(build, SHELF)
  const waiting: (() => void)[] = []
  let free = availableParallelism()
  const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1
    else await new Promise<void>((go) => waiting.push(go))
    try {
      return await act()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
  const compile = async (files: readonly SourceFile[], name: string): Promise<CompiledBank> => {
    const of = await fingerprint(program, files)
    const path = join(shelf, `${name}.${of.slice(0, 16)}.json`)
    const kept = await readKept(path)
    if (kept?.of === of) return { bank: kept.bank, errors: [] }
    const compiled = await askThread<CompiledBank>(program, { files, wants: 'bank' })
    if (compiled.bank) await keep(path, { of, bank: compiled.bank })
    return compiled
  }
  return async (folder) => {
    await mkdir(shelf, { recursive: true, mode: 0o700 }).catch(() => undefined)
    const exams = await examsIn(folder, (files, name) => inTurn(() => compile(files, name)))
    await throwAwayOld(shelf)
    return exams
  }
}
