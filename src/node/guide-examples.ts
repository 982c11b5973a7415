import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The programs that the integrator's guide shows, by file name. The build lays them into the bundles. */
export async function readGuideExamples(root: string): Promise<Record<string, string>> {
  const folder = join(root, 'src/web/api/guide/examples')
  const names = (await readdir(folder)).sort()
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)))
}
