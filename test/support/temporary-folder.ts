import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'

export interface TemporaryFolder {
  /** Where something of this name lies, or the folder itself. */
  path(...names: readonly string[]): string
  read(name: string): Promise<string>
  /** Writes a file, and the folders that it needs. */
  write(name: string, content: string | Uint8Array): Promise<void>
}

/** A folder for each test of the file, or of the `describe`, that calls this; or one for all of them. It is gone afterwards. */
export function temporaryFolder(of: 'each test' | 'all tests' = 'each test'): TemporaryFolder {
  let folder: string
  const make = async () => {
    folder = await mkdtemp(join(tmpdir(), 'kentei-'))
  }
  const remove = () => rm(folder, { recursive: true, force: true })
  if (of === 'each test') {
    beforeEach(make)
    afterEach(remove)
  } else {
    beforeAll(make)
    afterAll(remove)
  }
  const path = (...names: readonly string[]) => join(folder, ...names)
  return {
    path,
    read: (name) => readFile(path(name), 'utf8'),
    async write(name, content) {
      await mkdir(dirname(path(name)), { recursive: true })
      await writeFile(path(name), content)
    },
  }
}
