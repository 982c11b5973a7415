import { stableHash } from '../../../kernel/random.ts'
import type { Category } from '../../people/worker.ts'
import { type Candidate, lacksEvidence, rankWorkers } from '../../search/quality.ts'
import type { FastMarket } from './fast-market.ts'

/** One trial slot per so many places: 5 %. */
const PLACES_PER_SLOT = 20
/** The first places are never for trial. */
const FIRST_TRIAL_POSITION = 4

/** A place given to somebody without evidence, and how probable that was; enough to weigh the outcome later. */
interface TrialDraw {
  /** 1 is the top. */
  readonly position: number
  readonly worker: string
  /** Probability with which this worker was drawn for this slot, 0..1. */
  readonly propensity: number
  readonly poolSize: number
}

/** Where in its block of twenty the slot lies; the first block keeps its top places. */
function slotPosition(block: number, seed: string): number {
  const first = block === 0 ? FIRST_TRIAL_POSITION : 1
  return block * PLACES_PER_SLOT + first + (stableHash(`${seed}/slot/${block}`) % (PLACES_PER_SLOT - first + 1))
}

/**
 * Those who may be drawn, in the order of the lot: every order is as likely as any other, so whoever comes first of those
 * that are left is a uniform draw. The lot of one does not change when others join or leave.
 */
function lottery<C extends Candidate>(ranked: readonly C[], seed: string): Uint32Array {
  const lots: number[] = []
  // lot and place in one number, which sorts faster than pairs: 32 bits and 21
  for (const [at, candidate] of ranked.entries())
    if (lacksEvidence(candidate) && !candidate.restricted)
      lots.push(stableHash(`${seed}/${candidate.id}`) * MOST_RANKED + at)
  return Uint32Array.from(Float64Array.from(lots).sort(), (lot) => lot % MOST_RANKED)
}
const MOST_RANKED = 2 ** 21

/** An order with its trial slots: everybody once, and who was drawn for which place. */
interface TrialOrder<C> {
  readonly order: readonly C[]
  /** By worker. */
  readonly draws: ReadonlyMap<string, TrialDraw>
}

/**
 * Gives one place in twenty to somebody below it who has no evidence yet, so that newcomers without a certificate get
 * seen as well. Everybody moves down by at most one place per slot. The same seed (day and category) draws the same.
 * At most 2²¹ candidates.
 */
function drawTrials<C extends Candidate>(ranked: readonly C[], seed: string): TrialOrder<C> {
  const lots = lottery(ranked, seed)
  const inPool = new Uint8Array(ranked.length)
  for (const at of lots) inPool[at] = 1
  const order: C[] = []
  const draws = new Map<string, TrialDraw>()
  const taken = new Uint8Array(ranked.length)
  let place = 0
  let lot = 0
  /** Of the pool: those at `place` or below who were not drawn. */
  let left = lots.length

  const fillTo = (length: number): void => {
    for (; order.length < length && place < ranked.length; place += 1) {
      if (taken[place]) continue
      if (inPool[place]) left -= 1
      order.push(ranked[place] as C)
    }
    while (taken[place]) place += 1
  }

  for (let block = 0; (block + 1) * PLACES_PER_SLOT <= ranked.length; block += 1) {
    const position = slotPosition(block, seed)
    fillTo(position - 1)
    // whoever has the place already is not below it; nobody who once was passed comes below a later slot
    while (lot < lots.length && (taken[lots[lot] as number] || (lots[lot] as number) <= place)) lot += 1
    const at = lots[lot]
    if (at === undefined) break
    const poolSize = left - (inPool[place] ?? 0)
    const drawn = ranked[at] as C
    taken[at] = 1
    left -= 1
    order.push(drawn)
    draws.set(drawn.id, { position, worker: drawn.id, propensity: 1 / poolSize, poolSize })
  }
  fillTo(ranked.length)
  return { order, draws }
}

/** Somebody in the order as it was before newcomers had places of their own. */
export interface PlacedBefore {
  readonly id: string
  readonly trial: boolean
}

const orders = new WeakMap<FastMarket, Map<string, readonly PlacedBefore[]>>()

/** The order of a category today with its trial slots, one in twenty for those of whom nothing is known. */
export function orderBefore(market: FastMarket, category: Category): readonly PlacedBefore[] {
  const known = orders.get(market) ?? new Map<string, readonly PlacedBefore[]>()
  orders.set(market, known)
  const seed = `${market.day}/${category}`
  const today = known.get(seed)
  if (today) return today
  const candidates = market.present(category).map((person): Candidate => market.candidateOf(person))
  const { order, draws } = drawTrials(rankWorkers(candidates), seed)
  const placed = order.map(({ id }) => ({ id, trial: draws.has(id) }))
  for (const key of known.keys()) if (!key.startsWith(`${market.day}/`)) known.delete(key)
  known.set(seed, placed)
  return placed
}
