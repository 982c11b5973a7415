import { inventPeople } from './people/invent-people.ts'
import { insertSeed, readNorms } from './people/store.ts'
import type { SandboxWorld } from './sandbox-world.ts'

/** Chosen so that the invented reviews keep to ICC₁ = 0.25. */
export const SANDBOX_SEED = '6b656e7465692d73616e64626f782d32'

/** Fills an empty sandbox with its people. Does nothing to one that has them, so a restart keeps all data. */
export async function seedSandbox(world: Pick<SandboxWorld, 'db'>): Promise<void> {
  if (await readNorms(world.db)) return
  await insertSeed(world.db, inventPeople(SANDBOX_SEED))
}
