import type { Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import type { Database } from './database.ts'
import { openClient } from './embedded/client.ts'
import { inProcess, threadFor } from './embedded/holders.ts'

export interface EmbeddedDatabase {
  readonly db: Database
  /** Writes everything into the file itself and empties the log beside it, in which older pages still hold what was deleted since. */
  forgetDeleted(): Promise<void>
  /** Ends when all that was asked for is answered and the file is let go. */
  close(): Promise<void>
}

/** Where the disk and the locks of others are waited for: a process that serves people has threads for it, one that does one thing after the other does not need them. */
export type WaitsIn = 'threads' | 'process'

/** Opens (and makes) an embedded libSQL file and brings it up to date with the migrations of a folder. */
export async function openEmbeddedDatabase(file: string, migrationsFolder: string, waitsIn: WaitsIn = 'threads'): Promise<EmbeddedDatabase> {
  const here = inProcess()
  const client = openClient(file, waitsIn === 'threads' ? threadFor : () => here)
  try {
    const db = drizzle(client as unknown as Client)
    await migrate(db, { migrationsFolder })
    const forgetDeleted = async () => {
      await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    }
    return { db: db as unknown as Database, forgetDeleted, close: () => client.close() }
  } catch (error) {
    await client.close()
    throw error
  }
}
