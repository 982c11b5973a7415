import { extendAllStatements } from '../attempt/store.ts'
import { type Instant, milliseconds } from '../kernel/instant.ts'
import type { Database, Statement } from '../world/database.ts'

/** A time in which nothing could be saved while a database was moved. */
export interface LostTime {
  readonly since: Instant
  readonly until: Instant
}

/**
 * The statements, for one batch, that give whoever was in an attempt at `since` the time until `until`, also where their own
 * time ended meanwhile; none where it is no time. For one `since` it is given once.
 */
const timeBackStatements = (db: Database, { since, until }: LostTime): readonly Statement[] =>
  until <= since
    ? []
    : extendAllStatements(db, {
        since,
        by: milliseconds(until - since),
        actor: 'service',
        why: 'the database was moved',
      })

/** The same for whoever has no client of it that takes statements. */
export const timeBackSteps = (db: Database, time: LostTime) =>
  timeBackStatements(db, time).map((statement) => {
    const { sql, params } = (statement as unknown as { toSQL(): { sql: string; params: (string | number)[] } }).toSQL()
    return { sql, args: params }
  })

/** Gives the time back. @returns how many attempts were given it. */
export async function giveBackTime(db: Database, time: LostTime): Promise<number> {
  const [first, ...rest] = timeBackStatements(db, time)
  if (!first) return 0
  const [given] = (await db.batch([first, ...rest])) as [readonly unknown[]]
  return given.length
}
