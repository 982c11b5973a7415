import { readFile, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { parseRfc3339 } from '../kernel/instant.ts'

/** File of the data folder that says when it was last backed up. */
export const LAST_BACKUP = 'last-backup'
/** Made on the first run, and never again. */
const FIRST_FILE = 'session-secret'

/** Room on the disk of a folder, in bytes; undefined where that cannot be told. */
export async function diskOf(folder: string): Promise<{ readonly free: number; readonly size: number } | undefined> {
  const disk = await statfs(folder).catch(() => undefined)
  return disk && { free: disk.bavail * disk.bsize, size: disk.blocks * disk.bsize }
}

/** Since when what happens in a data folder is in no backup: since the last one, or since its first run. */
export async function notBackedUpSince(dataFolder: string): Promise<number | undefined> {
  const text = await readFile(join(dataFolder, LAST_BACKUP), 'utf8').catch(() => '')
  const first = await stat(join(dataFolder, FIRST_FILE)).catch(() => undefined)
  return parseRfc3339(text.trim()) ?? first?.mtimeMs
}
