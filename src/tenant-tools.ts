import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TenantSettings } from './cli/start-service.ts'
import type { TenantLook, TenantTools } from './cli/tenant-tools.ts'
import { hasHadKeys } from './flows/note-key-changes.ts'
import { moveTenant } from './move-tenant.ts'
import { brokenOffIn, openDataFolder } from './node/data-folder.ts'
import { brokenOff, held, openOrExplainDatabase, refuseLeftDatabase } from './node/explain-database.ts'
import { leftDatabase } from './node/left-database.ts'
import { holdFolder } from './world/embedded/hold-folder.ts'
import { checkFile, migrationsOf, openAsItIs, openEmbeddedDatabase, openRemoteDatabase } from './world/open-node.ts'

const databaseOf = ({ dataFolder }: TenantSettings): string => join(dataFolder, 'kentei.db')

async function isServed({ dataFolder }: TenantSettings): Promise<boolean> {
  if (!existsSync(join(dataFolder, 'service.lock'))) return false
  const letGo = await holdFolder(dataFolder, 0)
  letGo?.()
  return letGo === undefined
}

/** Whether a database that can be read knows keys; one of an earlier release may have no table of them yet. */
async function knowsKeys(tenant: TenantSettings): Promise<boolean> {
  const { db, close } = await openAsItIs(tenant.remoteDatabase ?? databaseOf(tenant))
  return hasHadKeys(db)
    .catch(() => false)
    .finally(close)
}

async function keysOf(tenant: TenantSettings, isReadable: boolean): Promise<TenantLook['keys']> {
  const text = await readFile(join(tenant.dataFolder, 'keys.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return isReadable && (await knowsKeys(tenant)) ? 'lost' : 'none'
  try {
    return Array.isArray(JSON.parse(text)) ? 'ok' : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

async function databaseState(
  tenant: TenantSettings,
  migrationsFolder: string,
): Promise<Pick<TenantLook, 'database' | 'pending'>> {
  const { remoteDatabase } = tenant
  const isThere = remoteDatabase !== undefined || existsSync(databaseOf(tenant))
  try {
    if (!remoteDatabase && isThere && (await checkFile(databaseOf(tenant))) !== 'ok')
      return { database: 'damaged', pending: 0 }
    if (await leftDatabase(tenant)) return { database: 'moved', pending: 0 }
    if (!isThere) return { database: 'none', pending: 0 }
    const { standing, pending } = await migrationsOf(remoteDatabase ?? databaseOf(tenant), migrationsFolder)
    return { database: standing === 'known' ? 'ok' : standing, pending }
  } catch {
    return { database: 'gone', pending: 0 }
  }
}

/** Looks at tenants and brings them up to date with the migrations of a folder. */
export const tenantTools = (migrationsFolder: string): TenantTools => ({
  look: async (tenant) => {
    const state = await databaseState(tenant, migrationsFolder)
    const isReadable = ['ok', 'later', 'newer'].includes(state.database)
    return { ...state, keys: await keysOf(tenant, isReadable), isServed: await isServed(tenant) }
  },
  migrate: async (tenant) => {
    const { dataFolder, remoteDatabase } = tenant
    const letGo = await holdFolder(await openDataFolder(dataFolder), 0)
    if (!letGo) throw held(dataFolder)
    const what = remoteDatabase ? 'the database at LIBSQL_URL' : databaseOf(tenant)
    try {
      if (await brokenOffIn(dataFolder)) throw brokenOff(dataFolder)
      const { close } = await openOrExplainDatabase(what, async () => {
        await refuseLeftDatabase(tenant)
        return remoteDatabase
          ? openRemoteDatabase(remoteDatabase, migrationsFolder)
          : openEmbeddedDatabase(databaseOf(tenant), migrationsFolder, 'process')
      })
      await close()
    } finally {
      letGo()
    }
  },
  move: (tenant, to) => moveTenant(tenant, { to, migrationsFolder, now: () => Date.now() }),
})
