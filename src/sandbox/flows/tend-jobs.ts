import { countHistory, historyUpdate, staleHistories } from '../job/client-history/store.ts'
import { clientFactor, log2Factor } from '../job/quality.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { closeExpired } from '../search/listing/store.ts'

const AT_ONCE = 200

/** Counts the clients anew about whom something changed, and moves their jobs. */
async function countClients(world: SandboxWorld): Promise<number> {
  const stale = await staleHistories(world.db, AT_ONCE)
  for (const history of stale) {
    const figures = await countHistory(world.db, history.client)
    await world.db.batch(historyUpdate(world.db, history, figures, log2Factor(clientFactor(figures))))
  }
  return stale.length
}

/** Timers of the jobs: those whose time is over are closed, and places follow what became known of clients. */
export const jobTimers = async (world: SandboxWorld): Promise<number> => (await closeExpired(world.db, world.now())) + (await countClients(world))
