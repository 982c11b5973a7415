import { join } from 'node:path'
import { type ItemLock, printLock, readLock, updateLock } from '../authoring/item-lock.ts'
import type { Language } from '../authoring/said.ts'
import type { Bank } from '../item/bank.ts'
import type { Item } from '../item/item.ts'
import { instant, toRfc3339 } from '../kernel/instant.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { type CheckedFolder, checkFolder, examFolders } from './check-folder.ts'
import { replaceFile } from './fmt-command.ts'
import { formatDiagnostics } from './format-diagnostics.ts'
import { command, type Terminal } from './terminal.ts'

const LOCK = 'items.lock.json'

/** `2026-11-25`, in UTC like every calendar here. */
export const dayOf = (now: number): string => toRfc3339(instant(now)).slice(0, 10)

/** `kentei lock`: enters the live items' hashes. A changed item under its old version is an error, never overwritten. */
async function runLock(
  options: { readonly folders: readonly string[]; readonly language: Language },
  terminal: Terminal,
): Promise<ExitCode> {
  let exit: ExitCode = 0
  for (const folder of await examFolders(options.folders, terminal)) {
    const checked = await checkFolder(folder, { now: terminal.now(), language: options.language })
    const bank = publishable(checked, options.language, terminal)
    if (bank) await writeLock(checked, bank.items, terminal.now())
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

/** The lock of a folder, empty where there is none; undefined for one that cannot be read. */
export function lockIn({ files }: Pick<CheckedFolder, 'files'>): ItemLock | undefined {
  const file = files.find(({ path }) => path === LOCK)
  return file ? readLock(file.content) : {}
}

/** Enters these items as they are published today. */
export async function writeLock(checked: CheckedFolder, items: readonly Item[], now: number): Promise<void> {
  const file = checked.files.find(({ path }) => path === LOCK)
  const text = printLock(updateLock(lockIn(checked) ?? {}, items, dayOf(now)))
  if (!file || text !== file.content.toString()) await replaceFile(join(checked.folder, LOCK), text)
}

export const lockCommand = command({
  describe: (t) => t('command.lock'),
  run: ({ args, language, terminal }) => runLock({ folders: args._, language }, terminal),
})
