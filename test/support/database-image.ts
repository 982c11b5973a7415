import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { quickFolder } from './quick-folder.ts'
import { runFile } from './run-folder.ts'

/** Database files of this run that others begin with, by name. */
const images = new Map<string, Promise<string | undefined>>()

async function makeImage(name: string, fill: (directory: string) => Promise<string>): Promise<string | undefined> {
  const image = runFile(`${name}.db`)
  if (image === undefined) return undefined
  const directory = await mkdtemp(join(quickFolder, 'kentei-image-'))
  try {
    const copy = `${image}.${process.pid}`
    await copyFile(await fill(directory), copy)
    // the other process of the run may have made one meanwhile: they are the same
    await rename(copy, image)
    return image
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/**
 * Lays a database at `file` that begins as `fill` leaves it, which is asked once in each process of a run: to migrate and fill a
 * database takes longer than most tests. Outside of a run there is no image.
 * @param fill makes the database in a folder, closes it and says where its file lies
 * @returns whether `file` is there now
 */
export async function layDatabase(
  name: string,
  file: string,
  fill: (directory: string) => Promise<string>,
): Promise<boolean> {
  const kept = images.get(name) ?? makeImage(name, fill)
  images.set(name, kept)
  const image = await kept
  if (image !== undefined) await copyFile(image, file)
  return image !== undefined
}
