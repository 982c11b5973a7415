import { pathToFileURL } from 'node:url'
import { type Client, createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import type { Database } from './database.ts'

export interface EmbeddedDatabase {
  readonly db: Database
  close(): void
}

// an acknowledged answer survives a power cut: FULL
const PRAGMAS = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'] as const

async function configure(client: Client): Promise<void> {
  for (const pragma of PRAGMAS) await client.execute(`PRAGMA ${pragma}`)
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')

/**
 * The libsql package leaves a statement open that gave up waiting for another process's lock. Until it is collected,
 * nothing that its connection writes is committed, though every write is answered as done. So such a connection is
 * replaced; calls take turns, so that none waits for a connection that is going away.
 */
function renewWhenBusy(client: Client): Client {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act).catch(async (error) => {
      if (isBusy(error)) {
        await client.reconnect()
        await configure(client)
      }
      throw error
    })
    last = done.catch(() => {})
    return done
  }
  const execute: Client['execute'] = (...call: [never]) => inTurn(() => client.execute(...call))
  const batch: Client['batch'] = (...call) => inTurn(() => client.batch(...call))
  return new Proxy(client, {
    get(target, name) {
      if (name === 'execute') return execute
      if (name === 'batch') return batch
      const member: unknown = Reflect.get(target, name, target)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}

/** Opens (and makes) an embedded libSQL file and brings it up to date with the migrations of a folder. */
export async function openEmbeddedDatabase(file: string, migrationsFolder: string): Promise<EmbeddedDatabase> {
  // one connection: PRAGMAs do not spread over the driver's pool
  const client = createClient({ url: pathToFileURL(file).href, concurrency: 1, timeout: 5_000 })
  try {
    await configure(client)
    const db = drizzle(renewWhenBusy(client))
    await migrate(db, { migrationsFolder })
    return { db: db as unknown as Database, close: () => client.close() }
  } catch (error) {
    client.close()
    throw error
  }
}
