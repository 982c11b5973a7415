import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '@libsql/client'
import { sql } from 'drizzle-orm'
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Database } from './database.ts'
import { openAlone, openClient, type Timed } from './embedded/client.ts'
import { inProcess, threadFor } from './embedded/holders.ts'
import { openServerClient, type ServerPlace } from './libsql-server.ts'
import { misfit, SCHEMA_PARTS, type SchemaPart } from './schema-fit.ts'
import type { RenderingAssets } from './world.ts'

/** A database of a process that stays. */
export interface EmbeddedDatabase {
  readonly db: Database
  /** Writes everything into the file itself and empties the log beside it, in which older pages still hold what was deleted since. */
  forgetDeleted(): Promise<void>
  /** Whether SQLite finds nothing wrong with the file; it reads all of it. */
  isSound(): Promise<boolean>
  /** How its migrations stand to those of this release. @throws while the database cannot be read. */
  standing(): Promise<Standing>
  /** Ends when all that was asked for is answered and the file is let go. */
  close(): Promise<void>
}

/**
 * Where the disk and the locks of others are waited for: a process that serves people has threads for it, one that does one
 * thing after the other does not need them. `at-the-end`: in this process, alone with the file, and for the disk once, when the
 * file is closed; only for what is thrown away if that is not reached.
 */
export type WaitsIn = 'threads' | 'process' | 'at-the-end'

/** A file that did not begin with our migrations cannot be brought up to date by them. The message says in one line what to do. */
export class OtherMigrationsError extends Error {
  readonly file: string

  constructor(file: string) {
    super(`${file} was made by the migrations of another release: move the data folder away, and start with a new one`)
    this.file = file
  }
}

/** A database that a later release has brought further, so that this one cannot use it. The message says in one line why. */
export class LaterDatabaseError extends Error {}

/**
 * `known`: its newest migration is one of ours. `later`: a later release has brought it further, and has only added, so that
 * it serves as well: the way back from an upgrade. `newer`: it does not fit any more.
 */
export type Standing = 'known' | 'later' | 'newer'

/** What reading a schema needs of a database. */
interface Readable {
  all<Row>(query: ReturnType<typeof sql.raw>): Promise<Row[]>
}

/** What the migrations of a folder make, in a database of its own that is thrown away. */
async function ownSchema(migrationsFolder: string): Promise<SchemaPart[]> {
  const client = openAlone(':memory:')
  try {
    const db = drizzle(client as unknown as Client)
    await migrate(db, { migrationsFolder })
    return await db.all<SchemaPart>(sql.raw(SCHEMA_PARTS))
  } finally {
    await client.close()
  }
}

/** Why a database that was brought further does not fit the migrations of a folder; undefined where it does. */
const misfitOf = async (db: Readable, migrationsFolder: string): Promise<string | undefined> =>
  misfit(await ownSchema(migrationsFolder), await db.all<SchemaPart>(sql.raw(SCHEMA_PARTS)))

/** The first migration of a file is the first of the folder, or there is none yet. */
async function refuseOtherMigrations(db: LibSQLDatabase, file: string, migrationsFolder: string): Promise<void> {
  const [isMigrated] = await db.all(sql`select name from sqlite_master where name = '__drizzle_migrations'`)
  if (!isMigrated) return
  const [first] = await db.all<{ hash: string }>(sql`select hash from __drizzle_migrations order by created_at limit 1`)
  if (first === undefined || first.hash === readMigrationFiles({ migrationsFolder })[0]?.hash) return
  throw new OtherMigrationsError(file)
}

/** Asks whether a later release has brought the database further, and whether that fits: once for each migration that it finds last. */
function standingOf(db: LibSQLDatabase, migrationsFolder: string): EmbeddedDatabase['standing'] {
  const standings = new Map<string | undefined, Standing>(
    readMigrationFiles({ migrationsFolder }).map(({ hash }) => [hash, 'known']),
  )
  return async () => {
    const [newest] = await db.all<{ hash: string }>(
      sql`select hash from __drizzle_migrations order by created_at desc limit 1`,
    )
    const known = standings.get(newest?.hash)
    if (known) return known
    const standing = (await misfitOf(db, migrationsFolder)) === undefined ? 'later' : 'newer'
    standings.set(newest?.hash, standing)
    return standing
  }
}

/** Brings a database up to date. @throws an `OtherMigrationsError` or a `LaterDatabaseError`, and leaves it as it is. */
async function bringUpToDate(db: LibSQLDatabase, file: string, migrationsFolder: string): Promise<void> {
  await refuseOtherMigrations(db, file, migrationsFolder)
  await migrate(db, { migrationsFolder })
  if ((await standingOf(db, migrationsFolder)()) !== 'newer') return
  throw new LaterDatabaseError(
    `a later release has brought ${file} further, and this one cannot use it (${await misfitOf(db, migrationsFolder)})`,
  )
}

