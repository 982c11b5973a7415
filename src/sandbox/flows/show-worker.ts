import type { Instant } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { concludedContracts } from '../escrow/store.ts'
import { countWork, type EscrowFigures } from '../escrow/work/store.ts'
import type { Signal } from '../evidence/evidence.ts'
import { signalsOf } from '../evidence/store.ts'
import { publicJobs } from '../job/store.ts'
import { lastMeasured } from '../moderation/decision/store.ts'
import { gapsOf, type ProfileGap } from '../people/introduction/introduction.ts'
import type { Sample } from '../people/sample/sample.ts'
import { samplesOf } from '../people/sample/store.ts'
import { clientsAmong } from '../people/store.ts'
import type { Category } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import { meansByWorker } from '../review/of-client/store.ts'
import type { ShownReview, Stars } from '../review/review.ts'
import { type ReviewEntry, revealedAmong, shownReviews } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { type Listing, listingOf, type Place, reasonsOf } from '../search/market.ts'
import { expectedQuality } from '../search/quality.ts'
import { readFactsOf } from '../search/store.ts'
import { requireWorker } from './change-standing.ts'
import { consultBook, marketNorms } from './consult-book.ts'
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
  readonly reasons: Place['reasons']
  readonly reviews: readonly ShownReview[]
  readonly signals: readonly Signal[]
  /** Of their own work, read by an operator before; of somebody suspended none. */
  readonly samples: readonly Sample[]
  /** What they have not filled in, for them alone. */
  readonly gaps: readonly ProfileGap[]
}

/** Everything that is public about a worker; by default in the first category they offer. */
export async function showWorker(
  world: SandboxWorld,
  id: string,
  wanted: Category | undefined,
): Promise<Outcome<Profile>> {
  const known = await requireWorker(world, id)
  if (!known.ok) return known
  const category = wanted ?? (known.value.categories[0] as Category)
  const [place, facts, reviews, signals, samples] = await Promise.all([
    placeOfWorker(world, id, category),
    readFactsOf(world.db, await marketNorms(world), [id]),
    shownReviews(world.db, id, { limit: LATEST }),
    signalsOf(world.db, id),
    samplesOf(world.db, id),
  ])
  const terms = (await consultBook(world)).termsOf('treated')
  const told = listingOf(facts, known.value, { category, now: world.now(), terms })
  // of somebody suspended nothing is read that they wrote themselves
  const isSuspended = known.value.standing === 'suspended'
  const listing = isSuspended ? { ...told, introduction: undefined } : told
  const reasons = place?.reasons ?? reasonsOf(listing, { category, now: world.now(), terms, drawn: undefined })
  return ok({
    category,
    listing,
    quality: expectedQuality(listing.reviews, listing.prior),
    place,
    reasons,
    reviews,
    signals,
    samples: isSuspended ? [] : samples.filter(({ state }) => state.name === 'shown'),
    gaps: gapsOf({
      introduction: told.introduction,
      skillsJa: known.value.skillsJa,
      samples: samples.length,
    }),
  })
}

/** A contract of a worker that came to its end, as everybody may see it. */
export interface ConcludedWork {
  readonly contract: string
  readonly category: Category
  /** What the public post that it came from was called then, or is now where something was decided against it since; null where two agreed by themselves, whose words are theirs. */
  readonly title: string | null
  /** Yen. */
  readonly amount: number
  readonly settledAt: Instant
  readonly client: { readonly id: string; readonly name: string; readonly reading: string } | null
  readonly revealedAt: Instant | null
  /** What both said, once it is revealed; nothing before, whoever has written. */
  readonly reviews: readonly ReviewEntry[]
}

/** A worker's contracts in which money was released and nothing is held any more, the newest first. */
async function concludedWork({ db }: SandboxWorld, worker: string, limit: number): Promise<ConcludedWork[]> {
  const contracts = await concludedContracts(db, worker, limit)
  const jobs = contracts.flatMap(({ job }) => job ?? [])
  const [clients, titles, measured, said] = await Promise.all([
    clientsAmong(
      db,
      contracts.map(({ client }) => client),
    ),
    publicJobs(db, jobs),
    lastMeasured(db, jobs),
    revealedAmong(
      db,
      contracts.map(({ id }) => id),
    ),
  ])
  /** Nobody's later words, but for those that an operator asked for: what was found wrong is not shown again. */
  const titleOf = ({ job, jobTitle, createdAt }: (typeof contracts)[number]): string | null => {
    const title = job === null ? undefined : titles.get(job)
    if (job === null || title === undefined) return null
    return (measured.get(job) ?? Number.NEGATIVE_INFINITY) >= createdAt ? title : jobTitle
  }
  return contracts.map((contract) => {
    const { id, category, amount, settledAt, client: clientId } = contract
    const client = clients.find((one) => one.id === clientId)
    const pair = said.get(id)
    return {
      contract: id,
      category,
      title: titleOf(contract),
      amount,
      settledAt: settledAt as Instant,
      client: client ? { id: client.id, name: client.name, reading: client.reading } : null,
      revealedAt: pair?.revealedAt ?? null,
      reviews: pair?.reviews ?? [],
    }
  })
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
  const [figures, given, concluded] = await Promise.all([
    countWork(world.db, worker),
    meansByWorker(world.db, worker),
    concludedWork(world, worker, LATEST_WORK),
  ])
  return { figures, given, concluded }
}
