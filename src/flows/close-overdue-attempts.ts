import { forgetProcessData } from '../attempt/process-data/store.ts'
import { findAttempt } from '../attempt/store.ts'
import { attemptsToSweep, forgetPutOff, putOff } from '../attempt/sweep/store.ts'
import { forgetSessions } from '../marketplace/sessions/store.ts'
import { forgetEnded } from '../platform/http/replay/store.ts'
import { busyReason } from '../world/busy-reason.ts'
import { type Budget, noLimit, type World } from '../world/world.ts'
import { settleAttempt } from './close-attempt.ts'
import { closeNamedTombstones } from './erase-worker.ts'

const PAGE = 50
/** Statements that closing, grading and awarding one attempt asks at most, tries that lose a race among them. */
const MOST_PER_ATTEMPT = 60

export interface Swept {
  readonly settled: number
  readonly failed: readonly { readonly attempt: string; readonly error: unknown }[]
}

/**
 * Closes all overdue attempts, however old, and finishes interrupted grades, page by page, as far as the budget goes. One
 * that cannot be settled is reported and put off, longer each time, so that however many there are they keep no other from it.
 */
export async function closeOverdueAttempts(world: World, budget: Budget = noLimit): Promise<Swept> {
  const failed = new Map<string, unknown>()
  let settled = 0
  while (budget.left() > MOST_PER_ATTEMPT) {
    const page = (await attemptsToSweep(world.db, world.now(), PAGE)).filter((id) => !failed.has(id))
    if (page.length === 0) break
    for (const id of page) {
      if (budget.left() < MOST_PER_ATTEMPT) break
      try {
        const attempt = await findAttempt(world.db, id)
        if (attempt) await settleAttempt(world, attempt)
        settled += 1
      } catch (error) {
        // nothing is wrong with the attempt: the whole sweep has to come again
        if (busyReason(error) !== undefined) throw error
        failed.set(id, error)
        await putOff(world.db, id, world.now())
      }
    }
  }
  await forgetPutOff(world.db, world.now())
  await forgetProcessData(world.db, world.now())
  await forgetEnded(world.db, world.now())
  await forgetSessions(world.db, world.now())
  await closeNamedTombstones(world)
  return { settled, failed: [...failed].map(([attempt, error]) => ({ attempt, error })) }
}
