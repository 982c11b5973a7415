import { access, constants, mkdir } from 'node:fs/promises'
import { StartError } from './start-error.ts'

/** Makes a folder for private data and makes sure that it can be written. @throws a `StartError` when it cannot. */
export async function openDataFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return folder
  } catch (error) {
    throw new StartError(`the data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'error'}); set DATA_DIR to another`)
  }
}
