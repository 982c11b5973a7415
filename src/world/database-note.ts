import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** File of a data folder that says which libSQL server has its database. */
const FILE = 'database-elsewhere'

/** Where the database of a data folder is, as whoever opened or moved it last has noted; undefined where it is in the folder. */
export const notedServer = async (folder: string): Promise<string | undefined> =>
  (await readFile(join(folder, FILE), 'utf8').catch(() => '')).trim() || undefined

/** Notes which server has the database of a data folder: commands that are given the folder alone say so. */
export async function noteServer(folder: string, url: string | undefined): Promise<void> {
  if (url === undefined) return rm(join(folder, FILE), { force: true })
  // what else stands in an address may be a secret
  const { protocol, host, pathname } = new URL(url)
  await writeFile(join(folder, FILE), `${protocol}//${host}${pathname}\n`, { mode: 0o600 })
}
