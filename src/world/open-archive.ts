import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Archive } from './world.ts'

/** An archive in a folder of this machine, in 256 folders by the end of a file's name. */
export function openArchive(folder: string): Archive {
  const placeOf = (name: string) => join(folder, name.slice(-2))
  const fileOf = (name: string) => join(placeOf(name), `${name}.gz`)
  return {
    put: async (name, bytes) => {
      await mkdir(placeOf(name), { recursive: true, mode: 0o700 })
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
  }
}
