import { usedBytes } from '../world/database-size.ts'
import type { World } from '../world/world.ts'

/** How much of what it should not outgrow the database uses, 1 for all of it; undefined where no limit is set. */
export async function readDatabaseShare({ db, settings }: Pick<World, 'db' | 'settings'>): Promise<number | undefined> {
  return settings.databaseLimit === undefined ? undefined : (await usedBytes(db)) / settings.databaseLimit
}
