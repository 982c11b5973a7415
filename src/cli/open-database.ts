import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { notedServer } from '../world/database-note.ts'
import { sealOn } from '../world/move-database.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../world/open-node.ts'
import { UsageError } from './terminal.ts'

/** Beside the bundle in `dist/`, or at the root above `src/cli/`. */
export function migrationsFolder(): string {
  const found = ['../migrations', '../../migrations']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(join(path, 'meta', '_journal.json')))
  if (!found) throw new UsageError((t) => t('usage.noMigrations'))
  return found
}

/** Opens the database of a data folder. @throws a `UsageError` where a server has it: what is there is old, or would be made anew. */
export async function openDatabase(folder: string): Promise<EmbeddedDatabase> {
  const file = join(folder, 'kentei.db')
  const to = await notedServer(folder)
  if (to !== undefined || (existsSync(file) && (await sealOn(file)) !== 'none'))
    throw new UsageError((t) =>
      t('usage.databaseMoved', { file, known: to === undefined ? 'no' : 'yes', to: to ?? '' }),
    )
  return openEmbeddedDatabase(file, migrationsFolder(), 'process')
}
