import { access, constants, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StartError } from './start-error.ts'

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
