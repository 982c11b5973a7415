import { ok } from '../../kernel/result.ts'
import type { Contract } from '../escrow/contract.ts'
import { listContracts } from '../escrow/store.ts'
import { type ShownBadge, statusAt } from '../evidence/evidence.ts'
import type { Category, Worker } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import { reviewSides } from '../review/review.ts'
import { findPair, reviewBy } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { remainingPercent } from '../search/reasons.ts'
import { consultBook } from './consult-book.ts'
import { newClientFor } from './play-contract.ts'
import { showWorker } from './show-worker.ts'

const MOST_CONTRACTS = 200
/** Newcomers of whom those are chosen who stand where nobody looks. */
const MOST_NEWCOMERS = 1_000

/** How far somebody has come from being an uncertified newcomer. */
export interface Story {
  readonly worker: Worker
  readonly category: Category
  /** In the order of the category, from 1; undefined for somebody whom no search finds. */
  readonly position: number | undefined
  readonly badge: ShownBadge | undefined
  /** Whether the certificate counts in the order now. */
  readonly counted: boolean
  /** Share of its first weight that the certificate still has, in percent. */
  readonly weight: number | undefined
  /** κ of the certificate that counts. */
  readonly equivalentReviews: number | undefined
  readonly reviews: number
  /** What they weigh together, in full reviews. */
  readonly reviewWeight: number
  /** The first contract that came about. */
  readonly contract: Contract | undefined
  /** Which sides of it have written a review, and whether the reviews are revealed. */
  readonly written: readonly (typeof reviewSides)[number][]
  readonly revealed: boolean
  /** Who would hire next. */
  readonly nextClient: { readonly id: string; readonly name: string } | undefined
}

/** The first contract of a worker that was paid in and not called off. */
export async function storyContract(world: SandboxWorld, worker: string): Promise<Contract | undefined> {
  const contracts = await listContracts(world.db, { person: worker, limit: MOST_CONTRACTS })
  return contracts.findLast(
    ({ fundedAt, status }) => fundedAt !== null && status !== 'cancelled' && status !== 'expired',
  )
}

/** Reads how far a worker's story has come, in the category given or the first that they offer. */
export async function showStory(world: SandboxWorld, id: string, wanted: Category): Promise<Outcome<Story>> {
  const profile = await showWorker(world, id, wanted)
  if (!profile.ok) return profile
  const { listing, place, category } = profile.value
  const { worker, badges, prior, reviews, reviewCount } = listing
  const contract = await storyContract(world, id)
  const entries = contract ? await Promise.all(reviewSides.map((side) => reviewBy(world.db, contract.id, side))) : []
  const pair = contract && (await findPair(world.db, contract.id))
  const client = await newClientFor(world, id)
  const own = badges.filter((badge) => badge.exam === category)
  return ok({
    worker,
    category,
    position: place?.position,
    badge: own.find((badge) => statusAt(badge, world.now()) === 'active') ?? own[0],
    counted: prior !== undefined,
    equivalentReviews: prior?.equivalentReviews,
    weight: prior && remainingPercent(prior.equivalentReviews, reviews.n),
    reviews: reviewCount,
    reviewWeight: reviews.n,
    contract,
    written: entries.flatMap((entry) => (entry ? [entry.review.side] : [])),
    revealed: (pair?.revealedAt ?? null) !== null,
    nextClient: client.ok ? client.value : undefined,
  })
}

export const storySteps = ['start', 'exam', 'badge', 'contract', 'work', 'reviews', 'fade'] as const
export type StoryStep = (typeof storySteps)[number]

/** Reviews from which the certificate's fading is seen. */
const FADED = 3

/** Which steps of a story have been taken, as its data tell. */
export function stepsTaken({
  badge,
  counted,
  contract,
  revealed,
  reviews,
}: Pick<Story, 'badge' | 'counted' | 'contract' | 'revealed' | 'reviews'>): ReadonlySet<StoryStep> {
  const taken: Readonly<Record<StoryStep, boolean>> = {
    start: true,
    exam: badge !== undefined,
    badge: counted,
    contract: contract !== undefined,
    work: contract !== undefined && contract.released > 0,
    reviews: revealed,
    fade: reviews >= FADED,
  }
  return new Set(storySteps.filter((step) => taken[step]))
}

/** Somebody on whom the story can be shown, and where they stand. */
export interface Newcomer {
  readonly id: string
  readonly position: number
}

/** Positions on the ninth page, of ten each, with somebody above and below: far enough down that nobody looks there. */
const WANTED = { from: 82, to: 89 } as const

/** People without reviews and without a certificate, those of the ninth page first, then whoever is nearest to it. */
export async function findNewcomers(
  world: SandboxWorld,
  category: Category,
  limit: number,
): Promise<readonly Newcomer[]> {
  const book = await consultBook(world)
  const now = world.now()
  const distance = (position: number) => Math.max(WANTED.from - position, position - WANTED.to, 0)
  return book
    .first(MOST_NEWCOMERS, ({ reviewCount, badges }) => reviewCount === 0 && badges.length === 0, {
      category,
      now,
      arm: 'treated',
    })
    .filter(({ draw }) => draw === undefined)
    .map(({ worker, position }) => ({ id: worker, position }))
    .sort((a, b) => distance(a.position) - distance(b.position) || a.position - b.position)
    .slice(0, limit)
}
