import { randomBytes } from 'node:crypto'
import { access, chmod, constants, mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LOCK_FILE } from '../world/embedded/hold-folder.ts'
import { writePrivateFile } from '../world/private-file.ts'
import { StartError } from './run-until-stopped.ts'

/** Makes a folder and what lacks above it. @NOTE mkdir's own `recursive` never returns below /proc. */
async function makeFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (there?.isDirectory()) return
  if (!there && dirname(folder) !== folder) await makeFolder(dirname(folder))
  await mkdir(folder, { mode: 0o700 })
}

/** Makes a folder for private data and makes sure that it can be written. @throws a `StartError` when it cannot. */
export async function openDataFolder(folder: string): Promise<string> {
  // whatever the databases make there is for their owner only
  process.umask(0o077)
  try {
    await makeFolder(folder)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return folder
  } catch (error) {
    throw new StartError(
      `the data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'error'}); set DATA_DIR to another`,
    )
  }
}

/** What a folder holds of an attempt to fill it that was broken off; undefined where it holds none. */
export const brokenOffIn = async (folder: string): Promise<'unfinished' | 'finished' | undefined> => {
  const there = await readdir(folder)
  return (['finished', 'unfinished'] as const).find((name) => there.includes(name))
}

/** Whether nothing is in a folder yet; the lock of whoever holds it is nothing. */
const isEmptyOf = async (folder: string): Promise<boolean> =>
  (await readdir(folder)).every((name) => name === 'unfinished' || name.startsWith(LOCK_FILE))

/** Takes everything out of a folder within another, and lets the folder go. */
async function takeOut(folder: string, within: string): Promise<void> {
  for (const name of await readdir(within)) await rename(join(within, name), join(folder, name))
  await rmdir(within)
}

/**
 * Fills a data folder in which nothing is yet, whole or not at all: what a start that was ended in the middle left behind is
 * thrown away, or taken to its end where it was complete.
 */
export async function fillEmptyFolder(folder: string, fill: (into: string) => Promise<void>): Promise<void> {
  const [unfinished, finished] = [join(folder, 'unfinished'), join(folder, 'finished')]
  if ((await brokenOffIn(folder)) === 'finished') return takeOut(folder, finished)
  if (!(await isEmptyOf(folder))) return
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  try {
    await fill(unfinished)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
  await rename(unfinished, finished)
  await takeOut(folder, finished)
}

/** Reads a private file, or makes it on the first run. */
export async function readOrMake(path: string, make: () => Promise<string>): Promise<string> {
  try {
    const text = await readFile(path, 'utf8')
    await chmod(path, 0o600)
    return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const text = await make()
    await writePrivateFile(path, text)
    return text
  }
}

/** A secret of Standard Webhooks, `whsec_…`, kept in a private file and made on the first run. */
export const readOrMakeWebhookSecret = async (path: string): Promise<string> =>
  (await readOrMake(path, async () => `whsec_${randomBytes(32).toString('base64')}\n`)).trim()