/**
 * Opens (and makes) an embedded libSQL file and brings it up to date with the migrations of a folder.
 * @throws an `OtherMigrationsError` where other migrations made it, a `LaterDatabaseError` where a later release has brought it
 * too far for this one; the file is left as it is.
 */
export async function openEmbeddedDatabase(
  file: string,
  migrationsFolder: string,
  waitsIn: WaitsIn = 'threads',
  timed?: Timed,
): Promise<EmbeddedDatabase> {
  const here = inProcess()
  const client =
    waitsIn === 'at-the-end'
      ? openAlone(file)
      : openClient(file, waitsIn === 'threads' ? threadFor : () => here, { timed })
  try {
    const db = drizzle(client as unknown as Client)
    await bringUpToDate(db, file, migrationsFolder)
    const forgetDeleted = async () => {
      await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    }
    const close = () => client.close()
    const isSound = async () => {
      const { rows } = await client.execute('PRAGMA quick_check(1)')
      return rows[0]?.[0] === 'ok'
    }
    const standing = standingOf(db, migrationsFolder)
    return { db: db as unknown as Database, forgetDeleted, isSound, standing, close }
  } catch (error) {
    await client.close()
    throw error
  }
}

async function openServer(place: ServerPlace) {
  const [client, libsql] = await Promise.all([openServerClient(place), import('drizzle-orm/libsql/http')])
  return { db: libsql.drizzle(client), close: async () => client.close() }
}

/**
 * Opens a database of a libSQL server over HTTP and brings it up to date with the migrations of a folder. What was deleted is
 * the server's to forget. @throws as the embedded one does.
 */
export async function openRemoteDatabase(place: ServerPlace, migrationsFolder: string): Promise<EmbeddedDatabase> {
  const { db, close } = await openServer(place)
  await bringUpToDate(db, place.url, migrationsFolder)
  return {
    db: db as unknown as Database,
    forgetDeleted: async () => {},
    // its server looks after it
    isSound: async () => true,
    standing: standingOf(db, migrationsFolder),
    close,
  }
}

/** How the migrations of a database stand to those of a folder; `other` made it. */
export interface MigrationStanding {
  readonly standing: Standing | 'other'
  /** Those of the folder that it has not had. */
  readonly pending: number
}

/** Looks which migrations a database has had, and changes nothing. @throws where it cannot be read. */
export async function migrationsOf(place: string | ServerPlace, migrationsFolder: string): Promise<MigrationStanding> {
  const { db, close } = await openUnmigrated(place)
  try {
    const ours = readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash)
    const [isMigrated] = await db.all(sql`select name from sqlite_master where name = '__drizzle_migrations'`)
    if (!isMigrated) return { standing: 'known', pending: ours.length }
    const had = await db.all<{ hash: string }>(sql`select hash from __drizzle_migrations order by created_at`)
    const [first, last] = [had[0]?.hash, had.at(-1)?.hash]
    if (first !== undefined && first !== ours[0]) return { standing: 'other', pending: 0 }
    if (last !== undefined && !ours.includes(last))
      return { standing: await standingOf(db, migrationsFolder)(), pending: 0 }
    return { standing: 'known', pending: ours.length - had.length }
  } finally {
    await close()
  }
}

async function openUnmigrated(place: string | ServerPlace) {
  if (typeof place !== 'string') return openServer(place)
  const here = inProcess()
  const client = openClient(place, () => here)
  return { db: drizzle(client as unknown as Client), close: () => client.close() }
}

/** Opens a database whatever migrations it has had, to be looked at. */
export async function openAsItIs(place: string | ServerPlace): Promise<Pick<EmbeddedDatabase, 'db' | 'close'>> {
  const { db, close } = await openUnmigrated(place)
  return { db: db as unknown as Database, close }
}

/** Copies an embedded file as it is at one moment, while others write to it. */
export async function copyDatabase(file: string, to: string): Promise<void> {
  // others of this process may hold the lock that it waits for
  const client = openClient(file, threadFor)
  try {
    await client.execute({ sql: 'VACUUM INTO ?', args: [to] })
  } finally {
    await client.close()
  }
}

/** What SQLite finds wrong with an embedded file, in its words; `ok` where nothing is. */
export async function checkFile(file: string): Promise<string> {
  const here = inProcess()
  const client = openClient(file, () => here)
  try {
    const { rows } = await client.execute('PRAGMA quick_check(1)')
    return String(rows[0]?.quick_check)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await client.close()
  }
}

/** The rendering as the build has laid it into a folder. */
export const openRenderingAssets = (folder: string): RenderingAssets => ({
  glyphs: async () => new Uint8Array(await readFile(join(folder, 'glyphs.gz'))),
  rasteriser: async () => WebAssembly.compile(new Uint8Array(await readFile(join(folder, 'resvg.wasm')))),
})
