import type { SandboxWorld } from '../sandbox-world.ts'
import { drainSandbox } from './drain-sandbox.ts'
import { endorseExams } from './endorse-exams.ts'
import { runTimers } from './run-timers.ts'

/** What the marketplace does by itself, again and again: acts whose time has come, then the post, then what it vouches for. */
export async function tendMarket(world: SandboxWorld): Promise<void> {
  await runTimers(world)
  await drainSandbox(world)
  await endorseExams(world)
}
