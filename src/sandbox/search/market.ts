import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { countedSignal, type ShownBadge, type Signal, statusAt } from '../evidence/evidence.ts'
import { type Category, categories, meanScore, type ReviewNorms, type ReviewTotals, type Worker } from '../people/worker.ts'
import { openTrialSlots, type Placed } from './open-trial-slots.ts'
import { certificateBoost, standardise } from './quality.ts'
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
  readonly badges: readonly ShownBadge[]
  /** The signal that counts, if one does. */
  readonly prior: Signal | undefined
}

export interface Place extends Placed<Listing> {
  readonly reasons: readonly Reason[]
}

/** What is searched, and when. */
interface Search {
  readonly category: Category | undefined
  readonly now: Instant
}

function groupByWorker<T extends { readonly worker: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.worker)
    if (group) group.push(row)
    else groups.set(row.worker, [row])
  }
  return groups
}

/** Of several signals that count, the one that adds most; with a category only that category's. */
function strongest(worker: Worker, evidence: { signals: readonly Signal[]; badges: readonly ShownBadge[] }, at: Search & { readonly n: number }): Signal | undefined {
  if (worker.standing !== 'good') return undefined
  const counted = (at.category ? [at.category] : categories).flatMap((exam) => countedSignal(evidence.signals, evidence.badges, { exam, now: at.now }) ?? [])
  return counted.sort((a, b) => certificateBoost(b, at.n) - certificateBoost(a, at.n))[0]
}

/** Whether a search finds a worker: they offer the category, or hold a valid certificate of it. A suspended one is never found. */
function isFound({ worker, badges }: Listing, { category, now }: Search): boolean {
  if (worker.standing === 'suspended' || worker.erasedAt !== null) return false
  if (!category) return worker.categories.length > 0 || badges.length > 0
  return worker.categories.includes(category) || badges.some((badge) => badge.exam === category && statusAt(badge, now) === 'active')
}

export const dayOf = (now: Instant): string => toRfc3339(now).slice(0, 10)

/** Joins the facts, so that each worker's can be looked up. */
function joinFacts(facts: MarketFacts) {
  const totals = new Map(facts.totals.map((row) => [row.worker, row]))
  const badges = groupByWorker(facts.badges)
  const signals = groupByWorker(facts.signals)
  return (worker: Worker, at: Search): Listing => {
    const held = badges.get(worker.id) ?? []
    const reviews = standardise(totals.get(worker.id), facts.norms)
    const prior = strongest(worker, { signals: signals.get(worker.id) ?? [], badges: held }, { ...at, n: reviews.n })
    return { id: worker.id, worker, reviews, totals: totals.get(worker.id), badges: held, prior, restricted: worker.standing !== 'good' }
  }
}

/** One worker, whether or not a search would find them. */
export const listingOf = (facts: MarketFacts, worker: Worker, at: Search): Listing => joinFacts(facts)(worker, at)

/** Everybody who is found in a category. */
export function listWorkersOf(facts: MarketFacts, at: Search): Listing[] {
  const join = joinFacts(facts)
  return facts.workers.map((worker) => join(worker, at)).filter((listing) => isFound(listing, at))
}

/** Why a listing is at its place in a category. */
export function reasonsOf(listing: Listing, at: Search & { readonly trial: boolean }): Reason[] {
  return explainPlace({
    reviewCount: listing.reviews.n,
    meanScore: meanScore(listing.totals),
    prior: listing.prior,
    certificates: listing.badges.filter((badge) => !at.category || badge.exam === at.category).map((badge) => statusAt(badge, at.now)),
    restricted: listing.restricted,
    trial: at.trial,
  })
}

/** The order of a category at a time: the same for the page and for the API. */
export function orderMarket(facts: MarketFacts, at: Search): Place[] {
  const ranked = rankWorkers(listWorkersOf(facts, at))
  return openTrialSlots(ranked, `${dayOf(at.now)}/${at.category ?? ''}`).map((placed) => ({
    ...placed,
    reasons: reasonsOf(placed.candidate, { ...at, trial: placed.trial !== undefined }),
  }))
}
