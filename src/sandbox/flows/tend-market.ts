import { forgetEnded } from '../../platform/http/replay/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { runTimers } from './run-timers.ts'

/** What the marketplace does by itself and without anybody else, again and again: acts whose time has come, and forgetting what has expired. */
export async function tendMarket(world: SandboxWorld): Promise<void> {
  await runTimers(world)
  await forgetEnded(world.db, world.now())
}
