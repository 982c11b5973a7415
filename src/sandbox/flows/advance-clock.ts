import type { Duration, Instant } from '../../kernel/instant.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { runTimers } from './run-timers.ts'

/** Moves the test clock forward and does all that is due by then. */
export async function advanceClock(
  world: SandboxWorld,
  by: Duration,
): Promise<{ readonly now: Instant; readonly fired: number }> {
  const now = await world.advance(by)
  return { now, ...(await runTimers(world)) }
}
