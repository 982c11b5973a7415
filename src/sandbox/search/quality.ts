import type { Instant } from '../../kernel/instant.ts'
import { stableHash } from '../../kernel/random.ts'
import type { ReviewNorms, WeightSums } from '../review/totals.ts'
import { ageFactor } from '../review/weight.ts'

/** Share of the variance of single reviews that lies between workers. */
export const ICC1 = 0.25

/** Variance of one review around its worker's true quality, in units of the variance of true quality: (1 − ICC₁)/ICC₁ = 3. */
export const ERROR_VARIANCE = (1 - ICC1) / ICC1

/** What reviews say: how much they weigh together, in full reviews, and their weighted mean in SD of true quality between workers. */
export interface ReviewEvidence {
  readonly n: number
  readonly mean: number
}

/** What a certificate says about a worker of whom nothing else is known. */
export interface CertificatePrior {
  /** In SD of true quality. */
  readonly priorMean: number
  /** κ: the number of reviews the prior weighs as much as. */
  readonly equivalentReviews: number
}

/** What is known of a worker's reviews, for any time. */
export interface Weighed extends Pick<WeightSums, 'weight' | 'grown'> {
  /** The weighted mean in SD of true quality; all reviews age alike, so time does not change it. */
  readonly mean: number
}

/**
 * A mean of reviews, 1..5, in SD of true quality. Single reviews (mean of five axes) are centred on the seeded population's mean and
 * divided by √ICC₁ times its SD: that is the SD of true quality, the unit in which a certificate's prior comes and in
 * which one review's error variance is σ²_e.
 */
export const standardScore = (mean: number, norms: ReviewNorms): number =>
  (mean - norms.mean) / (norms.sd * Math.sqrt(ICC1))

/** A worker's reviews as weights, and in SD of true quality. */
export function standardise(totals: WeightSums | undefined, norms: ReviewNorms): Weighed {
  if (!totals || totals.grown <= 0) return { weight: 0, grown: 0, mean: 0 }
  const { weight, grown, grownScore } = totals
  return { weight, grown, mean: standardScore(grownScore / grown, norms) }
}

/** What reviews say at a time. Where the clock went back they weigh no more than when they were written. */
export const evidenceAt = ({ weight, grown, mean }: Weighed, now: Instant): ReviewEvidence => ({
  n: Math.min(weight, grown * ageFactor(now)),
  mean,
})

/** Share of its first weight that a certificate still has once reviews weigh `n`, 0..1: κ/(κ + n). */
export const remainingWeight = (equivalentReviews: number, n: number): number =>
  equivalentReviews / (equivalentReviews + n)

/** What the certificate adds once reviews weigh `n`, in SD of true quality. */
export const certificateBoost = (prior: CertificatePrior, n: number): number =>
  prior.priorMean * remainingWeight(prior.equivalentReviews, n)

/** What reviews add, in SD of true quality: the mean, shrunk towards zero by its unreliability. */
export const reviewQuality = ({ n, mean }: ReviewEvidence): number => (n * mean) / (ERROR_VARIANCE + n)

/** Expected quality of a worker's next piece of work: `n·ȳ/(σ²_e + n) + priorMean·κ/(κ + n)`. */
export const expectedQuality = (reviews: ReviewEvidence, prior: CertificatePrior | undefined): number =>
  reviewQuality(reviews) + (prior ? certificateBoost(prior, reviews.n) : 0)

/** What ranking looks at, and nothing else. */
export interface Candidate {
  readonly id: string
  readonly reviews: ReviewEvidence
  /** Only a certificate that counts now. */
  readonly prior: CertificatePrior | undefined
  /** A restricted worker gets no boost and no trial slot. */
  readonly restricted: boolean
}

export type Ranked<C extends Candidate> = C & { readonly quality: number }

/** Whether nothing speaks for or against a worker yet. A certificate of an exam that does not predict is no evidence. */
export const lacksEvidence = ({ reviews, prior }: Candidate): boolean =>
  reviews.n === 0 && (prior?.priorMean ?? 0) === 0

/** All that decides a place. */
export interface Standing {
  readonly id: string
  readonly quality: number
  readonly unknown: number
  readonly tie: number
}

export const standingOf = (candidate: Candidate): Standing => ({
  id: candidate.id,
  quality: expectedQuality(candidate.reviews, candidate.prior),
  unknown: Number(lacksEvidence(candidate)),
  tie: stableHash(candidate.id),
})

/**
 * Best expected quality first. Among equals, those with evidence come before those without, then a hash of the id
 * decides: the same for ever, favouring nobody. No two candidates are equal.
 */
export const byPlace = (a: Standing, b: Standing): number =>
  b.quality - a.quality || a.unknown - b.unknown || a.tie - b.tie || (a.id < b.id ? -1 : Number(a.id > b.id))

/** All candidates, those in good places first. */
export const rankWorkers = <C extends Candidate>(candidates: readonly C[]): Ranked<C>[] =>
  candidates
    .map((candidate) => ({ ...standingOf(candidate), candidate }))
    .sort(byPlace)
    .map(({ candidate, quality }) => ({ ...candidate, quality }))
