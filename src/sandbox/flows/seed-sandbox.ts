import { inventedClients, specialWorkers } from '../people/invent-clients.ts'
import { inventPeople } from '../people/invent-people.ts'
import { insertCast, insertSeed, readNorms } from '../people/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** Chosen so that the invented reviews keep to ICC₁ = 0.25. */
export const SANDBOX_SEED = '6b656e7465692d73616e64626f782d32'

/** Fills an empty sandbox with its people. Leaves all data of one that has them as they are. */
export async function seedSandbox(world: Pick<SandboxWorld, 'db'>): Promise<void> {
  await insertCast(world.db, { clients: inventedClients, workers: specialWorkers })
  if (!(await readNorms(world.db))) await insertSeed(world.db, inventPeople(SANDBOX_SEED))
}
