import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Lays the migrations of a release after this one into a folder: ours, and one more. @returns the folder. */
export async function folderOfLater(folder: string, statement: string): Promise<string> {
  await cp('migrations', folder, { recursive: true })
  await writeFile(join(folder, '9999_later.sql'), statement)
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(await readFile(file, 'utf8'))
  const last = { ...journal.entries.at(-1), idx: 9_999, when: 9e12, tag: '9999_later' }
  await writeFile(file, JSON.stringify({ ...journal, entries: [...journal.entries, last] }))
  return folder
}
