import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Says of which files the bundles of the demonstration are, which lie beside it. */
const STAMP = 'dist/built-of.txt'
/** Read by a build besides the code: versions, how code is to be read, and which packages are there. */
const BESIDES = ['package.json', 'tsconfig.json', 'node_modules/.package-lock.json'] as const

const read = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

const byName = (one: Dirent, other: Dirent): number => (one.name < other.name ? -1 : 1)

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort(byName)
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : [path]
    })

/** Changes with each name and byte of what a build reads, and with the packages that are installed. `root`: the folder of the repository. */
export function sourcePrint(root: string): string {
  const hash = createHash('sha256')
  for (const path of [...BESIDES.map((one) => join(root, one)), ...filesIn(join(root, 'src'))]) {
    const bytes = read(path)
    hash.update(`\n${relative(root, path)} ${bytes?.length}\n`).update(bytes ?? '')
  }
  return hash.digest('hex')
}

/** The print of the files of which the demonstration is built; undefined where it is not built. */
export const builtOf = (root: string): string | undefined => read(join(root, STAMP))?.toString()

/** Whether the demonstration is built, and of the files as they are. */
export const isBuilt = (root: string): boolean => builtOf(root) === sourcePrint(root)

/** From here on nothing is said of what lies there: a build begins. */
export const forgetBuilt = (root: string): void => rmSync(join(root, STAMP), { force: true })

/** The demonstration is built now. `print`: of the files before the build, since some may have changed meanwhile. */
export const noteBuilt = (root: string, print: string): void => writeFileSync(join(root, STAMP), print)
