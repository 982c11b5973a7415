import type { Statement } from '../../world/database.ts'
import { recounting } from '../review/reveal/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** What else changes when money of a contract has moved; goes into that batch, behind the contract's row. */
export const afterMoney = (
  world: Pick<SandboxWorld, 'db'>,
  of: { readonly contract: string; readonly worker: string },
): Statement[] => recounting(world.db, of)
