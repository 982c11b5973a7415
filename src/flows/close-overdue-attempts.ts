import { attemptsToSweep, findAttempt } from '../attempt/store.ts'
import { forgetSessions } from '../marketplace/sessions/store.ts'
import { forgetEnded } from '../marketplace/store.ts'
import type { World } from '../world/world.ts'
import { settleAttempt } from './close-attempt.ts'
import { closeNamedTombstones } from './erase-worker.ts'

const PAGE = 50

export interface Swept {
  readonly settled: number
  readonly failed: readonly { readonly attempt: string; readonly error: string }[]
}

/**
 * Closes all overdue attempts, however old, and finishes interrupted grades, page by page. One that cannot be settled is
 * reported and does not keep the others from it.
 */
export async function closeOverdueAttempts(world: World): Promise<Swept> {
  const failed = new Map<string, string>()
  let settled = 0
  for (;;) {
    const page = (await attemptsToSweep(world.db, world.now(), PAGE + failed.size)).filter((id) => !failed.has(id))
    if (page.length === 0) break
    for (const id of page) {
      try {
        const attempt = await findAttempt(world.db, id)
        if (attempt) await settleAttempt(world, attempt)
        settled += 1
      } catch (error) {
        failed.set(id, error instanceof Error ? error.message : String(error))
      }
    }
  }
  await forgetEnded(world.db, world.now())
  await forgetSessions(world.db, world.now())
  await closeNamedTombstones(world)
  return { settled, failed: [...failed].map(([attempt, error]) => ({ attempt, error })) }
}
