import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'libsql'
import { isBusy } from './connection.ts'

/** A file whose lock says that a service runs on a folder. The system lets it go with the process, however that ends. */
export const LOCK_FILE = 'service.lock'
/** One that is just ending has this long. */
const PATIENCE_MS = 5_000
const BETWEEN_MS = 100

/**
 * Holds a data folder for this process alone; what operators type beside it needs no such hold.
 * @returns how to let it go; undefined where another service has it.
 */
export async function holdFolder(folder: string, patienceMs = PATIENCE_MS): Promise<(() => void) | undefined> {
  const lock = new Sqlite(join(folder, LOCK_FILE), { timeout: 0 })
  for (let waited = 0; ; waited += BETWEEN_MS) {
    try {
      lock.exec('BEGIN EXCLUSIVE')
      return () => lock.close()
    } catch (error) {
      if (isBusy(error) && waited < patienceMs) {
        await sleep(BETWEEN_MS)
        continue
      }
      lock.close()
      if (isBusy(error)) return undefined
      throw error
    }
  }
}
