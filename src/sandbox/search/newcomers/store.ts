import { and, asc, count, countDistinct, eq, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database, Statement } from '../../../world/database.ts'
import { dayOf } from '../market.ts'
import {
  type OutcomeKind,
  placeDraws,
  priorityShows,
  type Showing,
  searchArms,
  searchDays,
  searchDrawPlaces,
  searchDraws,
  searchOutcomes,
} from '../tables.ts'
import type { Group, PoolSizes } from './lot.ts'
import type { PlaceDraw } from './open-places.ts'
import { type Arm, heldOutShare } from './terms.ts'

export type SearchDraw = typeof searchDraws.$inferSelect

/** Who might have been drawn. */
export const sizesOfDraw = (draw: SearchDraw): PoolSizes => ({
  certified: { fresh: draw.certifiedFresh, settled: draw.certifiedSettled },
  other: { fresh: draw.otherFresh, settled: draw.otherSettled },
})

/** A newcomer on a page 1. */
export interface ShownNewcomer {
  readonly way: Showing
  readonly place: number
  readonly worker: string
  readonly group: Group
  readonly propensity: number
}

/** The share of readers held out on a day: what its first search found, for all of the day. */
export async function shareOfDay(db: Database, day: string): Promise<number> {
  const known = async () => (await db.select().from(searchDays).where(eq(searchDays.day, day)))[0]?.heldOutShare
  const decided = await known()
  if (decided !== undefined) return decided
  const [heldOut] = await db.select().from(searchArms).where(eq(searchArms.arm, 'held-out'))
  await db
    .insert(searchDays)
    .values({ day, heldOutShare: heldOutShare(heldOut?.readerDays ?? 0) })
    .onConflictDoNothing()
  return (await known()) as number
}

export async function findDraw(db: Database, id: string): Promise<SearchDraw | undefined> {
  const [row] = await db.select().from(searchDraws).where(eq(searchDraws.id, id))
  return row
}

/** Draws of one reader on one day until which narrowed searches are logged: every other filter is another draw. */
const MOST_NARROWED = 200

/** Whether a narrowed search of a reader is one too many for the log of a day. */
export async function isLogFull(db: Database, { reader, day }: Pick<SearchDraw, 'reader' | 'day'>): Promise<boolean> {
  const rows = await db
    .select({ id: searchDraws.id })
    .from(searchDraws)
    .where(and(eq(searchDraws.reader, reader), eq(searchDraws.day, day)))
    .limit(MOST_NARROWED)
  return rows.length === MOST_NARROWED
}

/** The newcomers of a page 1 who were not erased, from above. */
export const shownIn = async (db: Database, draw: string): Promise<ShownNewcomer[]> =>
  (
    await db.select().from(searchDrawPlaces).where(eq(searchDrawPlaces.draw, draw)).orderBy(asc(searchDrawPlaces.place))
  ).flatMap(({ worker, ...shown }) => (worker === null ? [] : [{ ...shown, worker }]))

/** Logs a page 1; one that is logged already stays as it is. */
export async function logDraw(db: Database, draw: SearchDraw, shown: readonly ShownNewcomer[]): Promise<void> {
  const places = shown.map((one) => ({ ...one, draw: draw.id, day: draw.day }))
  const first = db.insert(searchDraws).values(draw).onConflictDoNothing()
  await db.batch(
    places.length === 0 ? [first] : [first, db.insert(searchDrawPlaces).values(places).onConflictDoNothing()],
  )
}

/** To how many readers somebody was shown in the days after their pass, each once a day, whichever process showed them. */
export async function priorityShowsOf(db: Database, worker: string): Promise<number> {
  const [row] = await db.select().from(priorityShows).where(eq(priorityShows.worker, worker))
  return row?.shown ?? 0
}

/** How often each was shown in the days after their pass. */
export const allPriorityShows = async (db: Database): Promise<ReadonlyMap<string, number>> =>
  new Map((await db.select().from(priorityShows)).map(({ worker, shown }) => [worker, shown]))

/** Logs places behind page 1 that were given by lot, at their first showing. */
export async function logPlaceDraws(
  db: Database,
  shown: { readonly day: string; readonly category: string; readonly arm: Arm; readonly now: Instant },
  draws: readonly PlaceDraw[],
): Promise<void> {
  if (draws.length === 0) return
  const { now, ...of } = shown
  await db
    .insert(placeDraws)
    .values(draws.map((draw) => ({ ...of, ...draw, firstShownAt: now })))
    .onConflictDoNothing()
}

/** Notes that a reader opened or invited a newcomer whom a page 1 showed; nothing for anybody whom it did not show. */
export async function noteOutcome(
  db: Database,
  of: {
    readonly draw: string
    readonly worker: string
    readonly kind: OutcomeKind
    readonly day: string
    readonly at: Instant
  },
): Promise<void> {
  await db
    .insert(searchOutcomes)
    .select(
      sql`SELECT NULL, draw, ${of.kind}, worker, "group", propensity, way <> 'order', NULL, ${of.day}, ${of.at} FROM ${searchDrawPlaces}
        WHERE draw = ${of.draw} AND worker = ${of.worker} LIMIT 1`,
    )
    .onConflictDoNothing()
}

