import { lstat, readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type CompiledExam, compileExam } from '../authoring/compile-exam.ts'
import { type CompileMemory, NO_MEMORY } from '../authoring/compile-memory.ts'
import { type Diagnostic, hasErrors, inReadingOrder } from '../authoring/diagnostic.ts'
import type { Language } from '../authoring/said.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import { instant } from '../kernel/instant.ts'
import { readExamFolder } from './read-exam-folder.ts'
import { type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

export interface CheckedFolder {
  readonly folder: string
  readonly files: readonly SourceFile[]
  readonly compiled: CompiledExam
  /** Of reading and of compiling together. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Practical tasks are tried on so many seeds where nobody asks for more. */
const SEEDS = 10

/** Reads and compiles one exam folder. A single bank file is checked without its exam. */
export async function checkFolder(
  path: string,
  options: {
    readonly now: number
    readonly language: Language
    readonly memory?: CompileMemory
    /** On how many seeds each practical task is tried: 0 where the items alone matter. */
    readonly seeds?: number
  },
): Promise<CheckedFolder> {
  const { language, memory = NO_MEMORY } = options
  const compileOptions = { now: instant(options.now), language, memory, seeds: options.seeds ?? SEEDS }
  if (path.endsWith('.md')) {
    const parent = basename(dirname(resolve(path)))
    const isBelow = parent === 'sheets' || parent === 'tasks'
    const files = [{ path: isBelow ? `${parent}/${basename(path)}` : basename(path), content: await readFile(path) }]
    const compiled = compileExam(files, compileOptions)
    return {
      folder: isBelow ? dirname(dirname(resolve(path))) : dirname(path),
      files,
      compiled,
      diagnostics: compiled.diagnostics.filter(({ rule }) => rule !== 'exam/missing'),
    }
  }
  const { files, diagnostics } = await readExamFolder(path, language)
  const compiled = compileExam(files, compileOptions)
  // what could not be read must not be published without it
  const fit = hasErrors(diagnostics) ? { ...compiled, bank: undefined } : compiled
  return { folder: path, files, compiled: fit, diagnostics: inReadingOrder([...diagnostics, ...compiled.diagnostics]) }
}

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** The exam folders a command works on: those named, else this folder, else every exam below `exams/`. */
export async function examFolders(named: readonly string[], terminal: Terminal): Promise<string[]> {
  for (const name of named)
    if (!(await exists(resolve(terminal.cwd, name)))) throw new UsageError((t) => t('usage.noFolder', { path: name }))
  if (named.length > 0) return named.map((name) => resolve(terminal.cwd, name))
  if (await exists(join(terminal.cwd, 'exam.md'))) return [terminal.cwd]
  const below = join(terminal.cwd, 'exams')
  const entries = (await exists(below)) ? await readdir(below, { withFileTypes: true }) : []
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(below, entry.name))
  if (folders.length === 0) throw new UsageError((t) => t('usage.anyExamFolder'))
  return folders.sort()
}

/** The path of a folder's files from where the user stands; of a single bank file, that of its folder. */
export function pathPrefix(path: string, terminal: Terminal): string {
  const name = relative(terminal.cwd, path.endsWith('.md') ? dirname(path) : path).replaceAll('\\', '/')
  return name === '' ? '' : `${name}/`
}

export function summaryOf(items: number, found: readonly Diagnostic[], language: Language): string {
  const errors = found.filter(({ severity }) => severity === 'error').length
  return textsOf(language)('cli.summary', { items, errors, warnings: found.length - errors })
}

/** How a folder is called in output: nothing when it is the only one, else relative to where the user stands. */
export const folderPrefix = (folder: string, all: readonly string[], terminal: Terminal): string => {
  const name = relative(terminal.cwd, folder)
  return all.length === 1 || name === '' ? '' : `${name}/`
}
