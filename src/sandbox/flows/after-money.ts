import type { Statement } from '../../world/database.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** What else changes when money of a contract has moved; goes into that batch, behind the contract's row. */
export const afterMoney = (_world: SandboxWorld, _of: { readonly contract: string; readonly worker: string }): Statement[] => []
