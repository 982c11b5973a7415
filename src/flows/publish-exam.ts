import type { Bank } from '../item/bank.ts'
import { publishVersion } from '../item/publishing/store.ts'
import type { FileContent } from '../item/source/exam-source.ts'
import { keepSource } from '../item/source/store.ts'
import { publishedAtOf } from '../item/store.ts'
import { noteActIfDone, type Writer } from './note-act.ts'

/** Who brings an exam from the disk of the machine that the service runs on: whoever may do that holds the database anyway. */
const MACHINE = 'machine'

/** What a bank was compiled from, for those who go on writing. */
type Files = readonly { readonly path: string; readonly content: FileContent }[]

const keepFiles = (world: Writer, { hash, exam }: Bank, files: Files | undefined) =>
  files && keepSource(world.db, { bank: hash, exam: exam.id, files })

/** Publishes a compiled exam version at once, from the machine's own disk. Attempts that are open keep the version they started with. */
export async function publishExam(world: Writer, bank: Bank, files?: Files): Promise<void> {
  await keepFiles(world, bank, files)
  const noted = await noteActIfDone(world, {
    act: 'exam.deployed',
    actor: MACHINE,
    object: bank.exam.id,
    facts: { version: bank.exam.version, hash: bank.hash },
  })
  await publishVersion(
    world.db,
    bank,
    { id: world.newId('pub'), act: 'deployed', by: MACHINE, why: '', at: world.now() },
    noted,
  )
}

/** Publishes what this machine never had live. What people have since approved or rolled back to outlives a restart. */
export async function publishIfNew(world: Writer, bank: Bank, files?: Files): Promise<void> {
  if ((await publishedAtOf(world.db, bank.hash)) === undefined) await publishExam(world, bank, files)
  else await keepFiles(world, bank, files)
}
