import { type Candidate, lacksEvidence, type Ranked } from './rank-workers.ts'
import { stableHash } from './stable-hash.ts'

/** One trial slot per so many places: 5 %. */
const PLACES_PER_SLOT = 20
/** The first places are never for trial. */
const FIRST_TRIAL_POSITION = 4

/** A place given to somebody without evidence, and how probable that was; enough to weigh the outcome later. */
export interface TrialDraw {
  /** 1 is the top. */
  readonly position: number
  readonly worker: string
  /** Probability with which this worker was drawn for this slot, 0..1. */
  readonly propensity: number
  readonly poolSize: number
}

export interface Placed<C extends Candidate> {
  readonly candidate: Ranked<C>
  readonly position: number
  readonly trial: TrialDraw | undefined
}

/** Where in its block of twenty the slot lies; the first block keeps its top places. */
function slotPosition(block: number, seed: string): number {
  const first = block === 0 ? FIRST_TRIAL_POSITION : 1
  return block * PLACES_PER_SLOT + first + (stableHash(`${seed}/slot/${block}`) % (PLACES_PER_SLOT - first + 1))
}

/**
 * Draws one for a slot: the lowest hash wins, which is a uniform draw that stays the same when others join or leave.
 */
function draw<C extends Candidate>(pool: readonly Ranked<C>[], seed: string): Ranked<C> | undefined {
  const hash = (candidate: Ranked<C>) => stableHash(`${seed}/${candidate.id}`)
  return pool.reduce<Ranked<C> | undefined>((best, candidate) => (best && hash(best) <= hash(candidate) ? best : candidate), undefined)
}

/**
 * Gives one place in twenty to somebody below it who has no evidence yet, so that newcomers without a certificate get
 * seen as well. Everybody moves down by at most one place per slot. The same seed (day and category) draws the same.
 */
export function openTrialSlots<C extends Candidate>(ranked: readonly Ranked<C>[], seed: string): Placed<C>[] {
  const order = [...ranked]
  const draws = new Map<string, TrialDraw>()
  for (let block = 0; (block + 1) * PLACES_PER_SLOT <= order.length; block++) {
    const position = slotPosition(block, seed)
    const pool = order.slice(position).filter((candidate) => lacksEvidence(candidate) && !candidate.restricted && !draws.has(candidate.id))
    const drawn = draw(pool, `${seed}/${block}`)
    if (!drawn) continue
    order.splice(order.indexOf(drawn), 1)
    order.splice(position - 1, 0, drawn)
    draws.set(drawn.id, { position, worker: drawn.id, propensity: 1 / pool.length, poolSize: pool.length })
  }
  return order.map((candidate, at) => ({ candidate, position: at + 1, trial: draws.get(candidate.id) }))
}
