import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../world/database.ts'
import type { Bank } from '../bank.ts'
import { findBank } from '../store.ts'
import { examVersions, publishedWordings } from '../tables.ts'
import { numberedItems, type WordingHash, wordingHashes } from './wording-hashes.ts'

/** Versions whose items are noted in one go; one of five megabytes takes a quarter of a second. */
const NOTED_AT_ONCE = 20

/**
 * Notes what all versions of an exam that were ever live hold under which number: of each version once, when it is asked for
 * the first time after it went live. @returns whether all of them are noted now.
 */
export async function notePublishedItems(db: Database, exam: string): Promise<boolean> {
  // whoever goes by the index of all versions reads each bank to its end, behind which stands whether it is noted
  const versions = await db.all<{ hash: string }>(sql`select hash from exam_versions indexed by exam_versions_unnoted
    where exam = ${exam} and published_at > 0 and items_noted = 0 limit ${NOTED_AT_ONCE + 1}`)
  for (const { hash } of versions.slice(0, NOTED_AT_ONCE)) {
    const bank = await findBank(db, hash)
    const held = JSON.stringify(bank ? await wordingHashes(numberedItems(bank)) : [])
    const rows = sql`select ${exam}, value ->> 'item', value ->> 'version', value ->> 'locale', value ->> 'hash' from json_each(${held}) where true`
    await db.batch([
      db.insert(publishedWordings).select(rows).onConflictDoNothing(),
      db.update(examVersions).set({ itemsNoted: 1 }).where(eq(examVersions.hash, hash)),
    ])
  }
  return versions.length <= NOTED_AT_ONCE
}

/** Refusals name so many items; whoever mends those is told of the next. */
const MOST_NAMED = 50

const byItem = (wordings: readonly WordingHash[]): ReadonlyMap<string, readonly WordingHash[]> =>
  Map.groupBy(wordings, ({ item }) => item)

/** The language that holds something else than it ever did, or the first one where none is there that was before; undefined where all is as it was: one that comes or goes changes nothing for the others. */
function changedIn(now: readonly WordingHash[], before: readonly WordingHash[]): string | undefined {
  const both = now.filter(({ locale }) => before.some((was) => was.locale === locale))
  if (both.length === 0) return now[0]?.locale
  return both.find(({ locale, hash }) => !before.some((was) => was.locale === locale && was.hash === hash))?.locale
}

/** An item whose number was published with other content. */
export interface UsedNumber {
  readonly item: string
  readonly version: number
  /** The lowest number above all that the item was published under. */
  readonly next: number
  /** In which it is another one. */
  readonly locale: string
}

/** Items of a bank that hold something else than what was published under their number, as far as that is noted: the first ones by id. */
export async function usedNumbers(db: Database, bank: Bank): Promise<readonly UsedNumber[]> {
  const [exam, items] = [bank.exam.id, numberedItems(bank)]
  const numbers = JSON.stringify(items.map(({ id, version }) => ({ id, version })))
  const published = byItem(
    await db.all<WordingHash>(sql`select wording.item, wording.version, wording.locale, wording.hash
      from json_each(${numbers}) cross join published_wordings wording
      where wording.exam = ${exam} and wording.item = value ->> 'id' and wording.version = value ->> 'version'`),
  )
  const now = byItem(await wordingHashes(items.filter(({ id }) => published.has(id))))
  const used = items.flatMap(({ id, version }) => {
    const locale = changedIn(now.get(id) ?? [], published.get(id) ?? [])
    return published.has(id) && locale !== undefined ? [{ item: id, version, locale }] : []
  })
  const named = used.sort((a, b) => (a.item < b.item ? -1 : 1)).slice(0, MOST_NAMED)
  const last = await db.all<{ item: string; version: number }>(sql`select value as item,
    (select version from published_wordings where exam = ${exam} and item = value order by version desc limit 1) as version
    from json_each(${JSON.stringify(named.map(({ item }) => item))})`)
  const lastOf = new Map(last.map(({ item, version }) => [item, version]))
  return named.map((one) => ({ ...one, next: (lastOf.get(one.item) ?? one.version) + 1 }))
}
