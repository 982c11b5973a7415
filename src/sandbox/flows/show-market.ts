import { wordsOf } from '../../platform/words/full-text.ts'
import type { Category } from '../people/worker.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { findWorkerDocs } from '../search/listing/store.ts'
import { dayOf, isFound, listingsOf, type Place, reasonsOf, type Search } from '../search/market.ts'
import { expectedQuality } from '../search/quality.ts'
import { logTrialDraws, readFactsOf } from '../search/store.ts'
import type { BookPlace } from '../search/worker-book.ts'
import { noFilter, type WorkerFilter } from '../search/worker-filter.ts'
import { consultBook, marketNorms } from './consult-book.ts'

export interface WorkerSearch {
  readonly category: Category | undefined
  readonly filter: WorkerFilter
  /** Only places behind this one, and of those the first so many not. */
  readonly after?: number | undefined
  readonly skip?: number | undefined
  readonly limit: number
}

export interface FoundWorkers {
  /** All who match, on this page or another. */
  readonly total: number
  /** In order, everybody at their place in the whole. */
  readonly places: readonly Place[]
  /** Behind which place the next page begins; undefined on the last. */
  readonly next: number | undefined
}

/** Everything a page says of these places; whoever is not found any more is left out. */
async function describePlaces(world: SandboxWorld, places: readonly BookPlace[], at: Search): Promise<Place[]> {
  if (places.length === 0) return []
  const facts = await readFactsOf(
    world.db,
    await marketNorms(world),
    places.map(({ worker }) => worker),
  )
  const listings = listingsOf(facts, at)
  return places.flatMap(({ worker, position, trial }) => {
    const listing = listings.get(worker)
    if (!listing || !isFound(listing, at)) return []
    const candidate = { ...listing, quality: expectedQuality(listing.reviews, listing.prior) }
    return [{ candidate, position, trial, reasons: reasonsOf(listing, { ...at, trial: trial !== undefined }) }]
  })
}

/** A part of those who match in a category now; logs the trial slots that are shown. */
export async function searchWorkers(
  world: SandboxWorld,
  { category, filter, ...part }: WorkerSearch,
): Promise<FoundWorkers> {
  const at = { category, now: world.now() }
  const words = wordsOf(filter.words)
  const docs = words.length === 0 ? undefined : await findWorkerDocs(world.db, words)
  const { total, places: read } = (await consultBook(world)).find({
    ...at,
    filter,
    docs,
    ...part,
    limit: part.limit + 1,
  })
  const places = read.slice(0, part.limit)
  const draws = places.flatMap((place) => place.trial ?? [])
  await logTrialDraws(world.db, { day: dayOf(at.now), category: category ?? '', now: at.now }, draws)
  return {
    total,
    places: await describePlaces(world, places, at),
    next: read.length > places.length ? places.at(-1)?.position : undefined,
  }
}

export interface Survey {
  readonly people: number
  readonly newcomers: number
  readonly certified: number
}

/** How the market is doing. */
export async function surveyMarket(world: SandboxWorld): Promise<Survey> {
  const book = await consultBook(world)
  const count = (filter: Partial<WorkerFilter>) =>
    book.find({ category: undefined, now: world.now(), filter: { ...noFilter, ...filter }, docs: undefined, limit: 0 })
      .total
  return { people: count({}), newcomers: count({ bands: ['none'] }), certified: count({ certified: true }) }
}

/** Where one worker is in a category now, with why; undefined for somebody whom no search finds. */
export async function placeOfWorker(
  world: SandboxWorld,
  worker: string,
  category: Category,
): Promise<Place | undefined> {
  const at = { category, now: world.now() }
  const place = (await consultBook(world)).placeOf(worker, at)
  return place && (await describePlaces(world, [place], at))[0]
}
