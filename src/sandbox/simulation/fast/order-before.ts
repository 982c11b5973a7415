import type { Category } from '../../people/worker.ts'
import { type Candidate, rankWorkers } from '../../search/rank-workers.ts'
import type { FastMarket } from './fast-market.ts'
import { drawTrials } from './trial-slots.ts'

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
