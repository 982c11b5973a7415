import { and, desc, eq, gt, gte, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import { type Database, isAmong } from '../../../world/database.ts'
import type { Category } from '../../people/worker.ts'
import type { SearchDraw } from '../newcomers/store.ts'
import type { Arm } from '../newcomers/terms.ts'
import { noticedFigures, searchArms, searchDays, searchDrawPlaces, searchDraws, searchOutcomes } from '../tables.ts'

type PlaceRow = typeof searchDrawPlaces.$inferSelect
type OutcomeRow = typeof searchOutcomes.$inferSelect

/** A newcomer on a page 1. */
export type LoggedPlace = Pick<PlaceRow, 'draw' | 'way' | 'worker' | 'group' | 'propensity'>
/** A newcomer of a draw's pool whom its client hired. */
export type LoggedHire = Pick<OutcomeRow, 'draw' | 'worker' | 'group' | 'propensity' | 'drawn'>

/** Draws at once, whose places are read by their names. */
const AT_ONCE = 1_000

/**
 * The newest draws of a category after a time, so many at most, with who stood on their pages and who was hired from their
 * pools. What strangers narrow, as often as they like, says nothing and would push the others out.
 */
export async function drawsWithOutcomes(
  db: Database,
  of: { readonly category: Category; readonly after: Instant; readonly limit: number },
) {
  const draws: SearchDraw[] = await db
    .select()
    .from(searchDraws)
    .where(
      and(
        gt(searchDraws.drawnAt, of.after),
        eq(searchDraws.category, of.category),
        // the words of the partial index, which bound values would not match
        sql`(narrowed = 0 OR substr(reader, 1, 5) <> 'hour/')`,
      ),
    )
    .orderBy(desc(searchDraws.drawnAt))
    .limit(of.limit)
  const places: LoggedPlace[] = []
  const hires: LoggedHire[] = []
  for (let first = 0; first < draws.length; first += AT_ONCE) {
    const ids = draws.slice(first, first + AT_ONCE).map(({ id }) => id)
    places.push(...(await placesIn(db, ids)))
    hires.push(...(await hiresIn(db, ids)))
  }
  return { draws, places, hires }
}

const placesIn = (db: Database, draws: readonly string[]): Promise<LoggedPlace[]> =>
  db
    .select({
      draw: searchDrawPlaces.draw,
      way: searchDrawPlaces.way,
      worker: searchDrawPlaces.worker,
      group: searchDrawPlaces.group,
      propensity: searchDrawPlaces.propensity,
    })
    .from(searchDrawPlaces)
    .where(isAmong(searchDrawPlaces.draw, draws))

const hiresIn = (db: Database, draws: readonly string[]): Promise<LoggedHire[]> =>
  db
    .select({
      draw: searchOutcomes.draw,
      worker: searchOutcomes.worker,
      group: searchOutcomes.group,
      propensity: searchOutcomes.propensity,
      drawn: searchOutcomes.drawn,
    })
    .from(searchOutcomes)
    .where(and(isAmong(searchOutcomes.draw, draws), eq(searchOutcomes.kind, 'hired')))

/** On which days since one each of these workers stood on a page 1. */
export async function firstPageDays(
  db: Database,
  of: { readonly workers: readonly string[]; readonly since: string },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectDistinct({ worker: searchDrawPlaces.worker, day: searchDrawPlaces.day })
    .from(searchDrawPlaces)
    .where(and(isAmong(searchDrawPlaces.worker, of.workers), gte(searchDrawPlaces.day, of.since)))
  const days = new Map<string, string[]>()
  for (const { worker, day } of rows) if (worker) days.set(worker, [...(days.get(worker) ?? []), day])
  return days
}

/** Days of readers by arm since the log began, and the share that was held out on the last day with any. */
export async function heldOutFigures(db: Database): Promise<{
  readonly readerDays: Readonly<Record<Arm, number>>
  readonly share: number | undefined
}> {
  const [arms, [day]] = await Promise.all([
    db.select().from(searchArms),
    db.select().from(searchDays).orderBy(desc(searchDays.day)).limit(1),
  ])
  const of = (arm: Arm) => arms.find((one) => one.arm === arm)?.readerDays ?? 0
  return { readerDays: { treated: of('treated'), 'held-out': of('held-out') }, share: day?.heldOutShare }
}

/** What was counted of an exam last, if it was written in this form. */
export async function lastFigures(
  db: Database,
  of: { readonly exam: Category; readonly form: number },
): Promise<unknown> {
  const [row] = await db
    .select({ figures: noticedFigures.figures })
    .from(noticedFigures)
    .where(and(eq(noticedFigures.exam, of.exam), eq(noticedFigures.form, of.form)))
  return row?.figures
}

/** Keeps what was counted of an exam, in place of what was counted before. */
export async function keepFigures(
  db: Database,
  row: { readonly exam: Category; readonly form: number; readonly at: Instant; readonly figures: unknown },
): Promise<void> {
  await db.insert(noticedFigures).values(row).onConflictDoUpdate({ target: noticedFigures.exam, set: row })
}
