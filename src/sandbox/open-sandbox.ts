import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { uuidv7 } from 'uuidv7'
import type { IdKind } from '../kernel/id.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import { openKeys } from './open-keys.ts'
import type { SandboxWorld } from './sandbox-world.ts'

export interface SandboxPlace {
  /** Where the database and the keys lie; made when it is missing. */
  readonly directory: string
  readonly origin: string
  readonly pluginOrigin: string
  readonly pluginIssuer?: string
  readonly webhookSecret?: string
  readonly pluginWebhookKeys?: readonly string[]
  /** `migrations/sandbox` unless told otherwise. */
  readonly migrations?: string
  readonly now?: () => Instant
  readonly fetch?: SandboxWorld['fetch']
}

async function openDatabase(directory: string, migrations: string) {
  // one connection: PRAGMAs do not spread over the driver's pool
  const client = createClient({ url: pathToFileURL(join(directory, 'sandbox.db')).href, concurrency: 1, timeout: 5_000 })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('PRAGMA foreign_keys = ON')
  const db = drizzle(client)
  await migrate(db, { migrationsFolder: migrations })
  return { db: db as unknown as SandboxWorld['db'], close: () => client.close() }
}

const callOut: SandboxWorld['fetch'] = (url, init, timeout) => fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeout) })

/** Opens the sandbox on Node: an embedded database file, keys beside it, the real clock and network. */
export async function openSandboxWorld(place: SandboxPlace): Promise<SandboxWorld & { close(): void }> {
  await mkdir(place.directory, { recursive: true, mode: 0o700 })
  const { db, close } = await openDatabase(place.directory, resolve(place.migrations ?? 'migrations/sandbox'))
  return {
    db,
    close,
    settings: {
      origin: place.origin,
      pluginOrigin: place.pluginOrigin,
      pluginIssuer: place.pluginIssuer ?? place.pluginOrigin,
      keys: await openKeys(place.directory),
      webhookSecret: place.webhookSecret,
      pluginWebhookKeys: place.pluginWebhookKeys ?? [],
    },
    now: place.now ?? (() => instant(Date.now())),
    newId: <Kind extends IdKind>(kind: Kind) => `${kind}_${uuidv7()}` as const,
    fetch: place.fetch ?? callOut,
    wait: async (duration) => {
      await sleep(duration)
    },
  }
}
