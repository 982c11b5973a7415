import { wordsOf } from '../../platform/words/full-text.ts'
import { type Category, categories } from '../people/worker.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { findWorkerDocs } from '../search/listing/store.ts'
import {
  dayOf,
  isFound,
  type Listing,
  listingsOf,
  newcomerIn,
  type Place,
  reasonsOf,
  type Search,
} from '../search/market.ts'
import type { PlaceDraw } from '../search/newcomers/open-places.ts'
import { logPlaceDraws } from '../search/newcomers/store.ts'
import type { Arm } from '../search/newcomers/terms.ts'
import { expectedQuality } from '../search/quality.ts'
import { readFactsOf } from '../search/store.ts'
import type { BookPlace, BookView, WorkerBook } from '../search/worker-book.ts'
import { type FacetCounts, noFilter, type Sort, type WorkerFilter } from '../search/worker-filter.ts'
import { consultBook, marketNorms } from './consult-book.ts'
import { mayStay, readerOf, type ShownRow, showRow } from './show-row.ts'

export interface WorkerSearch {
  readonly category: Category | undefined
  readonly filter: WorkerFilter
  /** As ranked, where nothing else is asked for. */
  readonly sort?: Sort | undefined
  /** Only places behind this one, and of those the first so many not. */
  readonly after?: number | undefined
  readonly skip?: number | undefined
  readonly limit: number
  /** Who is signed in. */
  readonly person?: string | undefined
  /** The draw of page 1, for whoever pages on. */
  readonly draw?: string | undefined
}

/** A card of the newcomers' row. */
export interface RowEntry extends Place {
  readonly draw: PlaceDraw & { readonly ratio: number }
}

export interface FoundWorkers {
  /** All who match, on this page or another. */
  readonly total: number
  /** In order, everybody at their place in the whole. */
  readonly places: readonly Place[]
  /** Behind which place the next page begins; undefined on the last. */
  readonly next: number | undefined
  /** Whether certificates count in this search, or are held out. */
  readonly arm: Arm
  /** The newcomers' row of page 1, from above, and the id of its draw; none on later pages. */
  readonly row: readonly RowEntry[]
  readonly drawId: string | undefined
}

/** Places of page 1, beside which the row stands. */
const FIRST_PAGE = 10

/** All that the pages say of some workers, by id. */
export async function readListings(world: SandboxWorld, workers: readonly string[], at: Search): Promise<Listings> {
  if (workers.length === 0) return new Map()
  return listingsOf(await readFactsOf(world.db, await marketNorms(world), workers), at)
}

type Listings = ReadonlyMap<string, Listing>

const workersOf = (places: readonly { readonly worker: string }[]): string[] => places.map(({ worker }) => worker)

/** Everything a page says of these places; whoever is not found any more is left out. */
export function describePlaces(listings: Listings, places: readonly BookPlace[], at: Search): Place[] {
  return places.flatMap(({ worker, position, draw }) => {
    const listing = listings.get(worker)
    if (!listing || !isFound(listing, at)) return []
    const candidate = { ...listing, quality: expectedQuality(listing.reviews, listing.prior) }
    return [{ candidate, position, draw, reasons: reasonsOf(listing, { ...at, drawn: draw?.group }) }]
  })
}

/** The cards of a row; whoever is no newcomer of that kind any more is left out. */
export function describeRow(
  listings: Listings,
  row: ShownRow,
  of: { readonly at: Search; readonly view: BookView; readonly book: WorkerBook },
): RowEntry[] {
  const { at, view, book } = of
  return row.cards.flatMap(({ worker, group, propensity, way }) => {
    const listing = listings.get(worker)
    const position = book.placeOf(worker, view)?.position
    if (!listing || !isFound(listing, at) || position === undefined) return []
    if (!mayStay(group, newcomerIn(listing, at)?.group)) return []
    const candidate = { ...listing, quality: expectedQuality(listing.reviews, listing.prior) }
    const draw = { worker, position, group, propensity, poolSize: row.poolSize, ratio: row.ratio }
    return [
      {
        candidate,
        position,
        draw,
        reasons: reasonsOf(listing, { ...at, drawn: way === 'priority' ? 'first-days' : group }),
      },
    ]
  })
}

