import { stableHash } from '../../kernel/random.ts'
import type { CertificatePrior, ReviewEvidence } from './quality.ts'
import { expectedQuality } from './quality.ts'

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

/** A candidate with all that decides their place. */
export interface Standing<C extends Candidate> {
  readonly ranked: Ranked<C>
  readonly unknown: number
  readonly tie: number
}

export const standingOf = <C extends Candidate>(candidate: C): Standing<C> => ({
  ranked: { ...candidate, quality: expectedQuality(candidate.reviews, candidate.prior) },
  unknown: Number(lacksEvidence(candidate)),
  tie: stableHash(candidate.id),
})

/**
 * Best expected quality first. Among equals, those with evidence come before those without, then a hash of the id
 * decides: the same for ever, favouring nobody. No two candidates are equal.
 */
export const byPlace = <C extends Candidate>(a: Standing<C>, b: Standing<C>): number =>
  b.ranked.quality - a.ranked.quality ||
  a.unknown - b.unknown ||
  a.tie - b.tie ||
  (a.ranked.id < b.ranked.id ? -1 : Number(a.ranked.id > b.ranked.id))

/** All candidates, those in good places first. */
export const rankWorkers = <C extends Candidate>(candidates: readonly C[]): Ranked<C>[] =>
  candidates
    .map(standingOf)
    .sort(byPlace)
    .map((standing) => standing.ranked)
