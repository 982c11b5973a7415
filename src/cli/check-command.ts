import { relative } from 'node:path'
import { type Diagnostic, hasErrors, type Language } from '../authoring/diagnostic.ts'
import { checkFolder, examFolders, folderPrefix } from './check-folder.ts'
import { fixFolder } from './fix-folder.ts'
import { type DiagnosticFormat, formatDiagnostics } from './format-diagnostics.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** `kentei check`: every problem of every folder, then one line of summary on stderr. */
export async function runCheck(
  options: { readonly folders: readonly string[]; readonly format: DiagnosticFormat; readonly fix: boolean; readonly language: Language },
  terminal: Terminal,
): Promise<ExitCode> {
  const folders = await examFolders(options.folders, terminal)
  const found: Diagnostic[] = []
  let items = 0
  for (const folder of folders) {
    if (folders.length > 1) terminal.err(`… ${relative(terminal.cwd, folder)}`)
    if (options.fix) await fixFolder(folder, options.language, terminal)
    const { compiled, diagnostics } = await checkFolder(folder, { now: terminal.now(), language: options.language })
    items += compiled.items.length
    // tools that put a finding beside its line need the path from where they run
    const prefix = options.format === 'text' ? folderPrefix(folder, folders, terminal) : pathPrefix(folder, terminal)
    found.push(...diagnostics.map((diagnostic) => ({ ...diagnostic, file: `${prefix}${diagnostic.file}` })))
  }
  const text = formatDiagnostics(found, options.format)
  if (text !== '') terminal.out(text)
  const errors = found.filter(({ severity }) => severity === 'error').length
  terminal.err(options.language === 'ja' ? `${items}問：エラー ${errors}、警告 ${found.length - errors}` : `${items} items: ${errors} errors, ${found.length - errors} warnings`)
  return hasErrors(found) ? 1 : 0
}

function pathPrefix(folder: string, terminal: Terminal): string {
  const name = relative(terminal.cwd, folder).replaceAll('\\', '/')
  return name === '' ? '' : `${name}/`
}
