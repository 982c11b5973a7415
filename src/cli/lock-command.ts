import { join } from 'node:path'
import type { Language } from '../authoring/diagnostic.ts'
import { printLock, readLock, updateLock } from '../authoring/item-lock.ts'
import type { Bank } from '../item/bank.ts'
import { type CheckedFolder, checkFolder, examFolders } from './check-folder.ts'
import { replaceFile } from './fmt-command.ts'
import { formatDiagnostics } from './format-diagnostics.ts'
import type { ExitCode, Terminal } from './terminal.ts'

const LOCK = 'items.lock.json'

/** `kentei lock`: enters the live items' hashes. A changed item under its old version is an error, never overwritten. */
export async function runLock(options: { readonly folders: readonly string[]; readonly language: Language }, terminal: Terminal): Promise<ExitCode> {
  let exit: ExitCode = 0
  for (const folder of await examFolders(options.folders, terminal)) {
    const checked = await checkFolder(folder, { now: terminal.now(), language: options.language })
    const bank = publishable(checked, options.language, terminal)
    if (bank) await writeLock(checked, bank)
    else exit = 1
  }
  return exit
}

/** The bank of a checked folder; its errors are printed when there is none. */
export function publishable(checked: CheckedFolder, language: Language, terminal: Terminal): Bank | undefined {
  if (checked.compiled.bank) return checked.compiled.bank
  terminal.out(
    formatDiagnostics(
      checked.diagnostics.filter(({ severity }) => severity === 'error'),
      'text',
      language,
    ),
  )
  return undefined
}

export async function writeLock(checked: CheckedFolder, bank: Bank): Promise<void> {
  const file = checked.files.find(({ path }) => path === LOCK)
  const before = (file && readLock(typeof file.content === 'string' ? file.content : new TextDecoder().decode(file.content))) ?? {}
  const text = printLock(updateLock(before, bank.items))
  if (!file || text !== file.content.toString()) await replaceFile(join(checked.folder, LOCK), text)
}
