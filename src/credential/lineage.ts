import type { Instant } from '../kernel/instant.ts'
import type { CredentialStatus, StatusCause } from './credential-status.ts'

/** How a credential follows another: after a further pass, or as its correction. */
export type Relation = 'renews' | 'replaces'

/**
 * What can happen to a credential, as its history tells it. `held`: what holds it has changed, its status has not.
 * `resigned`: it has another signature.
 */
export type CredentialChange =
  | 'issued'
  | 'suspended'
  | 'reinstated'
  | 'revoked'
  | 'expired'
  | 'held'
  | 'renewed'
  | 'resigned'
  | 'erased'

/** What a change follows from: besides what a status can follow from, a pass, a key that leaked, and the erasure of the holder. */
export type ChangeCause = StatusCause | 'pass' | 'key-blocked' | 'erasure'

interface Dated {
  readonly issuedAt: Instant
  readonly awardedAt: Instant | null
}

/** When the first of a line of renewals and corrections was awarded. */
export const awardedAt = ({ awardedAt: first, issuedAt }: Dated): Instant => first ?? issuedAt

interface Renewable {
  readonly exam: string
  readonly status: CredentialStatus
  readonly validUntil: Instant
}

/**
 * The credential that another pass of an exam renews: of those that stand, the one that ends last. What has ended, is
 * suspended or was revoked is not continued; then the pass begins a new line.
 */
export const renewedBy = <T extends Renewable>(all: readonly T[], exam: string, now: Instant): T | undefined =>
  all
    .filter((one) => one.exam === exam && one.status === 'active' && one.validUntil > now)
    .sort((a, b) => b.validUntil - a.validUntil)[0]
