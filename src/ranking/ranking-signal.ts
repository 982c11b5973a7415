import type { Language, Subjects } from '../../dist/texts.d.ts'
import { catalogue } from '../platform/words/catalogue.ts'
import signal from '../texts/signal?texts'
/**
 * What a certificate is worth as evidence: a prior on the quality of a worker about whom nothing else is known.
 * The formulas are those of range restriction (Thorndike 1949, case II), attenuation (Spearman 1904), Fisher's z and the
 * shrinkage of a mean with intraclass correlation ICC₁.
 */

/** Correlation between exam ability and later quality, as published for an exam version. */
export interface Predictiveness {
  /** Correlation, corrected for criterion unreliability and range restriction, −1..1. */
  readonly rho: number
  /** Observations it rests on. */
  readonly n: number
}

/** The published starting assumption, used until an exam has observations of its own. */
export const STARTING_PREDICTIVENESS: Predictiveness = { rho: 0.3, n: 60 }

/** Mean standardised ability of the holders, assumed until it is measured: the mean of the upper half of a normal population. */
export const STARTING_HOLDER_MEAN = Math.sqrt(2 / Math.PI)

/** Share of the variance of one review that lies between workers. */
export const ICC1 = 0.25

/** No certificate is worth more than half a standard deviation of quality. */
export const LARGEST_PRIOR_MEAN = 0.5

/** Standard normal quantile at .90: the bound is one-sided. */
const Z90 = 1.2815515655446004

/** Error variance of one review in units of the variance between workers: (1 − ICC₁)/ICC₁. */
export const errorVariance = (icc1: number = ICC1): number => (1 - icc1) / icc1

/** Observed correlation r → ρ: first r/√r_yy for the criterion's unreliability, then Thorndike II with u = SD applicants / SD hired. */
export function correctCorrelation(observed: { r: number; reliability: number; u: number }): number {
  const r1 = observed.r / Math.sqrt(observed.reliability)
  return (r1 * observed.u) / Math.sqrt(1 - r1 ** 2 + r1 ** 2 * observed.u ** 2)
}

/** Lower one-sided 90 % bound of a correlation by Fisher's z, floored at 0: an exam that does not predict earns nothing. */
export function lowerBound({ rho, n }: Predictiveness): number {
  if (n <= 3) return 0
  return Math.max(0, Math.tanh(Math.atanh(rho) - Z90 / Math.sqrt(n - 3)))
}

/** Lower bound of ρ for an observed correlation: the bound is taken on r and carried through the same corrections. */
export const correctedLowerBound = (observed: { r: number; n: number; reliability: number; u: number }): number =>
  correctCorrelation({ ...observed, r: lowerBound({ rho: observed.r, n: observed.n }) })

export interface RankingSignal {
  /** In SD of quality, 0..0.5. */
  readonly priorMean: number
  /** How many client reviews the certificate weighs as much as. */
  readonly equivalentReviews: number
}

/** The signal of an active credential: `z` is the holders' mean ability, `rhoL` the lower bound of ρ. */
export function rankingSignal({ z, rhoL }: { z: number; rhoL: number }): RankingSignal {
  return {
    priorMean: Math.min(LARGEST_PRIOR_MEAN, Math.max(0, rhoL * z)),
    equivalentReviews: errorVariance() / (1 - rhoL ** 2),
  }
}

/** The signal every exam starts with. */
export const startingSignal = (): RankingSignal =>
  rankingSignal({ z: STARTING_HOLDER_MEAN, rhoL: lowerBound(STARTING_PREDICTIVENESS) })

/** Share of its first weight that a certificate keeps after `n` reviews: κ/(κ + n). */
export const weightAfter = (equivalentReviews: number, n: number): number => equivalentReviews / (equivalentReviews + n)

const sentences = catalogue<Subjects['signal'], Language>([signal])

/** The explanation that workers and clients read. */
export const explainSignal = ({ equivalentReviews }: RankingSignal): Readonly<Record<Language, string>> =>
  sentences.each((t) => t('signal.explanation', { reviews: Math.round(equivalentReviews) }))
