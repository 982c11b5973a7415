import type { Bank } from '../item/bank.ts'
import { publishVersion } from '../item/publishing/store.ts'
import { publishedAtOf } from '../item/store.ts'
import { noteActIfDone, type Writer } from './note-act.ts'

/** Who brings an exam from the disk of the machine that the service runs on: whoever may do that holds the database anyway. */
const MACHINE = 'machine'

/** Publishes a compiled exam version at once, from the machine's own disk. Attempts that are open keep the version they started with. */
export async function publishExam(world: Writer, bank: Bank): Promise<void> {
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
export async function publishIfNew(world: Writer, bank: Bank): Promise<void> {
  if ((await publishedAtOf(world.db, bank.hash)) === undefined) await publishExam(world, bank)
}
