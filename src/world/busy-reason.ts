// apart from the database: a Worker that has just begun asks this, and has no use for drizzle yet

/** The mark in what a database answers to a write while it is moved to another engine, and for good after that. */
const SEALED = 'kentei-sealed'

/** What it answers from a time on, in milliseconds since 1970. */
export const sealOf = (since: number): string => `${SEALED} since ${since}`

/** Since when a database that refused a write has done so for a move; 0 where it does not say, undefined where it refused for something else. */
export function sealedSince(error: unknown): number | undefined {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (e.message.includes(SEALED)) return Number(/ since (\d+)/.exec(e.message)?.[1] ?? 0)
}

/**
 * Why a statement was not begun, if that is what an error says: somebody else held the database, or too much was going on.
 * Trying again later helps. The text carries nothing of the statement.
 */
export function busyReason(error: unknown): string | undefined {
  if (sealedSince(error) !== undefined) return 'the database is being moved, or has been'
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if ('code' in e && /^(?:SQLITE_BUSY|DATABASE_THREAD_ENDED)/.test(String(e.code))) return e.message
}
