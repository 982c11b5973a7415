import { readFile, rename, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseBank } from '../authoring/parse-bank.ts'
import { printBank } from '../authoring/print-bank.ts'
import type { Language } from '../authoring/said.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { examFolders } from './check-folder.ts'
import { asText } from './format-diagnostics.ts'
import { readExamFolder } from './read-exam-folder.ts'
import { command, type Terminal } from './terminal.ts'

/** `kentei fmt`: rewrites bank files in their canonical form; with `check` it only tells which are not. */
async function runFmt(
  options: { readonly folders: readonly string[]; readonly check: boolean; readonly language: Language },
  terminal: Terminal,
): Promise<ExitCode> {
  let exit: ExitCode = 0
  for (const folder of await examFolders(options.folders, terminal)) {
    for (const path of await bankPaths(folder)) {
      const content = await readFile(path)
      const name = relative(terminal.cwd, path)
      const parsed = parseBank({ path: name, content }, { language: options.language })
      // a file that is no text, or has no readable frontmatter, is left alone
      if (!parsed.bank || parsed.diagnostics.some(({ rule }) => rule.startsWith('text/'))) {
        for (const diagnostic of parsed.diagnostics.filter(({ severity }) => severity === 'error').slice(0, 5))
          terminal.err(asText(diagnostic))
        exit = 1
        continue
      }
      const printed = printBank(parsed.bank)
      if (printed === content.toString('utf8')) continue
      terminal.out(name)
      if (options.check) exit = 1
      else await replaceFile(path, printed)
    }
  }
  return exit
}

async function bankPaths(folder: string): Promise<string[]> {
  if (folder.endsWith('.md')) return [folder]
  const { files } = await readExamFolder(folder)
  return files
    .filter(({ path }) => /^[^/]+\.(ja|en)\.md$/.test(path) && !path.startsWith('exam.'))
    .map(({ path }) => join(folder, path))
}

/** Writes beside the file and renames, so that a reader sees the old file or the new one, never half of it, a power cut included. */
export async function replaceFile(path: string, content: string, mode?: number): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`
  await writeFile(beside, content, { mode: mode ?? 0o644, flag: 'wx', flush: true })
  await rename(beside, path)
}

export const fmtCommand = command({
  describe: (t) => t('command.fmt'),
  options: (t) => ({ check: { type: 'boolean', description: t('option.fmt.check') } }),
  run: ({ args, language, terminal }) => runFmt({ folders: args._, check: args.check === true, language }, terminal),
})