/** A part of those who match in a category now, and on page 1 the newcomers' row; logs what was given by lot. */
export async function searchWorkers(world: SandboxWorld, search: WorkerSearch): Promise<FoundWorkers> {
  const { category, filter, person, draw, after, skip, limit } = search
  const now = world.now()
  const reader = await readerOf(world, { person, draw })
  const { arm } = reader
  const words = wordsOf(filter.words)
  const docs = words.length === 0 ? undefined : await findWorkerDocs(world.db, words)
  const book = await consultBook(world)
  const view = { category, now, arm }
  const at = { category, now, terms: book.termsOf(arm) }
  const sort = search.sort ?? 'ranked'
  if (sort !== 'ranked') {
    const { total, places } = book.findSorted({ ...view, filter, docs, sort, skip, limit })
    const described = describePlaces(await readListings(world, workersOf(places), at), places, at)
    return { total, places: described, next: undefined, arm, row: [], drawId: undefined }
  }
  const isFirst = !after && !skip
  const { total, places: read } = book.find({
    ...view,
    filter,
    docs,
    after,
    skip,
    limit: Math.max(limit + 1, isFirst ? FIRST_PAGE : 0),
  })
  const places = read.slice(0, limit)
  const draws = places.flatMap((place) => place.draw ?? [])
  await logPlaceDraws(world.db, { day: dayOf(now), category: category ?? '', arm, now }, draws)
  const onPage = workersOf(read.slice(0, FIRST_PAGE))
  const row = isFirst ? await showRow(world, { ...view, filter, docs, reader, onPage }) : undefined
  const listings = await readListings(world, workersOf([...places, ...(row?.cards ?? [])]), at)
  return {
    total,
    places: describePlaces(listings, places, at),
    next: read.length > places.length ? places.at(-1)?.position : undefined,
    arm,
    row: row ? describeRow(listings, row, { at, view, book }) : [],
    drawId: row?.draw,
  }
}

/** What a page of a search says beside the people: how many each condition would leave, and how many match in each kind of work. */
export interface SearchCounts {
  readonly facets: FacetCounts
  readonly totals: ReadonlyMap<Category | undefined, number>
}

export async function countSearch(
  world: SandboxWorld,
  { category, filter }: Pick<WorkerSearch, 'category' | 'filter'>,
): Promise<SearchCounts> {
  const words = wordsOf(filter.words)
  const docs = words.length === 0 ? undefined : await findWorkerDocs(world.db, words)
  const book = await consultBook(world)
  const view = { now: world.now(), arm: 'treated', filter, docs } as const
  const totals = [undefined, ...categories].map((one) => [one, book.count({ ...view, category: one })] as const)
  return { facets: book.countFacets({ ...view, category }), totals: new Map(totals) }
}

export interface Survey {
  readonly people: number
  readonly newcomers: number
  readonly certified: number
}

/** How the market is doing. */
export async function surveyMarket(world: SandboxWorld): Promise<Survey> {
  const book = await consultBook(world)
  const view = { category: undefined, now: world.now(), arm: 'treated' } as const
  const count = (filter: Partial<WorkerFilter>) =>
    book.find({ ...view, filter: { ...noFilter, ...filter }, docs: undefined, limit: 0 }).total
  return { people: count({}), newcomers: count({ bands: ['none'] }), certified: count({ certified: true }) }
}

/** Where one worker is in a category now, in the order in which certificates count, with why; undefined for somebody whom no search finds. */
export async function placeOfWorker(
  world: SandboxWorld,
  worker: string,
  category: Category,
): Promise<Place | undefined> {
  const view = { category, now: world.now(), arm: 'treated' } as const
  const book = await consultBook(world)
  const place = book.placeOf(worker, view)
  const at = { ...view, terms: book.termsOf('treated') }
  return place && describePlaces(await readListings(world, [worker], at), [place], at)[0]
}
