// apart from the database: a Worker that has just begun asks this, and has no use for drizzle yet

/** The mark in what a database answers to a write while it is moved to another engine, and for good after that. */
export const SEALED = 'kentei-sealed'

/**
 * Why a statement was not begun, if that is what an error says: somebody else held the database, or too much was going on.
 * Trying again later helps. The text carries nothing of the statement.
 */
export function busyReason(error: unknown): string | undefined {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if (e.message.includes(SEALED)) return 'the database is being moved, or has been'
    if ('code' in e && /^(?:SQLITE_BUSY|DATABASE_THREAD_ENDED)/.test(String(e.code))) return e.message
  }
}
