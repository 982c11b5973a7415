import { mkdir, readFile, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Language } from '../../authoring/said.ts'
import type { ExitCode } from '../../platform/words/command-line.ts'
import { replaceFile } from '../fmt-command.ts'
import { command, type Terminal, UsageError } from '../terminal.ts'
import { textsOf } from '../texts.ts'
import { mergeSettings, mergeTasks, OWN_FILES } from './editor-files.ts'

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)

/** How the tool is called where the editor runs its tasks: by the project's own script, where there is one. */
async function callOf(folder: string): Promise<string> {
  try {
    const { scripts } = JSON.parse((await textOf(join(folder, 'package.json'))) ?? '{}') as {
      scripts?: Readonly<Record<string, string>>
    }
    return scripts?.kentei === undefined ? 'kentei' : 'npm run -s kentei --'
  } catch {
    return 'kentei'
  }
}

/**
 * Writes `.vscode/` of a folder; other people's tasks, settings and comments stay. Tells each file that changed or that it
 * could not read, and returns how many these are.
 */
export async function writeEditorFiles(folder: string, language: Language, terminal: Terminal): Promise<number> {
  const place = join(folder, '.vscode')
  let told = 0
  await mkdir(place, { recursive: true })
  const kentei = await callOf(folder)
  const merged: Readonly<Record<string, (before: string) => string | undefined>> = {
    'tasks.json': (before) => mergeTasks(before, kentei, language),
    'settings.json': mergeSettings,
    ...Object.fromEntries(Object.entries(OWN_FILES).map(([name, print]) => [name, () => print()])),
  }
  for (const [name, merge] of Object.entries(merged)) {
    const path = join(place, name)
    const before = await textOf(path)
    const text = merge(before === undefined || before.trim() === '' ? '{}\n' : before)
    if (text === before) continue
    told++
    if (text === undefined)
      terminal.err(`${relative(terminal.cwd, path)}: ${textsOf(language)('cli.editor.unreadable')}`)
    else {
      await replaceFile(path, text)
      terminal.out(relative(terminal.cwd, path))
    }
  }
  return told
}

/** `kentei editor`: what makes VS Code complete items and frontmatter and show findings beside their lines. */
async function runEditor(
  options: { readonly folder: string; readonly language: Language },
  terminal: Terminal,
): Promise<ExitCode> {
  const folder = resolve(terminal.cwd, options.folder)
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new UsageError((t) => t('usage.noFolder', { path: options.folder }))
  const told = await writeEditorFiles(folder, options.language, terminal)
  if (told === 0)
    terminal.err(
      textsOf(options.language)('cli.editor.unchanged', { place: relative(terminal.cwd, join(folder, '.vscode')) }),
    )
  return 0
}

export const editorCommand = command({
  describe: (t) => t('command.editor'),
  mostArguments: 1,
  run: ({ args, language, terminal }) => runEditor({ folder: args._[0] ?? '.', language }, terminal),
})