/** Statement that notes that a reader invited a newcomer, at the draws after a time that showed them, the last so many, if a condition holds then. */
export const invitedOutcomes = (
  db: Database,
  of: {
    readonly reader: string
    readonly worker: string
    readonly category: string
    readonly after: Instant
    readonly limit: number
    readonly day: string
    readonly at: Instant
  },
  provided: SQL,
): Statement =>
  db
    .insert(searchOutcomes)
    .select(
      sql`SELECT NULL, p.draw, 'invited', p.worker, p."group", p.propensity, p.way <> 'order', NULL, ${of.day}, ${of.at} FROM (
        SELECT id FROM ${searchDraws} WHERE reader = ${of.reader} AND drawn_at > ${of.after} AND category IN (${of.category}, '') ORDER BY drawn_at DESC LIMIT ${of.limit}
      ) AS d CROSS JOIN ${searchDrawPlaces} AS p ON p.draw = d.id AND p.worker = ${of.worker} WHERE ${provided}`,
    )
    .onConflictDoNothing()

/** How often a worker stood on a page 1 from a day on, as a newcomer, and how many readers opened them there; those without sign-in count as one an hour. */
export async function countShowings(
  db: Database,
  worker: string,
  sinceDay: string,
): Promise<{ readonly shown: number; readonly openedBy: number }> {
  const [[places], [opened]] = await Promise.all([
    db
      .select({ n: count() })
      .from(searchDrawPlaces)
      .where(and(eq(searchDrawPlaces.worker, worker), gte(searchDrawPlaces.day, sinceDay))),
    db
      .select({ n: countDistinct(searchDraws.reader) })
      .from(searchOutcomes)
      .innerJoin(searchDraws, eq(searchDraws.id, searchOutcomes.draw))
      .where(
        and(eq(searchOutcomes.worker, worker), eq(searchOutcomes.kind, 'opened'), gte(searchOutcomes.day, sinceDay)),
      ),
  ])
  return { shown: places?.n ?? 0, openedBy: opened?.n ?? 0 }
}

/** A hire by a reader, as one draw of theirs sees it. */
export type Hire = Omit<typeof searchOutcomes.$inferInsert, 'id' | 'kind'>

/** Statements that note hires; what is noted already stays. */
export const hireOutcomes = (db: Database, hires: readonly Hire[]): Statement[] =>
  hires.length === 0
    ? []
    : [
        db
          .insert(searchOutcomes)
          .values(hires.map((hire) => ({ ...hire, kind: 'hired' as const })))
          .onConflictDoNothing(),
      ]

/** Draws of a reader after a time, the first so many, each with whether it showed this worker and how. */
export async function drawsOf(
  db: Database,
  of: { readonly reader: string; readonly after: Instant; readonly worker: string; readonly limit: number },
): Promise<(SearchDraw & { readonly shown: { readonly way: Showing; readonly propensity: number } | null })[]> {
  const rows = await db
    .select({
      draw: searchDraws,
      shown: { way: searchDrawPlaces.way, propensity: searchDrawPlaces.propensity },
    })
    .from(searchDraws)
    .leftJoin(searchDrawPlaces, and(eq(searchDrawPlaces.draw, searchDraws.id), eq(searchDrawPlaces.worker, of.worker)))
    .where(and(eq(searchDraws.reader, of.reader), gt(searchDraws.drawnAt, of.after)))
    .orderBy(asc(searchDraws.drawnAt))
    .limit(of.limit)
  return rows.map(({ draw, shown }) => ({ ...draw, shown }))
}

/** Statements that take a worker's name out of what was drawn; the counts stay. */
export const forgetDraws = (db: Database, worker: string) =>
  [
    db.update(searchDrawPlaces).set({ worker: null }).where(eq(searchDrawPlaces.worker, worker)),
    db.update(searchOutcomes).set({ worker: null }).where(eq(searchOutcomes.worker, worker)),
    // another name in each row, since the name is part of its key
    db.update(placeDraws).set({ worker: sql`'gone_' || rowid` }).where(eq(placeDraws.worker, worker)),
    db.delete(priorityShows).where(eq(priorityShows.worker, worker)),
  ] as const

/** Draws that one sweep deletes. */
const MOST_SWEPT = 500

/** Deletes draws, and places behind page 1 that were given by lot, that are older than a time, some at a time. */
export async function sweepDraws(db: Database, before: Instant): Promise<void> {
  const oldPlaces = db
    .select({ rowid: sql`rowid` })
    .from(placeDraws)
    .where(lt(placeDraws.day, dayOf(before)))
    .limit(MOST_SWEPT)
  const old = db
    .select({ id: searchDraws.id })
    .from(searchDraws)
    .where(lt(searchDraws.drawnAt, before))
    .orderBy(asc(searchDraws.drawnAt))
    .limit(MOST_SWEPT)
  await db.batch([
    db.delete(searchOutcomes).where(inArray(searchOutcomes.draw, old)),
    db.delete(searchDrawPlaces).where(inArray(searchDrawPlaces.draw, old)),
    db.delete(searchDraws).where(inArray(searchDraws.id, old)),
    db.delete(placeDraws).where(inArray(sql`rowid`, oldPlaces)),
  ])
}
