import type { CredentialStatus } from '../../marketplace/contract.ts'
import { type CertificatePrior, remainingWeight } from './quality.ts'

export type ReasonCode =
  | 'reviews'
  | 'no-evidence'
  | 'certified-newcomer'
  | 'certificate-fading'
  | 'certificate-not-counted'
  | 'certificate-expired'
  | 'certificate-suspended'
  | 'certificate-revoked'
  | 'standing-restricted'
  | 'exploration'

/** Why a worker is where they are: a stable code, and a sentence for the worker and for the client. */
export interface Reason {
  readonly code: ReasonCode
  readonly text: { readonly ja: string; readonly en: string }
}

export interface Circumstances {
  readonly reviewCount: number
  /** Mean of the reviews, 1..5. */
  readonly meanScore: number | undefined
  /** The certificate that counts. */
  readonly prior: CertificatePrior | undefined
  /** States of the worker's certificates in the category searched. */
  readonly certificates: readonly CredentialStatus[]
  readonly restricted: boolean
  readonly trial: boolean
}

const FEW_REVIEWS = 5

const reason = (code: ReasonCode, ja: string, en: string): Reason => ({ code, text: { ja, en } })

const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

/** "About 3": the weight of a certificate in reviews, as people say it. */
export const aboutReviews = (equivalentReviews: number): number => Math.max(1, Math.round(equivalentReviews))

export const remainingPercent = (equivalentReviews: number, n: number): number => Math.round(100 * remainingWeight(equivalentReviews, n))

function reviewReason(n: number, mean: number): Reason {
  const score = mean.toFixed(1)
  return n < FEW_REVIEWS
    ? reason('reviews', `評価が${n}件あり、平均は${score}です。件数が少ないので、ひかえめに見ています。`, `${plural(n, 'review')}, ${score} on average. With so few, they count cautiously.`)
    : reason('reviews', `評価が${n}件あり、平均は${score}です。`, `${plural(n, 'review')}, ${score} on average.`)
}

function countedReason({ equivalentReviews }: CertificatePrior, n: number): Reason {
  const about = aboutReviews(equivalentReviews)
  if (n === 0) {
    return reason(
      'certified-newcomer',
      `評価はまだありません。有効な検定を、評価 約${about}件分の情報として数えています。`,
      `No reviews yet. A valid certificate counts like about ${plural(about, 'review')}.`,
    )
  }
  const percent = remainingPercent(equivalentReviews, n)
  return reason(
    'certificate-fading',
    `有効な検定も数えています。評価が${n}件になったので、検定の重みははじめの${percent}%です。`,
    `A valid certificate counts as well. With ${plural(n, 'review')}, ${percent}% of its first weight is left.`,
  )
}

const uncounted: Readonly<Record<CredentialStatus, Reason>> = {
  active: reason('certificate-not-counted', '有効な検定がありますが、並び順には使っていません。', 'There is a valid certificate, but it is not counted in the order.'),
  expired: reason('certificate-expired', '検定の有効期限が切れているため、並び順に使っていません。', 'The certificate has expired and is not counted.'),
  suspended: reason('certificate-suspended', '検定が一時停止中のため、並び順に使っていません。', 'The certificate is suspended and is not counted.'),
  revoked: reason('certificate-revoked', '検定が取り消されたため、並び順に使っていません。', 'The certificate was revoked and is not counted.'),
}

const noEvidence = reason('no-evidence', '評価も、数えられる検定もまだありません。', 'There are no reviews and no certificate that counts yet.')
const trialSlot = reason(
  'exploration',
  'お試し枠です。まだ評価のない人にも機会が届くように、くじで選んで表示しています。',
  'A trial slot: drawn by lot, so that people without reviews get seen as well.',
)
const restrictedStanding = reason('standing-restricted', '利用が制限されているため、検定を並び順に使っていません。', 'This account is restricted, so its certificate is not counted.')

/** All reasons of a place, the weightiest first. */
export function explainPlace(circumstances: Circumstances): Reason[] {
  const { reviewCount, meanScore, prior, certificates, restricted, trial } = circumstances
  const reasons: Reason[] = []
  if (trial) reasons.push(trialSlot)
  if (meanScore !== undefined) reasons.push(reviewReason(reviewCount, meanScore))
  if (prior && prior.priorMean > 0) reasons.push(countedReason(prior, reviewCount))
  else if (meanScore === undefined) reasons.push(noEvidence)
  if (restricted) reasons.push(restrictedStanding)
  else if (!prior || prior.priorMean === 0) for (const status of new Set(certificates)) reasons.push(uncounted[status])
  return reasons
}
