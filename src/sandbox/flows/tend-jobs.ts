import { countClientWork } from '../escrow/store.ts'
import { historyUpdate, staleHistories } from '../job/client-history/store.ts'
import { clientFactor, log2Factor } from '../job/quality.ts'
import { closeExpired } from '../job/store.ts'
import { requestRatings } from '../review/of-client/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

const AT_ONCE = 200

/** Counts the clients anew about whom something changed, and moves their jobs. */
async function countClients(world: SandboxWorld): Promise<number> {
  const stale = await staleHistories(world.db, AT_ONCE)
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
export const jobTimers = async (world: SandboxWorld): Promise<number> =>
  (await closeExpired(world.db, world.now())) + (await countClients(world))
