import { type Duration, type Instant, minusPeriod, type Period } from '../../kernel/instant.ts'
import { forgetEnded } from '../../platform/http/replay/store.ts'
import { countClientWork } from '../escrow/work/store.ts'
import { historyUpdate, staleHistories } from '../job/client-history/store.ts'
import { clientFactor, log2Factor } from '../job/quality.ts'
import { closeExpired } from '../job/store.ts'
import { MEMORY_KEPT, sweepMemory } from '../moderation/memory/store.ts'
import { requestRatings } from '../review/of-client/store.ts'
import { revealing } from '../review/reveal/store.ts'
import { overduePairs } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { sweepDraws } from '../search/newcomers/store.ts'
import { endMeasures, finishDecisions } from './end-decisions.ts'
import { blockTimers } from './find-blocks.ts'
import { fireContractTimers } from './fire-contract-timers.ts'
import { followDetector } from './follow-detector.ts'
import { publishTimers } from './publish-aggregates.ts'
import { sendWeeklyNotices } from './send-weekly-notices.ts'
import { turnBeliefs } from './turn-beliefs.ts'

const CLIENTS_AT_ONCE = 200
/** How long it is kept who was drawn for whom, and what came of it. */
const DRAWS_KEPT: Period = { years: 2, months: 0, days: 0 }

/** Counts the clients anew about whom something changed, and moves their jobs. */
async function countClients(world: SandboxWorld): Promise<number> {
  const stale = await staleHistories(world.db, CLIENTS_AT_ONCE)
  for (const history of stale) {
    const [work, said] = await Promise.all([
      countClientWork(world.db, history.client),
      requestRatings(world.db, history.client),
    ])
    const figures = { ...work, ...said }
    await world.db.batch(historyUpdate(world.db, history, figures, log2Factor(clientFactor(figures))))
  }
  return stale.length
}

/** Timers of the jobs: those whose time is over are closed, and places follow what became known of clients. */
const jobTimers = async (world: SandboxWorld): Promise<number> =>
  (await closeExpired(world.db, world.now())) + (await countClients(world))

const PAIRS_AT_ONCE = 100

/** Reveals what one side wrote when the other has let the window end. Each pair is revealed by one act alone. */
async function revealTimers(world: SandboxWorld): Promise<number> {
  const now = world.now()
  let revealed = 0
  for (
    let due = await overduePairs(world.db, now, PAIRS_AT_ONCE);
    due.length > 0;
    due = await overduePairs(world.db, now, PAIRS_AT_ONCE)
  ) {
    for (const { contract, worker } of due) {
      const [rows] = (await world.db.batch(
        revealing(world.db, { contract, worker, event: world.newId('evt'), now }),
      )) as [unknown[], ...unknown[]]
      revealed += rows.length
    }
  }
  return revealed
}

/** Acts whose time has come, a room's each; says how many took effect. Doing it again at the same time does nothing. */
type Timer = (world: SandboxWorld) => Promise<number>

/** In the order in which a day's effects depend on each other. */
const timers: readonly Timer[] = [
  fireContractTimers,
  revealTimers,
  blockTimers,
  publishTimers,
  endMeasures,
  finishDecisions,
  jobTimers,
  turnBeliefs,
  sendWeeklyNotices,
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

/** Moves the test clock forward and does all that is due by then. */
export async function advanceClock(
  world: SandboxWorld,
  by: Duration,
): Promise<{ readonly now: Instant; readonly fired: number }> {
  const now = await world.advance(by)
  return { now, ...(await runTimers(world)) }
}

/** What the marketplace does by itself and without anybody else, again and again: acts whose time has come, and forgetting what has expired. */
export async function tendMarket(world: SandboxWorld): Promise<void> {
  await followDetector(world)
  await runTimers(world)
  await sweepDraws(world.db, minusPeriod(world.now(), DRAWS_KEPT))
  await sweepMemory(world.db, minusPeriod(world.now(), MEMORY_KEPT))
  await forgetEnded(world.db, world.now())
}
