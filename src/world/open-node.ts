import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import type { Database } from './database.ts'

export interface EmbeddedDatabase {
  readonly db: Database
  close(): void
}

/** Opens (and makes) an embedded libSQL file and brings it up to date with the migrations of a folder. */
export async function openEmbeddedDatabase(file: string, migrationsFolder: string): Promise<EmbeddedDatabase> {
  // one connection: PRAGMAs do not spread over the driver's pool
  const client = createClient({ url: pathToFileURL(file).href, concurrency: 1, timeout: 5_000 })
  try {
    await client.execute('PRAGMA journal_mode = WAL')
    // an acknowledged answer survives a power cut
    await client.execute('PRAGMA synchronous = FULL')
    await client.execute('PRAGMA foreign_keys = ON')
    const db = drizzle(client)
    await migrate(db, { migrationsFolder })
    return { db: db as unknown as Database, close: () => client.close() }
  } catch (error) {
    client.close()
    throw error
  }
}
