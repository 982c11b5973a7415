import { and, eq, sql } from 'drizzle-orm'
import { type Instant, instant } from '../kernel/instant.ts'
import type { Database, Statement } from '../world/database.ts'
import type { ItemStatistics } from './item-analysis.ts'
import { itemStatistics, measuredExams } from './tables.ts'

/** Item statistics as they were kept. */
export interface KeptStatistics {
  /** When they were computed. */
  readonly at: Instant
  /** Papers that they are of. */
  readonly papers: number
  readonly items: readonly ItemStatistics[]
}

/** Rows of one statement: with items of many options still below half a megabyte. */
const ROWS = 250

/** Keeps the statistics of all items of an exam instead of those before. */
export async function keepStatistics(db: Database, exam: string, { at, papers, items }: KeptStatistics): Promise<void> {
  const rows: Statement[] = []
  for (let from = 0; from < items.length; from += ROWS) {
    const some = JSON.stringify(items.slice(from, from + ROWS))
    rows.push(
      db
        .insert(itemStatistics)
        .select(
          sql`select ${exam}, value ->> 'item', value ->> 'hash', value ->> 'locale', value from json_each(${some}) where true`,
        ),
    )
  }
  await db.batch([
    db
      .insert(measuredExams)
      .values({ exam, at, papers })
      .onConflictDoUpdate({ target: measuredExams.exam, set: { at, papers } }),
    db.delete(itemStatistics).where(eq(itemStatistics.exam, exam)),
    ...rows,
  ])
}

/** What is kept of every version of an item; undefined where the exam was never measured. */
export async function keptStatistics(db: Database, exam: string, item: string): Promise<KeptStatistics | undefined> {
  const rows = await db
    .select({ at: measuredExams.at, papers: measuredExams.papers, figures: itemStatistics.figures })
    .from(measuredExams)
    .leftJoin(itemStatistics, and(eq(itemStatistics.exam, measuredExams.exam), eq(itemStatistics.item, item)))
    .where(eq(measuredExams.exam, exam))
    .orderBy(itemStatistics.locale, itemStatistics.hash)
  const [first] = rows
  return (
    first && {
      at: instant(first.at),
      papers: first.papers,
      items: rows.flatMap(({ figures }) => (figures === null ? [] : [JSON.parse(figures) as ItemStatistics])),
    }
  )
}

/** The figures of an item's version in one language that a map of all items needs. */
export type ItemPoint = Pick<
  ItemStatistics,
  'item' | 'hash' | 'locale' | 'n' | 'facility' | 'discrimination' | 'flags'
> & {
  readonly exam: string
}

/** What is kept of every version of every item of an exam, or of all exams, without their options. */
export async function itemPoints(db: Database, exam?: string): Promise<ItemPoint[]> {
  const rows = await db
    .select({
      exam: itemStatistics.exam,
      item: itemStatistics.item,
      hash: itemStatistics.hash,
      locale: itemStatistics.locale,
      figures: sql<string>`json_extract(${itemStatistics.figures}, '$.n', '$.facility', '$.flags', '$.discrimination')`,
    })
    .from(itemStatistics)
    .where(exam === undefined ? undefined : eq(itemStatistics.exam, exam))
  return rows.map(({ figures, locale, ...row }) => {
    const [n, facility, flags, discrimination] = JSON.parse(figures) as [
      number,
      ItemPoint['facility'],
      ItemPoint['flags'],
      ItemPoint['discrimination'] | null,
    ]
    return {
      ...row,
      locale: locale as ItemPoint['locale'],
      n,
      facility,
      flags,
      ...(discrimination ? { discrimination } : {}),
    }
  })
}

export interface MeasuringTimes {
  /** What was measured before this is due where a paper was graded since. */
  readonly before: Instant
  /** The same where it was of fewer than `few` papers. */
  readonly fewBefore: Instant
  readonly few: number
  /** What was measured before this is due whatever happened since. */
  readonly stale: Instant
  /** What was measured later was so by a clock that was ahead. */
  readonly now: Instant
}

/** An exam whose items are due to be measured, the longest due one. */
export async function examToMeasure(
  db: Database,
  { before, fewBefore, few, stale, now }: MeasuringTimes,
): Promise<string | undefined> {
  const gradedSince = sql`exists (select 1 from attempts a where a.exam = p.exam and a.status = 'graded' and a.graded_at >= coalesce(m.at, 0))`
  const [row] = await db
    .select({ exam: sql<string>`p.exam` })
    .from(sql`exam_papers p left join measured_exams m on m.exam = p.exam`)
    .where(
      sql`((m.at is null or m.at <= case when m.papers < ${few} then ${fewBefore} else ${before} end) and ${gradedSince}) or (m.at <= ${stale} and m.papers > 0) or m.at > ${now}`,
    )
    .orderBy(sql`coalesce(m.at, 0)`)
    .limit(1)
  return row?.exam
}
