import type { Bank } from '../item/bank.ts'
import { publishVersion } from '../item/publishing/store.ts'
import { publishedAtOf } from '../item/store.ts'
import type { World } from '../world/world.ts'

/** Who brings an exam from the disk of the machine that the service runs on: whoever may do that holds the database anyway. */
const MACHINE = 'machine'

/** Publishes a compiled exam version at once, from the machine's own disk. Attempts that are open keep the version they started with. */
export const publishExam = (world: Pick<World, 'db' | 'now' | 'newId'>, bank: Bank): Promise<void> =>
  publishVersion(world.db, bank, { id: world.newId('pub'), act: 'deployed', by: MACHINE, why: '', at: world.now() })

/** Publishes what this machine never had live. What people have since approved or rolled back to outlives a restart. */
export async function publishIfNew(world: Pick<World, 'db' | 'now' | 'newId'>, bank: Bank): Promise<void> {
  if ((await publishedAtOf(world.db, bank.hash)) === undefined) await publishExam(world, bank)
}
