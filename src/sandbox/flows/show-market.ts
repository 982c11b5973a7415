import { listBadges, listSignals } from '../evidence/store.ts'
import { listReviewTotals, listWorkers, readNorms } from '../people/store.ts'
import type { Category } from '../people/worker.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { dayOf, type MarketFacts, orderMarket, type Place } from '../search/market.ts'
import { logTrialDraws } from '../search/store.ts'

export async function readFacts(world: Pick<SandboxWorld, 'db'>): Promise<MarketFacts> {
  const [workers, totals, norms, badges, signals] = await Promise.all([listWorkers(world.db), listReviewTotals(world.db), readNorms(world.db), listBadges(world.db), listSignals(world.db)])
  // before the seeding there is nobody to standardise
  return { workers, totals, norms: norms ?? { mean: 0, sd: 1 }, badges, signals }
}

/** The order of a category now; logs the trial slots in it. */
export async function showMarket(world: SandboxWorld, category: Category | undefined): Promise<Place[]> {
  const now = world.now()
  const places = orderMarket(await readFacts(world), { category, now })
  const draws = places.flatMap((place) => place.trial ?? [])
  await logTrialDraws(world.db, { day: dayOf(now), category: category ?? '', now }, draws)
  return places
}
