import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Instant, instant } from '../kernel/instant.ts'
import { writePrivateFile } from './private-file.ts'

/** File of a data folder that says which libSQL server has its database. */
const FILE = 'database-elsewhere'
/** File of a data folder that says until when a move gave open attempts their time back, before it was known how long that takes. */
const TIME_GIVEN = 'time-given-until'

/** File of a data folder that says that a move was begun, and not that it ended. */
const MOVE_BEGUN = 'move-begun'

/** Where the database of a data folder is, as whoever opened or moved it last has noted; undefined where it is in the folder. */
export const notedServer = async (folder: string): Promise<string | undefined> =>
  (await readFile(join(folder, FILE), 'utf8').catch(() => '')).trim() || undefined

/** Notes which server has the database of a data folder: commands that are given the folder alone say so. */
export async function noteServer(folder: string, url: string | undefined): Promise<void> {
  if (url === undefined) return rm(join(folder, FILE), { force: true })
  // what else stands in an address may be a secret
  const { protocol, host, pathname } = new URL(url)
  await writePrivateFile(join(folder, FILE), `${protocol}//${host}${pathname}\n`)
}

/** Until when open attempts have their time back, where the database was moved and nobody has opened it since. */
export async function timeGiven(folder: string): Promise<Instant | undefined> {
  const text = (await readFile(join(folder, TIME_GIVEN), 'utf8').catch(() => '')).trim()
  return /^\d+$/.test(text) ? instant(Number(text)) : undefined
}

export const noteTimeGiven = (folder: string, until: Instant | undefined): Promise<void> =>
  until === undefined
    ? rm(join(folder, TIME_GIVEN), { force: true })
    : writePrivateFile(join(folder, TIME_GIVEN), `${until}\n`)

/** Whether a move was begun of which nobody noted that it ended. */
export const isMoveBegun = (folder: string): boolean => existsSync(join(folder, MOVE_BEGUN))

export const noteMove = (folder: string, is: 'begun' | 'ended'): Promise<void> =>
  is === 'ended' ? rm(join(folder, MOVE_BEGUN), { force: true }) : writePrivateFile(join(folder, MOVE_BEGUN), '')
