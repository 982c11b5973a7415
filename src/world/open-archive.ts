import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Archive } from './world.ts'

const attemptOf = (name: string): string => name.split('.', 1)[0] ?? ''

/** What lies in a folder; nothing where it is not there. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

/** Has the names in a folder outlast a loss of power, as its files do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** An archive in a folder of this machine, in folders by the end of an attempt's id. */
export function openArchive(folder: string): Archive {
  const placeOf = (attempt: string) => join(folder, attempt.slice(-2))
  const fileOf = (name: string) => join(placeOf(attemptOf(name)), `${name}.gz`)
  return {
    put: async (name, bytes) => {
      const place = placeOf(attemptOf(name))
      const made = await mkdir(place, { recursive: true, mode: 0o700 })
      const partial = `${fileOf(name)}.${process.pid}`
      const file = await open(partial, 'w', 0o600)
      try {
        await file.writeFile(bytes)
        // what it holds is deleted elsewhere
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(partial, fileOf(name))
      for (const one of made === undefined ? [place] : [place, folder, dirname(folder)]) await syncFolder(one)
    },
    get: async (name) =>
      readFile(fileOf(name)).then(
        (bytes) => new Uint8Array(bytes),
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return undefined
          throw error
        },
      ),
    remove: (name) => rm(fileOf(name), { force: true }),
    removeOf: async (attempt) => {
      for (const name of await namesIn(placeOf(attempt)))
        if (attemptOf(name) === attempt) await rm(join(placeOf(attempt), name), { force: true })
    },
    async *attempts(ending) {
      for (const place of ending === undefined ? await namesIn(folder) : [ending])
        yield [...new Set((await namesIn(join(folder, place))).map(attemptOf))]
    },
  }
}
