import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Containers are often given no more than 64 MB of it. */
const ENOUGH_BYTES = 2 ** 31

function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize >= ENOUGH_BYTES
}

/** Memory where there is a folder of it: each write of a database waits for its disk, and tests write some hundred thousand times. */
export const quickFolder = hasRoom('/dev/shm') ? '/dev/shm' : tmpdir()
