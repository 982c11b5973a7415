import type { Bank } from '../item/bank.ts'
import { insertBank } from '../item/store.ts'
import type { World } from '../world/world.ts'

/** Publishes a compiled exam version. Attempts that are open keep the version they started with. */
export const publishExam = (world: Pick<World, 'db' | 'now'>, bank: Bank): Promise<void> => insertBank(world.db, bank, world.now())
