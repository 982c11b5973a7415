import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { replayAttempt } from '../flows/replay-attempt.ts'
import { openBucket } from '../platform/bucket.ts'
import { ToldError } from '../platform/log-line.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { openArchive } from '../world/open-archive.ts'
import { openAsItIs } from '../world/open-node.ts'
import { outside } from '../world/outside.ts'
import { readBucketSettings } from '../world/settings.ts'
import type { Archive } from '../world/world.ts'
import { readPluginKeys } from './keys/key-store.ts'
import { openDatabase } from './open-database.ts'
import { command, dataOption, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

/** The archive that the service has: a bucket, or a folder of its data. @throws a `UsageError` where its settings are wrong. */
function archiveOf(folder: string, env: Readonly<Record<string, string | undefined>>): Archive {
  try {
    const bucket = readBucketSettings(env)
    return bucket ? openBucket(bucket, outside) : openArchive(join(folder, 'archive'))
  } catch (error) {
    throw new UsageError(() => (error as Error).message)
  }
}

/** `kentei replay`: grades an attempt once more from what was answered, for an appeal. */
export const replayCommand = command({
  describe: (t) => t('command.replay'),
  mostArguments: 1,
  options: (t, { terminal }) => dataOption(t, terminal),
  run: async ({ args: { _, data }, terminal, language }): Promise<ExitCode> => {
    const [id] = _
    if (id === undefined) throw new UsageError((t) => t('usage.replay'))
    const folder = resolve(terminal.cwd, data)
    const file = join(folder, 'kentei.db')
    const { LIBSQL_URL: url, LIBSQL_AUTH_TOKEN: authToken } = terminal.env
    if (!url && !(await stat(file).catch(() => undefined)))
      throw new UsageError((t) => t('usage.noDatabaseTo', { file }))
    const archive = archiveOf(folder, terminal.env)
    const keys = await readPluginKeys(folder)
    // it reads alone: a server's database is as good
    const { db, close } = url ? await openAsItIs({ url, authToken }) : await openDatabase(folder)
    const t = textsOf(language)
    try {
      const replayed = await replayAttempt(
        // only the thumbprints of its keys matter here, not whose they are
        { db, archive, settings: { origin: 'http://localhost', keys } },
        id,
      )
      if (!replayed.ok) throw new UsageError((t) => t('usage.replay.none', { id }))
      const { archived, signature = 'good', reported, replayed: score, differing } = replayed.value
      const isSame = reported === score && differing.length === 0
      terminal.out(
        t('cli.replay.done', {
          id,
          place: archived ? 'archive' : 'database',
          reported,
          score,
          same: isSame ? 'yes' : 'no',
          differing: differing.join(', '),
        }),
      )
      if (signature !== 'good') terminal.err(t('cli.replay.signature', { id, signature }))
      return isSame ? 0 : 1
    } catch (error) {
      if (!(error instanceof ToldError)) throw error
      terminal.err(error.message)
      return 1
    } finally {
      await close()
    }
  },
})
