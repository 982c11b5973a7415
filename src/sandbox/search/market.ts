import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import {
  type BadgeClaim,
  countedSignal,
  type ShownBadge,
  type Signal,
  type SignalClaim,
  statusAt,
} from '../evidence/evidence.ts'
import type { Introduction } from '../people/introduction/introduction.ts'
import { type Category, categories, type Worker } from '../people/worker.ts'
import { meanScore, type ReviewNorms, type ReviewTotals } from '../review/totals.ts'
import { type Newcomer, type NewcomerClaims, newcomerOf } from './newcomers/newcomer.ts'
import { type Entrant, lotOf, type OpenedOrder, openPlaces, type PlaceDraw } from './newcomers/open-places.ts'
import { ratioIn, type Terms } from './newcomers/terms.ts'
import {
  type Candidate,
  certificateBoost,
  evidenceAt,
  type Ranked,
  type ReviewEvidence,
  rankWorkers,
  standardise,
  type Weighed,
} from './quality.ts'
import { type Circumstances, explainPlace, type Reason } from './reasons.ts'

/** Everything a search reads. */
export interface MarketFacts {
  readonly workers: readonly Worker[]
  readonly introductions: readonly Introduction[]
  readonly totals: readonly ReviewTotals[]
  readonly norms: ReviewNorms
  readonly badges: readonly ShownBadge[]
  readonly signals: readonly Signal[]
  /** Who of them has a contract that is paid in and not settled. */
  readonly underContract: ReadonlySet<string>
  /** Who of them is the payee of an account, and since when. */
  readonly payees: ReadonlyMap<string, Instant>
}

/** A worker with all that is known of them. */
export interface Listing extends Candidate, NewcomerClaims {
  readonly worker: Worker
  /** What they tell of themselves, if they do. */
  readonly introduction: Introduction | undefined
  readonly totals: ReviewTotals | undefined
  readonly badges: readonly ShownBadge[]
  /** The signal that counts, if one does. */
  readonly prior: Signal | undefined
}

/** Somebody at a place of the order. */
export interface Place {
  readonly candidate: Ranked<Listing>
  /** In the whole order, from 1. */
  readonly position: number
  /** Where the place was given by lot. */
  readonly draw: PlaceDraw | undefined
  readonly reasons: readonly Reason[]
}

/** What is searched, and when. */
export interface Search {
  readonly category: Category | undefined
  readonly now: Instant
  /** What the certificates of each exam count. */
  readonly terms: Terms
}

/** What a worker's place depends on, and nothing else. */
export interface Claims<S extends SignalClaim = SignalClaim> {
  readonly worker: Pick<Worker, 'id' | 'categories' | 'standing' | 'erasedAt' | 'joinedAt' | 'lastSeenAt'>
  readonly reviews: Weighed
  /** Reviews as people count them, whatever they weigh. */
  readonly reviewCount: number
  readonly underContract: boolean
  readonly payeeSince: Instant | undefined
  readonly badges: readonly (BadgeClaim & Pick<ShownBadge, 'issuedAt'>)[]
  readonly signals: readonly S[]
}

/** Of several signals that count, the one that adds most; with a category only that category's. */
function strongest<S extends SignalClaim>(
  { worker, badges, signals }: Pick<Claims<S>, 'worker' | 'badges' | 'signals'>,
  { category, now, terms }: Search,
  { n }: ReviewEvidence,
): S | undefined {
  if (worker.standing !== 'good' || signals.length === 0) return undefined
  const counted = (category ? [category] : categories).flatMap((exam) => {
    const signal = countedSignal(signals, badges, { exam, now })
    return signal ? [{ ...signal, priorMean: signal.priorMean * terms(exam).boostFactor }] : []
  })
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

/** From what the lots of a category are made on a day. */
export const lotSeed = ({ category, now }: Pick<Search, 'category' | 'now'>): string =>
  `${dayOf(now)}/${category ?? ''}`

/** The order with the places behind page 1 that are given by lot on a day. */
export const openOrder = <C extends { readonly id: string }>(
  ranked: readonly C[],
  entrantOf: (candidate: C) => Entrant | undefined,
  { category, now, terms }: Search,
): OpenedOrder<C> =>
  openPlaces(ranked, entrantOf, { ratio: ratioIn(terms, category), seed: lotSeed({ category, now }) })

/** What somebody is to the lots of a search; undefined for who is no newcomer. */
export const newcomerIn = (claims: NewcomerClaims, { category, now, terms }: Search): Newcomer | undefined =>
  newcomerOf(claims, { category, now, predicts: ratioIn(terms, category) > 1 })

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
  const introductions = new Map(facts.introductions.map((row) => [row.worker, row]))
  const badges = groupByWorker(facts.badges)
  const signals = groupByWorker(facts.signals)
  return (worker: Worker, at: Search): Listing => {
    const held = badges.get(worker.id) ?? []
    const claims = {
      worker,
      reviews: standardise(totals.get(worker.id), facts.norms),
      reviewCount: totals.get(worker.id)?.count ?? 0,
      underContract: facts.underContract.has(worker.id),
      payeeSince: facts.payees.get(worker.id),
      badges: held,
    }
    return {
      ...claims,
      ...candidateOf({ ...claims, signals: signals.get(worker.id) ?? [] }, at),
      introduction: introductions.get(worker.id),
      totals: totals.get(worker.id),
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

/** Whether reviews weigh less than half of their number, whatever their age, or some of them are of a block. */
const isWeighted = (totals: ReviewTotals | undefined): boolean =>
  totals !== undefined && (totals.weight < totals.count / 2 || totals.limited > 0)

/** Why a listing is at its place in a category. */
export function reasonsOf(listing: Listing, at: Search & Pick<Circumstances, 'drawn'>): Reason[] {
  const standings = (at.category ? [at.category] : categories).map((exam) => at.terms(exam).standing)
  return explainPlace({
    reviewCount: listing.reviewCount,
    weight: listing.reviews.n,
    weighted: isWeighted(listing.totals),
    meanScore: meanScore(listing.totals),
    prior: listing.prior,
    certificates: listing.badges
      .filter((badge) => !at.category || badge.exam === at.category)
      .map((badge) => statusAt(badge, at.now)),
    restricted: listing.restricted,
    // where a certificate does not count, a card does not speak of it
    drawn: at.drawn && (standings.includes('counted') ? at.drawn : 'other'),
    predicts: standings.some((standing) => standing !== 'not-shown'),
  })
}

/** Somebody with their lot of the day; undefined for who is no newcomer. */
function entrantIn(listing: Listing, at: Search): Entrant | undefined {
  const newcomer = newcomerIn(listing, at)
  return newcomer && { ...newcomer, lot: lotOf(lotSeed(at), listing.id, newcomer.weight) }
}

/** The order of a category at a time, from all facts at once: what a search of any size has to agree with. */
export function orderMarket(facts: MarketFacts, at: Search): Place[] {
  const found = [...listingsOf(facts, at).values()].filter((listing) => isFound(listing, at))
  const { order, draws } = openOrder(rankWorkers(found), (listing) => entrantIn(listing, at), at)
  return order.map((candidate, nth) => {
    const draw = draws.get(candidate.id)
    return { candidate, position: nth + 1, draw, reasons: reasonsOf(candidate, { ...at, drawn: draw?.group }) }
  })
}
