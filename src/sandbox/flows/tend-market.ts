import type { SandboxWorld } from '../sandbox-world.ts'
import { sweepTrust } from '../trust/store.ts'
import { runTimers } from './run-timers.ts'

/** What the marketplace does by itself and without anybody else, again and again: acts whose time has come, and forgetting what has expired. */
export async function tendMarket(world: SandboxWorld): Promise<void> {
  await runTimers(world)
  await sweepTrust(world.db, world.now())
}
