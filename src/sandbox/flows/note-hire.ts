import { days, type Instant, minus } from '../../kernel/instant.ts'
import type { Statement } from '../../world/database.ts'
import type { Category } from '../people/worker.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { dayOf } from '../search/market.ts'
import { rowPlaces } from '../search/newcomers/draw-row.ts'
import { propensitiesOf } from '../search/newcomers/lot.ts'
import { type Newcomer, type NewcomerClaims, newcomerOf } from '../search/newcomers/newcomer.ts'
import { drawsOf, type Hire, hireOutcomes, sizesOfDraw } from '../search/newcomers/store.ts'
import { readFactsOf } from '../search/store.ts'
import { marketNorms } from './consult-book.ts'

/** An invitation or a hire within so many days of a search counts as its outcome. */
export const OUTCOME_DAYS = 14
/** Searches of one reader that these are joined to. */
export const MOST_JOINED = 200

type JoinedDraw = Awaited<ReturnType<typeof drawsOf>>[number]

/** With which probability a draw that passed a newcomer by would have named them. */
function propensityIn(draw: JoinedDraw, { group, weight }: Newcomer): number {
  const sizes = sizesOfDraw(draw)
  const terms = { places: rowPlaces[draw.setting], ratio: draw.ratio }
  // in the days after a pass one card is given without a lot, and the other to an uncertified
  const uncertified = { ...sizes, certified: { fresh: 0, settled: 0 } }
  const propensities = draw.priority
    ? propensitiesOf(uncertified, { ...terms, places: terms.places - 1 })
    : propensitiesOf(sizes, terms)
  return propensities[group][weight]
}

/** A hire as one draw sees it; undefined where the worker was not in its pool, or nobody knows whether they were. */
function hireIn(
  draw: JoinedDraw,
  claims: NewcomerClaims,
): Pick<Hire, 'draw' | 'group' | 'propensity' | 'drawn'> | undefined {
  const { shown } = draw
  if (shown?.way === 'order' || claims.worker.joinedAt > draw.drawnAt) return undefined
  // who had the account only later was in no pool
  if (shown === null && claims.payeeSince !== undefined && claims.payeeSince > draw.drawnAt) return undefined
  // who matches words or a filter is not kept
  if (draw.narrowed && shown === null) return undefined
  const category = draw.category === '' ? undefined : (draw.category as Category)
  const newcomer = newcomerOf(claims, { category, now: draw.drawnAt, predicts: draw.ratio > 1 })
  if (!newcomer) return undefined
  return {
    draw: draw.id,
    group: newcomer.group,
    propensity: shown?.propensity ?? propensityIn(draw, newcomer),
    drawn: shown !== null,
  }
}

/** Statements that join the first hire of a newcomer to the searches of the client who hires: drawn or not, and how probable that was. */
export async function hireStatements(
  { db }: Pick<SandboxWorld, 'db'>,
  hire: {
    readonly reader: string
    readonly worker: string
    readonly contract: string
    readonly category: Category
    readonly at: Instant
  },
): Promise<Statement[]> {
  const { reader, worker, contract, category, at } = hire
  const draws = await drawsOf(db, { reader, worker, after: minus(at, days(OUTCOME_DAYS)), limit: MOST_JOINED })
  const concerned = draws.filter((draw) => draw.category === category || draw.category === '')
  if (concerned.length === 0) return []
  const facts = await readFactsOf(db, await marketNorms({ db }), [worker])
  const [who] = facts.workers
  if (!who || facts.underContract.size > 0) return []
  // whoever is hired is here; that a contract is under way is true from now on
  const claims = {
    worker: { ...who, lastSeenAt: at },
    reviewCount: facts.totals[0]?.count ?? 0,
    underContract: false,
    payeeSince: facts.payees.get(worker),
    badges: facts.badges,
  }
  const hires = concerned.flatMap((draw) => hireIn(draw, claims) ?? [])
  return hireOutcomes(
    db,
    hires.map((one) => ({ ...one, worker, contract, day: dayOf(at), at })),
  )
}
