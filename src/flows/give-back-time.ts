import { openAttempts } from '../attempt/listing/store.ts'
import { extendDeadlineOf } from '../attempt/store.ts'
import { type Instant, milliseconds, plus } from '../kernel/instant.ts'
import type { Database } from '../world/database.ts'

/** Attempts that are given their time back; a marketplace has fewer under way. */
const MOST_OPEN = 100_000
const AT_ONCE = 20

/**
 * Gives whoever was in an attempt at `since` the time until `until`, in which nothing could be saved while the database was
 * moved; also where their own time ended meanwhile. @returns how many attempts were open.
 */
export async function giveBackTime(
  db: Database,
  { since, until }: { readonly since: Instant; readonly until: Instant },
): Promise<number> {
  if (until <= since) return 0
  const open = await openAttempts(db, { exam: undefined, locale: undefined, limit: MOST_OPEN })
  const by = milliseconds(until - since)
  for (let at = 0; at < open.length; at += AT_ONCE)
    await Promise.all(
      open.slice(at, at + AT_ONCE).map(({ id, deadline }) =>
        extendDeadlineOf(db, {
          id,
          deadline: plus(deadline, by),
          now: since,
          actor: 'service',
          why: 'the database was moved',
        }),
      ),
    )
  return open.length
}
