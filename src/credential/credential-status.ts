/** The recorded state of a credential; the same words as on the wire. */
export type CredentialStatus = 'active' | 'suspended' | 'revoked' | 'expired'

/** What a change of status follows from: the worker's standing at the marketplace, an operator's decision, or time. */
export type StatusCause = 'standing' | 'operator' | 'time'

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
export const statesBefore = (to: CredentialStatus): CredentialStatus[] => (Object.keys(following) as CredentialStatus[]).filter((from) => mayBecome(from, to))

/** An operator may make a suspension that follows from the worker's standing their own: then a good standing does not end it. */
export const mayTakeOver = (from: { readonly status: CredentialStatus; readonly statusCause: StatusCause | null }, to: CredentialStatus, cause: StatusCause): boolean =>
  from.status === 'suspended' && to === 'suspended' && from.statusCause === 'standing' && cause === 'operator'
