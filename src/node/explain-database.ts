import { LaterDatabaseError } from '../world/open-node.ts'
import { leftDatabase, type NamedPlace } from './left-database.ts'
import { inOneLine, StartError } from './run-until-stopped.ts'

const MANUAL = 'src/docs/en/operate.md'
const TENANTS = 'src/docs/en/tenants.md'
const WATCH = 'src/docs/en/watch.md'

/** What is wrong with a database that cannot be opened, and the chapter that says what to do; by SQLite's own constant. */
const REASONS: readonly (readonly [code: RegExp, said: string])[] = [
  [/^SQLITE_(NOTADB|CORRUPT)/, `is damaged: put a backup back (${WATCH}#damaged)`],
  [/^SQLITE_FULL/, `cannot be written, the disk is full: make room (${WATCH}#disk)`],
  [/^SQLITE_BUSY/, `is kept locked by another program: end it, then start again (${WATCH}#damaged)`],
  [/^SQLITE_(READONLY|CANTOPEN|PERM)/, `cannot be written: see whose file it is (${MANUAL}#server)`],
  [/^SQLITE_IOERR/, `cannot be read or written, the disk fails: look at it before anything else (${WATCH}#damaged)`],
]

/** What a database said of itself that is not as it should be. */
export const damaged = (what: string): StartError =>
  new StartError(`${what} is damaged: put a backup back (${WATCH}#damaged)`)

/** A folder that another service runs on. */
export const held = (folder: string): StartError =>
  new StartError(`another service runs on ${folder}: end it, or set DATA_DIR to another folder (${WATCH}#damaged)`)

/** A folder that was to be filled, and is not. */
export const brokenOff = (folder: string): StartError =>
  new StartError(`${folder} is half restored: run "kentei restore" on it again, or empty it (${MANUAL}#backup)`)

/** @throws a `StartError` where the settings name a place that the database has left. */
export async function refuseLeftDatabase(place: NamedPlace): Promise<void> {
  const { left, to } = (await leftDatabase(place)) ?? {}
  if (left !== undefined)
    throw new StartError(
      `${left} was moved to another engine${to === undefined ? '' : `, ${to}`}: have the settings name that one, by LIBSQL_URL, or the file by none (${TENANTS}#move)`,
    )
}

/** Keys that are gone while what they signed is there. */
export const keysLost = (file: string): StartError =>
  new StartError(
    `${file} is not there, though the database is: put it back from the backup. Only where it is lost for good, make new keys with "kentei keys generate" (${WATCH}#damaged)`,
  )

/** A secret under which nobody was erased who was erased from the database. */
export const erasureSecretLost = (file: string): StartError =>
  new StartError(
    `${file} is not the one by which erased people are recognised: put it back from the backup, before what was made since (${WATCH}#damaged)`,
  )

function codeOf(error: unknown): string {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if ('code' in e && typeof e.code === 'string' && e.code.startsWith('SQLITE_')) return e.code
  return ''
}

/** Opens a database. @throws a `StartError` of one line that says what is wrong and what to do. */
export async function openOrExplainDatabase<T>(what: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof StartError) throw error
    if (error instanceof LaterDatabaseError)
      throw new StartError(
        `${error.message}: run that one, or put back the backup that was made before it (${MANUAL}#rollback)`,
      )
    const [, said] = REASONS.find(([code]) => code.test(codeOf(error))) ?? []
    throw new StartError(`${what} ${said ?? `cannot be opened: ${inOneLine(error)}`}`)
  }
}
