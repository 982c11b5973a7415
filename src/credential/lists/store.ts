import { asc, desc, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../../world/database.ts'
import { credentials, statusLists } from '../tables.ts'

/**
 * The share of a list that is given away before the next one opens. A fuller list hides each entry among more others, and
 * a list that is nearly full would need many draws for a free one: at three quarters four draws find one on average.
 */
export const FULL_AT = 0.75

/** So many numbers are drawn at once for a place: that all of them are taken in a list that is filled as far as it gets happens once in a million. */
const DRAWS = 48
/** A quarter of a list is free: so many rounds without a free index mean that the source of the draws is broken. */
const MOST_ROUNDS = 20

/** A place in a status list. */
export interface ListPlace {
  readonly list: number
  readonly index: number
}

/** Number of the list that new credentials go into, from 1. `entries` is how many a list has. */
export async function openStatusList(db: Database, entries: number): Promise<number> {
  const [open] = await db
    .select()
    .from(statusLists)
    .where(gt(statusLists.used, 0))
    .orderBy(desc(statusLists.list))
    .limit(1)
  if (!open) return 1
  return open.used < entries * FULL_AT ? open.list : open.list + 1
}

/** How many entries of the newest list are given away. */
export async function usedOfNewestList(db: Database): Promise<number> {
  const [newest] = await db
    .select({ used: statusLists.used })
    .from(statusLists)
    .where(gt(statusLists.used, 0))
    .orderBy(desc(statusLists.list))
    .limit(1)
  return newest?.used ?? 0
}

/**
 * Draws a place in the open list, each free one as likely as any other, so that its number tells nothing about the time or
 * the order of issuing. Somebody else may take it first, which fails the batch that records it: draw again.
 */
export async function drawPlace(
  db: Database,
  { entries, drawBelow }: { readonly entries: number; drawBelow(bound: number): number },
): Promise<ListPlace> {
  const list = await openStatusList(db, entries)
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const drawn = Array.from({ length: DRAWS }, () => drawBelow(entries))
    const rows = await db
      .select({ index: credentials.statusIndex })
      .from(credentials)
      .where(
        sql`${credentials.statusList} = ${list} and ${credentials.statusIndex} in (select value from json_each(${JSON.stringify(drawn)}))`,
      )
    const taken = new Set(rows.map(({ index }) => index))
    const index = drawn.find((candidate) => !taken.has(candidate))
    if (index !== undefined) return { list, index }
  }
  throw new Error(`no free index of status list ${list} was drawn in ${MOST_ROUNDS * DRAWS} draws`)
}

/** Indices of the revoked entries of a list, in order. As a revocation is final, their number tells one state of the list from any other. */
export async function revokedIndices(db: Database, list: number): Promise<number[]> {
  const rows = await db
    .select({ index: credentials.statusIndex })
    .from(credentials)
    // the words of the partial index, which a bound value would not match
    .where(sql`${credentials.statusList} = ${list} and status = 'revoked'`)
    .orderBy(asc(credentials.statusIndex))
  return rows.map((row) => row.index)
}

/** Whether a list exists: list 1 always does, a later one as soon as it has an entry. */
export async function hasStatusList(db: Database, list: number): Promise<boolean> {
  if (list === 1) return true
  const [row] = await db.select({ used: statusLists.used }).from(statusLists).where(eq(statusLists.list, list))
  return row !== undefined && row.used > 0
}
