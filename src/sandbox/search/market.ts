import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import {
  type BadgeClaim,
  countedSignal,
  type ShownBadge,
  type Signal,
  type SignalClaim,
  statusAt,
} from '../evidence/evidence.ts'
import { type Category, categories, type Worker } from '../people/worker.ts'
import { meanScore, type ReviewNorms, type ReviewTotals } from '../review/totals.ts'
import { openTrialSlots, type Placed } from './open-trial-slots.ts'
import { certificateBoost, evidenceAt, type ReviewEvidence, standardise, type Weighed } from './quality.ts'
import { type Candidate, rankWorkers } from './rank-workers.ts'
import { explainPlace, type Reason } from './reasons.ts'

/** Everything a search reads. */
export interface MarketFacts {
  readonly workers: readonly Worker[]
  readonly totals: readonly ReviewTotals[]
  readonly norms: ReviewNorms
  readonly badges: readonly ShownBadge[]
  readonly signals: readonly Signal[]
}

/** A worker with all that is known of them. */
export interface Listing extends Candidate {
  readonly worker: Worker
  readonly totals: ReviewTotals | undefined
  /** Reviews as people count them, whatever they weigh. */
  readonly reviewCount: number
  readonly badges: readonly ShownBadge[]
  /** The signal that counts, if one does. */
  readonly prior: Signal | undefined
}

export interface Place extends Placed<Listing> {
  readonly reasons: readonly Reason[]
}

/** What is searched, and when. */
export interface Search {
  readonly category: Category | undefined
  readonly now: Instant
}

/** What a worker's place depends on, and nothing else. */
export interface Claims<S extends SignalClaim = SignalClaim> {
  readonly worker: Pick<Worker, 'id' | 'categories' | 'standing' | 'erasedAt'>
  readonly reviews: Weighed
  readonly badges: readonly BadgeClaim[]
  readonly signals: readonly S[]
}

/** Of several signals that count, the one that adds most; with a category only that category's. */
function strongest<S extends SignalClaim>(
  { worker, badges, signals }: Omit<Claims<S>, 'reviews'>,
  { category, now }: Search,
  { n }: ReviewEvidence,
): S | undefined {
  if (worker.standing !== 'good') return undefined
  const counted = (category ? [category] : categories).flatMap(
    (exam) => countedSignal(signals, badges, { exam, now }) ?? [],
  )
  return counted.sort((a, b) => certificateBoost(b, n) - certificateBoost(a, n))[0]
}

/** What ranking looks at, as it counts in a category now. */
export const candidateOf = <S extends SignalClaim>(
  claims: Claims<S>,
  at: Search,
): Candidate & { readonly prior: S | undefined } => {
  const reviews = evidenceAt(claims.reviews, at.now)
  return {
    id: claims.worker.id,
    reviews,
    prior: strongest(claims, at, reviews),
    restricted: claims.worker.standing !== 'good',
  }
}

/** Whether a search finds a worker: they offer the category, or hold a valid certificate of it. A suspended one is never found. */
export function isFound({ worker, badges }: Pick<Claims, 'worker' | 'badges'>, { category, now }: Search): boolean {
  if (worker.standing === 'suspended' || worker.erasedAt !== null) return false
  if (!category) return worker.categories.length > 0 || badges.length > 0
  return (
    worker.categories.includes(category) ||
    badges.some((badge) => badge.exam === category && statusAt(badge, now) === 'active')
  )
}

export const dayOf = (now: Instant): string => toRfc3339(now).slice(0, 10)

/** From what the lots of a category's trial slots are drawn. */
export const trialSeed = ({ category, now }: Search): string => `${dayOf(now)}/${category ?? ''}`

/** Rows by their worker. */
export function groupByWorker<T extends { readonly worker: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.worker)
    if (group) group.push(row)
    else groups.set(row.worker, [row])
  }
  return groups
}

/** Joins the facts, so that each worker's can be looked up. */
function joinFacts(facts: MarketFacts) {
  const totals = new Map(facts.totals.map((row) => [row.worker, row]))
  const badges = groupByWorker(facts.badges)
  const signals = groupByWorker(facts.signals)
  return (worker: Worker, at: Search): Listing => {
    const held = badges.get(worker.id) ?? []
    const reviews = standardise(totals.get(worker.id), facts.norms)
    return {
      ...candidateOf({ worker, reviews, badges: held, signals: signals.get(worker.id) ?? [] }, at),
      worker,
      totals: totals.get(worker.id),
      reviewCount: totals.get(worker.id)?.count ?? 0,
      badges: held,
    }
  }
}

/** One worker, whether or not a search would find them. */
export const listingOf = (facts: MarketFacts, worker: Worker, at: Search): Listing => joinFacts(facts)(worker, at)

/** All workers of the facts, whether or not a search would find them, by id. */
export function listingsOf(facts: MarketFacts, at: Search): ReadonlyMap<string, Listing> {
  const join = joinFacts(facts)
  return new Map(facts.workers.map((worker) => [worker.id, join(worker, at)]))
}

/** Why a listing is at its place in a category. */
export function reasonsOf(listing: Listing, at: Search & { readonly trial: boolean }): Reason[] {
  return explainPlace({
    reviewCount: listing.reviewCount,
    weight: listing.reviews.n,
    meanScore: meanScore(listing.totals),
    prior: listing.prior,
    certificates: listing.badges
      .filter((badge) => !at.category || badge.exam === at.category)
      .map((badge) => statusAt(badge, at.now)),
    restricted: listing.restricted,
    trial: at.trial,
  })
}

/** The order of a category at a time, from all facts at once: what a search of any size has to agree with. */
export function orderMarket(facts: MarketFacts, at: Search): Place[] {
  const found = [...listingsOf(facts, at).values()].filter((listing) => isFound(listing, at))
  return openTrialSlots(rankWorkers(found), trialSeed(at)).map((placed) => ({
    ...placed,
    reasons: reasonsOf(placed.candidate, { ...at, trial: placed.trial !== undefined }),
  }))
}
