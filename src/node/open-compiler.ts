import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
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

const readKept = async (path: string): Promise<Kept | undefined> =>
  readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as Kept,
    () => undefined,
  )

/** Written whole or not at all. A folder that cannot be written to only makes the next start wait. */
async function keep(path: string, kept: Kept): Promise<void> {
  const partial = `${path}.${process.pid}`
  await writeFile(partial, JSON.stringify(kept))
    .then(() => rename(partial, path))
    .catch(() => undefined)
}

/**
 * The bank of every exam in a folder, as `compileExams` makes them, each in a thread of its own. What `build`, the folder of
 * the build, has compiled already lies in it.
 * @throws a `StartError` for a broken bank: it keeps the service from starting.
 */
export async function compileOnce(folder: string, build: string): Promise<ExamOnDisk[]> {
  const program = resolvePath(build, PROGRAM)
  const shelf = join(build, 'banks')
  await mkdir(shelf, { recursive: true }).catch(() => undefined)
  return examsIn(folder, async (files, name): Promise<CompiledBank> => {
    const path = join(shelf, `${name}.json`)
    const [of, kept] = await Promise.all([fingerprint(program, files), readKept(path)])
    if (kept?.of === of) return { bank: kept.bank, errors: [] }
    const compiled = await askThread<CompiledBank>(program, { files, wants: 'bank' })
    if (compiled.bank) await keep(path, { of, bank: compiled.bank })
    return compiled
  })
}
