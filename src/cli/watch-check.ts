import { lstat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type CompileMemory, openMemory } from '../authoring/compile-memory.ts'
import type { Diagnostic } from '../authoring/diagnostic.ts'
import type { Language } from '../authoring/said.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { checkFolder, examFolders, pathPrefix, summaryOf } from './check-folder.ts'
import { type DiagnosticFormat, formatDiagnostics, printable } from './format-diagnostics.ts'
import type { Terminal } from './terminal.ts'
import { textsOf } from './texts.ts'
import { isWithin, watchFolders } from './watch-folders.ts'

interface WatchOptions {
  readonly folders: readonly string[]
  readonly format: DiagnosticFormat
  readonly language: Language
}

/** What the last look at a folder brought. */
interface Looked {
  readonly items: number
  readonly found: readonly Diagnostic[]
}

/**
 * `kentei check --watch`: all findings of all folders after every change, each run between a line that starts with
 * `--- ` and one that starts with `=== `, on stderr, which say what changed, and how much was found in how long. A folder
 * is looked at again when something in it changed.
 */
export async function watchCheck(options: WatchOptions, terminal: Terminal): Promise<ExitCode> {
  const named = await examFolders(options.folders, terminal)
  const stopped = terminal.stopped()
  // without a name, an exam that is begun while this runs is checked too
  const isOpen = options.folders.length === 0 && named.every((folder) => folder !== terminal.cwd)
  const desk = openDesk(options, terminal)
  terminal.err(textsOf(options.language)('cli.watch.stop'))
  const watch = watchFolders({
    paths: isOpen ? [{ path: join(terminal.cwd, 'exams'), holdsExams: true }] : named.map((path) => ({ path })),
    first: () => desk.look(named),
    failed: (problem) => terminal.err(String(problem)),
    changed: async (paths) => desk.look(isOpen ? await examFolders([], terminal).catch(() => []) : named, paths),
  })
  await stopped
  await watch.close()
  return 0
}

/** A change of branch may touch hundreds of files. */
const MOST_NAMES = 5

function namesOf(paths: readonly string[], { cwd }: Terminal): string {
  const names = paths.slice(0, MOST_NAMES).map((path) => relative(cwd, path) || '.')
  return printable([...names, ...(paths.length > MOST_NAMES ? ['…'] : [])].join(', '))
}

function openDesk({ format, language }: WatchOptions, terminal: Terminal) {
  const t = textsOf(language)
  const looked = new Map<string, Looked>()
  const memories = new Map<string, CompileMemory>()

  async function lookAt(folder: string): Promise<Looked> {
    const memory = memories.get(folder) ?? openMemory()
    memories.set(folder, memory)
    const { compiled, diagnostics } = await checkFolder(folder, { now: terminal.now(), language, memory })
    const prefix = pathPrefix(folder, terminal)
    return { items: compiled.items.length, found: diagnostics.map((one) => ({ ...one, file: `${prefix}${one.file}` })) }
  }

  /** A folder that cannot be looked at now is said so, and looked at again when it changes. */
  async function tryFolder(folder: string): Promise<void> {
    looked.delete(folder)
    try {
      looked.set(folder, await lookAt(folder))
    } catch (problem) {
      const isGone = await lstat(folder).then(
        () => false,
        () => true,
      )
      terminal.err(
        `${relative(terminal.cwd, folder)}: ${isGone ? t('cli.watch.gone') : `${t('cli.watch.failed')} (${String(problem)})`}`,
      )
    }
  }

  async function look(folders: readonly string[], changed?: ReadonlySet<string>): Promise<void> {
    const start = terminal.now()
    terminal.err(`--- ${namesOf([...(changed ?? folders)], terminal)}`)
    for (const folder of looked.keys()) if (!folders.includes(folder)) looked.delete(folder)
    for (const folder of folders)
      if (!looked.has(folder) || [...(changed ?? [])].some((path) => isWithin(path, folder))) await tryFolder(folder)
    const results = folders.flatMap((folder) => looked.get(folder) ?? [])
    const found = results.flatMap((one) => one.found)
    const text = formatDiagnostics(found, format, language, { inOneLine: true })
    if (text !== '') terminal.out(text)
    const items = results.reduce((sum, one) => sum + one.items, 0)
    terminal.err(`=== ${summaryOf(items, found, language)} (${terminal.now() - start} ms)`)
  }

  return { look }
}
