import { createHash, randomBytes } from 'node:crypto'
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hours } from '../kernel/instant.ts'
import { builtOf, sourcePrint } from './build-stamp.ts'
import { fillEmptyFolder, openDataFolder } from './data-folder.ts'
import type { Ports } from './demo-places.ts'
import type { ExamOnDisk } from './exam-folders.ts'

/** Where a past lies that was made when the packages were installed, in the folder of the repository. */
const FOLDER = '.past'
/** Says for which start the past beside it is; as old as that. */
const LABEL = 'made-for.txt'
/** People who sit an exam at its end would be through with it in a later start. */
const KEPT_FOR = hours(1)
/** What besides the code, the ports and the exams decides what is in a past. */
const SETTINGS = ['MARKETPLACE_BRAND', 'KENTEI_OPERATORS', 'KENTEI_DEMO_BANK', 'KENTEI_SECURITY_CONTACT'] as const

/** The start that a past is for. */
export interface PastFor {
  /** Of the repository. */
  readonly root: string
  readonly ports: Ports
  readonly exams: Promise<readonly ExamOnDisk[]>
}

/** What is known of a start before its exams are compiled. `built`: the print of the files of the build. */
function startOf({ ports }: PastFor, built: string | undefined): string {
  const settings = SETTINGS.map((name) => process.env[name] ?? null)
  return createHash('sha256')
    .update(JSON.stringify([built, ports.plugin, ports.sandbox, settings]))
    .digest('hex')
}

const banksOf = async ({ exams }: PastFor): Promise<string> => (await exams).map(({ bank }) => bank.hash).join(' ')

/** Makes a past for a start that may follow soon, in place of the one that was kept before. */
export async function keepPast(of: PastFor, make: (into: string) => Promise<void>): Promise<void> {
  const folder = join(of.root, FOLDER)
  await rm(folder, { recursive: true, force: true })
  await fillEmptyFolder(await openDataFolder(folder), async (into) => {
    await mkdir(join(into, 'data'), { mode: 0o700 })
    await make(join(into, 'data'))
    await writeFile(join(into, LABEL), `${startOf(of, sourcePrint(of.root))}\n${await banksOf(of)}`)
  })
}

/** Fills a folder with the past that was kept, once and for one start; whether there was one for this start. */
export async function takeKeptPast(of: PastFor, into: string): Promise<boolean> {
  const folder = join(of.root, FOLDER)
  const label = join(folder, LABEL)
  const made = await stat(label).catch(() => undefined)
  if (!made) return false
  const [start, banks] = (await readFile(label, 'utf8')).split('\n')
  if (start !== startOf(of, builtOf(of.root)) || banks !== (await banksOf(of))) return false
  // whoever starts at the same time finds it gone
  const taken = `${folder}-${randomBytes(6).toString('hex')}`
  const isMine = await rename(folder, taken).then(
    () => true,
    () => false,
  )
  if (!isMine) return false
  const isFresh = Date.now() - made.mtimeMs < KEPT_FOR
  try {
    if (isFresh) await cp(join(taken, 'data'), into, { recursive: true })
  } finally {
    // its keys lie nowhere else then
    await rm(taken, { recursive: true, force: true })
  }
  return isFresh
}
