import { randomBytes } from 'node:crypto'
import { chmod, open, readFile, rename } from 'node:fs/promises'

/** Writes a file that only its owner may read, whole or not at all. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const partial = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(partial, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partial, path)
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
