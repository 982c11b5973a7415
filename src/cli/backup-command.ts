import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { reconcileRestored } from '../flows/reconcile.ts'
import { instant } from '../kernel/instant.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { BackupError, type Backups } from './backups.ts'
import { openWriter } from './open-writer.ts'
import { command, dataOption, type Surroundings, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

/** What a file of keys holds, one on a line: `age-keygen` writes comments into it. */
const keysOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

/** Says in one line why there is no backup, or nothing restored. */
async function saying<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof BackupError)) throw error
    throw new UsageError((t) => t(`usage.backup.${error.reason}`, { what: error.message }))
  }
}

async function needBackups({ openBackups }: Pick<Surroundings, 'openBackups'>): Promise<Backups> {
  if (!openBackups) throw new UsageError((t) => t('usage.backup.notHere'))
  return openBackups()
}

/** `kentei backup`: copies the data folder into one encrypted file while the service runs. */
export const backupCommand = command({
  describe: (t) => t('command.backup'),
  mostArguments: 0,
  options: (t, { terminal }) => ({
    ...dataOption(t, terminal),
    to: { type: 'string', description: t('option.backup.to'), valueHint: 'file' },
    recipient: { type: 'string', description: t('option.backup.recipient'), valueHint: 'age1…' },
  }),
  run: async ({ args: { data, to, recipient }, terminal, language, ...around }): Promise<ExitCode> => {
    const recipients = (recipient ?? terminal.env.KENTEI_BACKUP_RECIPIENTS ?? '').split(/[\s,]+/).filter(Boolean)
    if (to === undefined || recipients.length === 0) throw new UsageError((t) => t('usage.backup.needs'))
    const backups = await needBackups(around)
    const made = await saying(() =>
      backups.make(resolve(terminal.cwd, data), {
        to: resolve(terminal.cwd, to),
        recipients,
        now: instant(terminal.now()),
      }),
    )
    const bytes = made.files.reduce((sum, file) => sum + file.bytes, 0)
    const t = textsOf(language)
    terminal.out(t('cli.backup.made', { to, files: made.files.length, bytes }))
    if (made.elsewhere !== undefined) terminal.out(t('cli.backup.elsewhere', { server: made.elsewhere }))
    return 0
  },
})

/** `kentei restore`: puts a backup into an empty data folder, and has everybody's standing told anew. */
export const restoreCommand = command({
  describe: (t) => t('command.restore'),
  mostArguments: 0,
  options: (t, { terminal }) => ({
    ...dataOption(t, terminal),
    from: { type: 'string', description: t('option.restore.from'), valueHint: 'file' },
    identity: { type: 'string', description: t('option.restore.identity'), valueHint: 'file' },
  }),
  run: async ({ args: { data, from, identity }, terminal, language, ...around }): Promise<ExitCode> => {
    if (from === undefined || identity === undefined) throw new UsageError((t) => t('usage.backup.restoreNeeds'))
    const read = async (file: string) => {
      try {
        return await readFile(resolve(terminal.cwd, file), 'utf8')
      } catch (error) {
        throw new UsageError((t) =>
          t('usage.backup.unreadable', { file, code: (error as NodeJS.ErrnoException).code ?? '' }),
        )
      }
    }
    const identities = keysOf(await read(identity))
    if (identities.length === 0) throw new UsageError((t) => t('usage.backup.identity'))
    let people = 0
    const backups = await needBackups(around)
    const made = await saying(() =>
      backups.restore(resolve(terminal.cwd, from), {
        identities,
        folder: resolve(terminal.cwd, data),
        settle: async (folder) => {
          const { world, close } = await openWriter(folder, terminal)
          try {
            people = await reconcileRestored(world)
          } finally {
            await close()
          }
        },
      }),
    )
    const t = textsOf(language)
    if (!made) {
      terminal.out(t('cli.restore.finished', { data, from }))
      return 0
    }
    terminal.out(t('cli.restore.done', { data, at: made.madeAt }))
    if (made.elsewhere !== undefined) {
      terminal.out(t('cli.backup.elsewhere', { server: made.elsewhere }))
      return 0
    }
    terminal.out(t('cli.restore.told', { people }))
    return 0
  },
})
