import { relative } from 'node:path'
import { type Diagnostic, hasErrors } from '../authoring/diagnostic.ts'
import type { Language } from '../authoring/said.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { checkFolder, examFolders, folderPrefix, pathPrefix, summaryOf } from './check-folder.ts'
import { fixFolder } from './fix-folder.ts'
import { DIAGNOSTIC_FORMATS, type DiagnosticFormat, formatDiagnostics } from './format-diagnostics.ts'
import { command, type Terminal, UsageError } from './terminal.ts'
import { watchCheck } from './watch-check.ts'

export interface CheckOptions {
  readonly folders: readonly string[]
  readonly format: DiagnosticFormat
  /** First mends what is certain. */
  readonly fix: boolean
  /** Checks again at every change until stopped. */
  readonly watch: boolean
  readonly language: Language
}

/** Practical tasks are tried on so many seeds. */
const SEEDS = 1_000

/** `kentei check`: every problem of every folder, then one line of summary on stderr. */
export async function runCheck(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.watch && options.fix) throw new UsageError((t) => t('usage.fixOrWatch'))
  if (options.watch) return watchCheck(options, terminal)
  const folders = await examFolders(options.folders, terminal)
  const found: Diagnostic[] = []
  let items = 0
  for (const folder of folders) {
    if (folders.length > 1) terminal.err(`… ${relative(terminal.cwd, folder)}`)
    if (options.fix) await fixFolder(folder, options.language, terminal)
    const { compiled, diagnostics } = await checkFolder(folder, {
      now: terminal.now(),
      language: options.language,
      seeds: SEEDS,
    })
    items += compiled.items.length
    // tools that put a finding beside its line need the path from where they run
    const prefix = options.format === 'text' ? folderPrefix(folder, folders, terminal) : pathPrefix(folder, terminal)
    found.push(...diagnostics.map((diagnostic) => ({ ...diagnostic, file: `${prefix}${diagnostic.file}` })))
  }
  const text = formatDiagnostics(found, options.format, options.language)
  if (text !== '') terminal.out(text)
  terminal.err(summaryOf(items, found, options.language))
  return hasErrors(found) ? 1 : 0
}

export const checkCommand = command({
  describe: (t) => t('command.check'),
  options: (t) => ({
    format: { type: 'string', description: DIAGNOSTIC_FORMATS.join(', '), default: 'text' },
    fix: { type: 'boolean', description: t('option.check.fix') },
    watch: { type: 'boolean', description: t('option.check.watch') },
  }),
  run: ({ args, language, terminal }) => {
    const format = DIAGNOSTIC_FORMATS.find((one) => one === args.format)
    if (!format)
      throw new UsageError((t) => t('usage.oneOf', { option: '--format', known: DIAGNOSTIC_FORMATS.join(', ') }))
    return runCheck({ folders: args._, format, fix: args.fix === true, watch: args.watch === true, language }, terminal)
  },
})
