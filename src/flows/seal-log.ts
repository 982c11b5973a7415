import { MOST_PER_SEAL, sealEntries } from '../audit/seal.ts'
import { enterRefusedLaunches, entriesAfter, hasRefusedLaunches, insertSeal, lastSeal } from '../audit/store.ts'
import { type Instant, minutes } from '../kernel/instant.ts'
import { isUniqueViolation } from '../world/database.ts'
import type { World } from '../world/world.ts'

const MINUTE = minutes(1)
/** Seals of one run; a longer backlog goes on with the next. */
const MOST_SEALS = 10

const minuteOf = (at: number): number => Math.floor(at / MINUTE)

/**
 * Seals what was written into the log of acts since the last seal, once a minute, so that no act waits for the head of a
 * chain. Several at once make one seal: whoever comes second leaves it to the first. @returns the seals made.
 */
export async function sealLog(world: Pick<World, 'db' | 'now'>): Promise<number> {
  const now = world.now()
  if (await hasRefusedLaunches(world.db, minuteOf(now))) await enterRefusedLaunches(world.db, { minute: minuteOf(now), at: now })
  let sealed = 0
  while (sealed < MOST_SEALS && (await sealOnce(world, now))) sealed += 1
  return sealed
}

async function sealOnce({ db }: Pick<World, 'db'>, now: Instant): Promise<boolean> {
  const before = await lastSeal(db)
  const isFull = before !== undefined && (JSON.parse(before.entries) as unknown[]).length >= MOST_PER_SEAL
  if (before && minuteOf(before.at) === minuteOf(now) && !isFull) return false
  const entries = await entriesAfter(db, before?.last ?? 0, MOST_PER_SEAL)
  if (entries.length === 0) return false
  try {
    return await insertSeal(db, await sealEntries(before, entries, now), { after: before?.last ?? 0, count: entries.length })
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}
