import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { notedServer } from '../world/database-note.ts'
import type { ServerPlace } from '../world/libsql-server.ts'
import { sealOn } from '../world/move-database.ts'

/** Where a database is, as its settings say: at a server, or else in the data folder. */
export interface NamedPlace {
  readonly dataFolder: string
  readonly remoteDatabase?: ServerPlace | undefined
}

/**
 * Whether settings name a place that the database has left: what is there is old, or would be made anew, while the data lie
 * elsewhere. @returns what was left, and where it went if that is known; undefined where it is there.
 */
export async function leftDatabase({
  dataFolder,
  remoteDatabase,
}: NamedPlace): Promise<{ readonly left: string; readonly to?: string | undefined } | undefined> {
  if (remoteDatabase)
    return (await sealOn(remoteDatabase)) === 'moved' ? { left: 'the database at LIBSQL_URL' } : undefined
  const file = join(dataFolder, 'kentei.db')
  const to = await notedServer(dataFolder)
  const isLeft = existsSync(file) ? (await sealOn(file)) === 'moved' : to !== undefined
  return isLeft ? { left: file, to } : undefined
}
