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
