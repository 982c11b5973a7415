import type { SandboxWorld } from '../sandbox-world.ts'
import { endMeasures, finishDecisions } from './end-decisions.ts'
import { fireContractTimers } from './fire-contract-timers.ts'
import { publishTimers } from './publish-aggregates.ts'
import { revealTimers } from './reveal-reviews.ts'
import { jobTimers } from './tend-jobs.ts'

/** Acts whose time has come, a room's each; says how many took effect. Doing it again at the same time does nothing. */
type Timer = (world: SandboxWorld) => Promise<number>

/** In the order in which a day's effects depend on each other. */
const timers: readonly Timer[] = [
  fireContractTimers,
  revealTimers,
  publishTimers,
  endMeasures,
  finishDecisions,
  jobTimers,
]

/** Does everything that is due by now. @throws when a timer failed, after all the others had their turn. */
export async function runTimers(world: SandboxWorld): Promise<{ readonly fired: number }> {
  let fired = 0
  const failures: unknown[] = []
  for (const timer of timers) {
    try {
      fired += await timer(world)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'a timer failed', { cause: failures[0] })
  return { fired }
}
