import type { Language, Subjects } from '../../../dist/texts.d.ts'
import type { CredentialStatus } from '../../contract/marketplace.ts'
import { catalogue, type Translator } from '../../platform/words/catalogue.ts'
import place from '../../texts/place?texts'
import type { Group } from './newcomers/lot.ts'
import { type CertificatePrior, remainingWeight } from './quality.ts'

export type ReasonCode =
  | 'reviews'
  | 'reviews-weighted'
  | 'no-evidence'
  | 'certified-newcomer'
  | 'certificate-fading'
  | 'certificate-not-counted'
  | 'certificate-expired'
  | 'certificate-suspended'
  | 'certificate-revoked'
  | 'standing-restricted'
  | 'certificate-not-shown-to-predict'
  | 'row-certified'
  | 'row-first-days'
  | 'row-newcomer'
  | 'invited'

/** Why a worker is where they are: a stable code, and a sentence for the worker and for the client. */
export interface Reason {
  readonly code: ReasonCode
  readonly text: Readonly<Record<Language, string>>
}

export interface Circumstances {
  readonly reviewCount: number
  /** What they weigh together, in full reviews. */
  readonly weight: number
  /** Whether that is far from their number for other reasons than age. */
  readonly weighted: boolean
  /** Mean of the reviews, 1..5. */
  readonly meanScore: number | undefined
  /** The certificate that counts. */
  readonly prior: CertificatePrior | undefined
  /** States of the worker's certificates in the category searched. */
  readonly certificates: readonly CredentialStatus[]
  readonly restricted: boolean
  /** Of which group of newcomers, where the place was given by lot; `first-days` where it was given for the days after a pass. */
  readonly drawn: Group | 'first-days' | undefined
  /** Whether the exam is believed to predict. */
  readonly predicts: boolean
}

const FEW_REVIEWS = 5

type Say = (t: Translator<Subjects['place']>) => string

const sentences = catalogue<Subjects['place'], Language>([place])

const reason = (code: ReasonCode, say: Say): Reason => ({ code, text: sentences.each(say) })

/** "About 3": the weight of a certificate in reviews, as people say it. */
export const aboutReviews = (equivalentReviews: number): number => Math.max(1, Math.round(equivalentReviews))

export const remainingPercent = (equivalentReviews: number, n: number): number =>
  Math.round(100 * remainingWeight(equivalentReviews, n))

function reviewReason(n: number, mean: number): Reason {
  const score = mean.toFixed(1)
  return reason('reviews', (t) => t(n < FEW_REVIEWS ? 'place.fewReviews' : 'place.reviews', { n, score }))
}

function countedReason(
  { equivalentReviews }: CertificatePrior,
  { reviewCount: n, weight }: Pick<Circumstances, 'reviewCount' | 'weight'>,
): Reason {
  if (n === 0)
    return reason('certified-newcomer', (t) => t('place.certified-newcomer', { n: aboutReviews(equivalentReviews) }))
  return reason('certificate-fading', (t) =>
    t('place.certificate-fading', { n, percent: remainingPercent(equivalentReviews, weight) }),
  )
}

/** A reason that is always told in the same words. */
const fixed = (code: Exclude<ReasonCode, 'reviews' | 'certified-newcomer' | 'certificate-fading'>): Reason =>
  reason(code, (t) => t(`place.${code}`))

/** That the client invited them: told besides the reasons of the place. */
export const invitedReason: Reason = fixed('invited')

const uncounted = {
  active: 'certificate-not-counted',
  expired: 'certificate-expired',
  suspended: 'certificate-suspended',
  revoked: 'certificate-revoked',
} as const satisfies Readonly<Record<CredentialStatus, ReasonCode>>

const rowReasons = { certified: 'row-certified', 'first-days': 'row-first-days' } as const

/** All reasons of a place, the weightiest first. */
export function explainPlace(circumstances: Circumstances): Reason[] {
  const { reviewCount, weighted, meanScore, prior, certificates, restricted, drawn, predicts } = circumstances
  const reasons: Reason[] = []
  if (drawn) reasons.push(fixed(!predicts || drawn === 'other' ? 'row-newcomer' : rowReasons[drawn]))
  if (meanScore !== undefined) reasons.push(reviewReason(reviewCount, meanScore))
  if (weighted) reasons.push(fixed('reviews-weighted'))
  if (prior && prior.priorMean > 0) reasons.push(countedReason(prior, circumstances))
  else if (meanScore === undefined) reasons.push(fixed('no-evidence'))
  if (restricted) reasons.push(fixed('standing-restricted'))
  else if (!prior || prior.priorMean === 0)
    for (const status of new Set(certificates))
      reasons.push(fixed(status === 'active' && !predicts ? 'certificate-not-shown-to-predict' : uncounted[status]))
  return reasons
}
