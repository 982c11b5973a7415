import type { Instant } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { findContract } from '../escrow/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import { type ReviewSide, type ReviewWindow, reviewSides, reviewWindow, type ShownReview } from '../review/review.ts'
import { findPair, type ReviewCursor, type ReviewEntry, reviewsOf, shownReviews } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'
import { sideOf } from './write-review.ts'

/** What somebody may see of one side's review: that it is there, and its content once it may be read. */
export interface SideView {
  readonly written: boolean
  readonly entry: ReviewEntry | null
}

export interface ContractReviews {
  readonly contract: string
  /** The side of whoever asks; null for an operator. */
  readonly own: ReviewSide | null
  /** Null while the two may not review each other. */
  readonly window: ReviewWindow | null
  readonly revealedAt: Instant | null
  readonly sides: Readonly<Record<ReviewSide, SideView>>
}

/**
 * The reviews of a contract for one of its sides or an operator. A side reads its own at once and the other's when
 * both are revealed; an operator reads both at once. Hidden answers are no part of it, not even one's own.
 */
export async function showContractReviews(
  world: SandboxWorld,
  id: string,
  person: Person,
): Promise<Outcome<ContractReviews>> {
  const contract = await findContract(world.db, id)
  const own = contract && sideOf(contract, person)
  if (!contract || (!own && person.role !== 'operator')) return fail({ code: 'not-found' })
  const [pair, entries] = await Promise.all([findPair(world.db, id), reviewsOf(world.db, id)])
  const view = (side: ReviewSide): SideView => {
    const entry = entries.find(({ review }) => review.side === side)
    const readable = entry && (own === undefined || own === side || entry.revealedAt !== null)
    return { written: entry !== undefined, entry: readable ? entry : null }
  }
  const sides = Object.fromEntries(reviewSides.map((side) => [side, view(side)])) as Record<ReviewSide, SideView>
  return ok({
    contract: id,
    own: own ?? null,
    window: reviewWindow(contract) ?? null,
    revealedAt: pair?.revealedAt ?? null,
    sides,
  })
}

/** A page of what clients said of a worker, newest first. */
export async function listWorkerReviews(
  world: SandboxWorld,
  worker: string,
  page: { readonly before: ReviewCursor | undefined; readonly limit: number },
): Promise<Outcome<readonly ShownReview[]>> {
  const known = await requireWorker(world, worker)
  return known.ok ? ok(await shownReviews(world.db, worker, page)) : known
}
