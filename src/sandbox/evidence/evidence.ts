import type { CredentialStatus, PartId } from '../../contract/marketplace.ts'
import type { Instant } from '../../kernel/instant.ts'

/** A certificate that verified, as the plugin last described it. The dates are those the issuer signed. */
export interface ShownBadge {
  readonly worker: string
  readonly credential: string
  readonly exam: string
  readonly level: number
  readonly title: string
  /** What the certificate rests on; null where the plugin did not say. */
  readonly parts: readonly PartId[] | null
  /** Version of the exam that it certifies; null where it says none. */
  readonly examVersion: string | null
  readonly status: CredentialStatus
  readonly version: number
  readonly url: string
  readonly image: string
  readonly jwt: string
  readonly issuedAt: Instant
  readonly validUntil: Instant
  readonly verifiedAt: Instant
}

/** What the plugin says a certificate is worth; `withdrawn` is the tombstone of one it took back. */
export interface Signal {
  readonly worker: string
  readonly exam: string
  readonly version: number
  readonly withdrawn: boolean
  readonly priorMean: number
  readonly equivalentReviews: number
  readonly validUntil: Instant
  readonly explanationJa: string
  readonly explanationEn: string
}

/** A badge's status now: one whose time is over is expired, whether or not the plugin still lives to say so. */
export const statusAt = (badge: Pick<ShownBadge, 'status' | 'validUntil'>, now: Instant): CredentialStatus =>
  badge.status === 'active' && badge.validUntil <= now ? 'expired' : badge.status

/** What of a badge decides whether its certificate counts. */
export type BadgeClaim = Pick<ShownBadge, 'exam' | 'status' | 'validUntil'>
/** What of a signal decides what it adds. */
export type SignalClaim = Pick<Signal, 'exam' | 'withdrawn' | 'validUntil' | 'priorMean' | 'equivalentReviews'>

/** The signal of an exam if it counts now: not withdrawn, not past its end, and behind it an active badge that verified. */
export function countedSignal<S extends SignalClaim>(
  signals: readonly S[],
  badges: readonly BadgeClaim[],
  at: { readonly exam: string; readonly now: Instant },
): S | undefined {
  const certified = badges.some((badge) => badge.exam === at.exam && statusAt(badge, at.now) === 'active')
  return certified
    ? signals.find((signal) => signal.exam === at.exam && !signal.withdrawn && signal.validUntil > at.now)
    : undefined
}

/**
 * The badges to name beside a person: of each exam the active one that ends last. What it renewed or stands in for is history,
 * and "revoked" beside a name would blame somebody whose certificate was merely corrected. Where none is active, all that there are.
 */
export function headBadges<B extends BadgeClaim>(badges: readonly B[], now: Instant): B[] {
  const standing = new Map<string, B>()
  for (const badge of badges) {
    const known = standing.get(badge.exam)
    if (statusAt(badge, now) === 'active' && (!known || badge.validUntil > known.validUntil))
      standing.set(badge.exam, badge)
  }
  return badges.filter((badge) => (standing.get(badge.exam) ?? badge) === badge)
}
