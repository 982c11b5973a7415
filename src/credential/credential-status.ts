import type { Instant } from '../kernel/instant.ts'

/** The recorded state of a credential; the same words as on the wire. */
export type CredentialStatus = 'active' | 'suspended' | 'revoked' | 'expired'

/** What can hold a credential: the worker's standing at the marketplace, an operator's decision, or a case under review. */
export type HoldCause = 'standing' | 'operator' | 'case'

/** What a status follows from: a hold, time, or a corrected credential that stands in for this one. */
export type StatusCause = HoldCause | 'time' | 'replaced'

/** One reason for which a credential is suspended, from a time until it is lifted. `ref` names the case. */
export interface Hold {
  readonly cause: HoldCause
  readonly ref: string
  readonly since: Instant
  readonly until?: Instant
}

/** What may happen to a credential. */
export type StatusAct =
  | { readonly act: 'hold'; readonly cause: HoldCause; readonly ref: string; readonly since: Instant }
  | { readonly act: 'lift'; readonly cause: HoldCause; readonly ref: string; readonly until: Instant }
  | { readonly act: 'revoke'; readonly cause: HoldCause | 'replaced' }
  | { readonly act: 'expire' }

/** The status at a time: what has ended is marked in its own time, and the date decides before that. */
export const statusAt = (
  { status, validUntil }: { readonly status: CredentialStatus; readonly validUntil: Instant },
  now: number,
): CredentialStatus => (status === 'active' && validUntil <= now ? 'expired' : status)

/** Which states may follow which: a suspension is taken back, an expiry and a revocation are not; nothing follows a revocation. */
const following: Readonly<Record<CredentialStatus, readonly CredentialStatus[]>> = {
  active: ['suspended', 'revoked', 'expired'],
  suspended: ['active', 'revoked', 'expired'],
  expired: ['revoked'],
  revoked: [],
}

/** Whether a credential may go from one state to another. */
export const mayBecome = (from: CredentialStatus, to: CredentialStatus): boolean => following[from].includes(to)

/** The states from which a credential may come to this one. */
export const statesBefore = (to: CredentialStatus): CredentialStatus[] =>
  (Object.keys(following) as CredentialStatus[]).filter((from) => mayBecome(from, to))

export const isOpen = (hold: Hold): boolean => hold.until === undefined

/** Whether something of this cause holds the credential now. */
export const isHeldBy = (holds: readonly Hold[], cause: HoldCause, ref = ''): boolean =>
  holds.some((hold) => isOpen(hold) && hold.cause === cause && hold.ref === ref)

/** A case has one hold, whose end is what the case says now; of other causes only what is open ends. */
const isLiftedBy = (hold: Hold, act: { readonly cause: HoldCause; readonly ref: string }): boolean =>
  hold.cause === act.cause && hold.ref === act.ref && (isOpen(hold) || act.cause === 'case')

/** The holds after an act. One that stands already stays as it is; one that was lifted may turn out to have ended at another time. */
export function holdsAfter(holds: readonly Hold[], act: StatusAct): readonly Hold[] {
  switch (act.act) {
    case 'hold':
      if (isHeldBy(holds, act.cause, act.ref)) return holds
      return [
        ...holds.filter((hold) => !(hold.cause === act.cause && hold.ref === act.ref && hold.since === act.since)),
        { cause: act.cause, ref: act.ref, since: act.since },
      ]
    case 'lift':
      return holds.map((hold) => (isLiftedBy(hold, act) ? { ...hold, until: act.until } : hold))
    case 'revoke':
    case 'expire':
      return holds
    default:
      return act satisfies never
  }
}

/** The cause that is named when several hold: what a person decided about this credential goes before what follows from the worker. */
const precedence: readonly HoldCause[] = ['operator', 'case', 'standing']

export interface Standing {
  readonly status: CredentialStatus
  /** Null while nothing holds. */
  readonly cause: StatusCause | null
}

/**
 * The status that follows from what holds a credential, in whatever order it came: suspended while anything does, else
 * active. A revocation and an expiry stay.
 */
export function statusUnder(known: Standing, holds: readonly Hold[]): Standing {
  if (known.status === 'revoked' || known.status === 'expired') return known
  const cause = precedence.find((one) => holds.some((hold) => isOpen(hold) && hold.cause === one))
  return cause ? { status: 'suspended', cause } : { status: 'active', cause: null }
}

/** The status after acts, and the holds after them. */
export function afterActs(
  known: Standing,
  holds: readonly Hold[],
  acts: readonly StatusAct[],
): { readonly standing: Standing; readonly holds: readonly Hold[] } {
  let standing = known
  let left = holds
  for (const act of acts) {
    left = holdsAfter(left, act)
    if (act.act === 'revoke' && standing.status !== 'revoked') standing = { status: 'revoked', cause: act.cause }
    if (act.act === 'expire' && mayBecome(standing.status, 'expired')) standing = { status: 'expired', cause: 'time' }
  }
  return { standing: statusUnder(standing, left), holds: left }
}

/** What `stoodAt` looks at. */
interface Dated {
  readonly status: CredentialStatus
  readonly issuedAt: Instant
  readonly validUntil: Instant
  readonly statusChangedAt: Instant
}

/**
 * Whether a certificate stood at a time: issued, not ended, not revoked, not held by an operator or a case. The worker's
 * standing is left out: it is the marketplace's own knowledge, which reaches us late and not in every step.
 */
export function stoodAt(credential: Dated, holds: readonly Hold[], at: Instant): boolean {
  if (at < credential.issuedAt || at >= credential.validUntil) return false
  if (credential.status === 'revoked' && credential.statusChangedAt <= at) return false
  return !holds.some(
    (hold) => hold.cause !== 'standing' && hold.since <= at && (hold.until === undefined || at < hold.until),
  )
}
