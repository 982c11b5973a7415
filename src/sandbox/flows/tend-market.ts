import type { SandboxWorld } from '../sandbox-world.ts'
import { drainSandbox } from './drain-sandbox.ts'
import { runTimers } from './run-timers.ts'

/** What the marketplace does by itself, again and again: acts whose time has come, then the post. */
export async function tendMarket(world: SandboxWorld): Promise<void> {
  await runTimers(world)
  await drainSandbox(world)
}
