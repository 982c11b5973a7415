import { ok } from '../../kernel/result.ts'
import type { Signal } from '../evidence/evidence.ts'
import { signalsOf } from '../evidence/store.ts'
import { latestReviews } from '../people/store.ts'
import type { Category } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import { type ConcludedWork, concludedWork, countWork, type EscrowFigures, meansByWorker } from '../review/of-worker/store.ts'
import type { ShownReview, Stars } from '../review/review.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { type Listing, listingOf, type Place } from '../search/market.ts'
import { expectedQuality } from '../search/quality.ts'
import { readFactsOf } from '../search/store.ts'
import { requireWorker } from './change-standing.ts'
import { marketNorms } from './consult-book.ts'
import { placeOfWorker } from './show-market.ts'

const LATEST = 20
const LATEST_WORK = 6

/** One worker, in the light of one category. */
export interface Profile {
  readonly category: Category
  readonly listing: Listing
  readonly quality: number
  /** Undefined for a worker whom no search finds, such as a suspended one. */
  readonly place: Place | undefined
  readonly reviews: readonly ShownReview[]
  readonly signals: readonly Signal[]
}

/** Everything that is public about a worker; by default in the first category they offer. */
export async function showWorker(world: SandboxWorld, id: string, wanted: Category | undefined): Promise<Outcome<Profile>> {
  const known = await requireWorker(world, id)
  if (!known.ok) return known
  const category = wanted ?? (known.value.categories[0] as Category)
  const [place, facts, reviews, signals] = await Promise.all([
    placeOfWorker(world, id, category),
    readFactsOf(world.db, await marketNorms(world), [id]),
    latestReviews(world.db, id, LATEST),
    signalsOf(world.db, id),
  ])
  const listing = listingOf(facts, known.value, { category, now: world.now() })
  return ok({ category, listing, quality: expectedQuality(listing.reviews, listing.prior), place, reviews, signals })
}

/** What a worker has done through this marketplace's escrow. */
export interface WorkRecord {
  readonly figures: EscrowFigures
  /** What the worker says of clients, on the whole. */
  readonly given: { readonly n: number; readonly means: Stars }
  /** The newest. */
  readonly concluded: readonly ConcludedWork[]
}

/** Reads the work of somebody whose profile is shown. */
export async function showWorkRecord(world: SandboxWorld, worker: string): Promise<WorkRecord> {
  const [figures, given, concluded] = await Promise.all([countWork(world.db, worker), meansByWorker(world.db, worker), concludedWork(world.db, worker, LATEST_WORK)])
  return { figures, given, concluded }
}
