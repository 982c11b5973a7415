import type { Instant } from '../kernel/instant.ts'
import type { MessageStatus } from '../platform/outbox/message.ts'
import { type CredentialStatus, type StatusCause, statusAt } from './credential-status.ts'
import type { Relation } from './lineage.ts'

/**
 * Where a certificate stands for its holder, from the pass to the end:
 *
 * - `sending`, `retrying`, `undelivered`, `restricted`: it is valid and on its way to the marketplace, which did not answer,
 *   refused it for good, or restricts the holder
 * - `shown`: it is valid, and the marketplace shows it and counts it
 * - `renewed`: a later one of the exam stands; this one is valid until its own end
 * - `suspended`, `revoked`, `corrected`, `expired`: it cannot be used
 */
export type HolderState =
  | 'sending'
  | 'retrying'
  | 'undelivered'
  | 'restricted'
  | 'shown'
  | 'renewed'
  | 'suspended'
  | 'revoked'
  | 'corrected'
  | 'expired'

/** One message of the chain that brings a certificate to the marketplace. */
export interface Sent {
  readonly kind: string
  readonly status: MessageStatus
  /** Tries that failed. */
  readonly attempts: number
  readonly nextAt: Instant
  /** When it was first taken; it may be sent once more afterwards. */
  readonly deliveredAt?: Instant | undefined
}

/** What is known of a certificate: its record, what followed it, and what the marketplace answered to the last chain. */
export interface KnownOfCertificate {
  readonly credential: {
    readonly status: CredentialStatus
    readonly statusCause: StatusCause | null
    readonly statusChangedAt: Instant
    readonly issuedAt: Instant
    readonly validUntil: Instant
    /** When the marketplace first took it; null before that. */
    readonly givenAt: Instant | null
  }
  /** How a later certificate follows this one, if one does. */
  readonly followedBy?: Relation | undefined
  /** The last chain that shows it, in order; empty where nothing of it is kept. */
  readonly chain: readonly Sent[]
}

/** A step on the way: taken, being taken, waiting for another try, stopped, or to come. */
export interface Step {
  readonly id: 'issued' | 'verified' | 'profile' | 'search' | 'held' | 'decided' | 'lifted'
  readonly is: 'done' | 'now' | 'late' | 'stopped' | 'next'
  readonly at?: Instant | undefined
}

/** The story of a certificate that every page tells its holder. */
export interface HolderStory {
  readonly state: HolderState
  /** What strangers read of it at the same moment. */
  readonly status: CredentialStatus
  /** None where nothing is to come. */
  readonly steps: readonly Step[]
  /** Whether it proves something now. */
  readonly isValid: boolean
  /** Whether the marketplace shows it as valid now. */
  readonly isOnProfile: boolean
  /** Whether nothing changes by itself within minutes, so that nobody needs to look again. */
  readonly isSettled: boolean
  readonly cause: StatusCause | null
  /** Of `retrying`: when it is sent again, and which try that is. */
  readonly retry?: { readonly at: Instant; readonly nth: number }
}

/** What of the chain shows the badge, and what counts it. */
function partsOf(chain: readonly Sent[]) {
  const badge = chain.findLast(({ kind }) => kind === 'badge')
  const signal = chain.findLast(({ kind }) => kind === 'signal')
  return {
    badge,
    signal,
    open: chain.find(({ status, deliveredAt }) => deliveredAt === undefined && status !== 'delivered'),
  }
}

const takenAt = (message: Sent | undefined): Instant | undefined => message?.deliveredAt

function waitOf({ chain, credential }: KnownOfCertificate): Pick<HolderStory, 'state' | 'retry'> {
  if (chain.length === 0) return { state: credential.givenAt === null ? 'sending' : 'shown' }
  const { open } = partsOf(chain)
  if (!open) return { state: 'shown' }
  if (open.status === 'held') return { state: 'restricted' }
  if (open.status === 'dead') return { state: 'undelivered' }
  return open.attempts > 0
    ? { state: 'retrying', retry: { at: open.nextAt, nth: open.attempts + 1 } }
    : { state: 'sending' }
}

/** What the step that is being taken looks like. */
const waits = {
  sending: 'now',
  retrying: 'late',
  undelivered: 'stopped',
  restricted: 'stopped',
  shown: 'done',
} as const

/** The way of a valid certificate to profile and search: whoever shows it has verified its signature. */
function wayOf(known: KnownOfCertificate, state: keyof typeof waits): readonly Step[] {
  const { credential, chain } = known
  const { badge, signal } = partsOf(chain)
  const shownAt = chain.length === 0 ? (credential.givenAt ?? undefined) : takenAt(badge)
  const countedAt = chain.length === 0 ? shownAt : takenAt(signal)
  const issued = { id: 'issued', is: 'done', at: credential.issuedAt } as const
  if (shownAt === undefined)
    return [issued, { id: 'verified', is: waits[state] }, { id: 'profile', is: 'next' }, { id: 'search', is: 'next' }]
  const shown = [
    issued,
    { id: 'verified', is: 'done', at: shownAt },
    { id: 'profile', is: 'done', at: shownAt },
  ] as const
  return [
    ...shown,
    countedAt === undefined ? { id: 'search', is: waits[state] } : { id: 'search', is: 'done', at: countedAt },
  ]
}

/** A suspension ends when the marketplace lifts its own, or when a person has decided. */
const heldWay = ({ issuedAt, statusChangedAt, statusCause }: KnownOfCertificate['credential']): readonly Step[] => [
  { id: 'issued', is: 'done', at: issuedAt },
  { id: 'held', is: 'stopped', at: statusChangedAt },
  ...(statusCause === 'standing'
    ? ([{ id: 'lifted', is: 'next' }] as const)
    : ([
        { id: 'decided', is: 'next' },
        { id: 'lifted', is: 'next' },
      ] as const)),
]

/** Tells the story of a certificate from everything that is known of it. */
export function holderStory(known: KnownOfCertificate, now: Instant): HolderStory {
  const { credential, followedBy } = known
  const { statusCause: cause } = credential
  const status = statusAt(credential, now)
  const ended = { status, steps: [], isValid: false, isOnProfile: false, isSettled: true, cause } as const
  switch (status) {
    case 'revoked':
      return { ...ended, state: followedBy === 'replaces' ? 'corrected' : 'revoked' }
    case 'expired':
      return { ...ended, state: 'expired' }
    case 'suspended':
      return { ...ended, state: 'suspended', steps: heldWay(credential) }
    case 'active': {
      const { state, retry } = waitOf(known)
      const steps = wayOf(known, state as keyof typeof waits)
      return {
        state: followedBy === 'renews' ? 'renewed' : state,
        status,
        steps: followedBy === 'renews' ? [] : steps,
        isValid: true,
        isOnProfile: steps.some(({ id, is }) => id === 'profile' && is === 'done'),
        isSettled: followedBy === 'renews' || state === 'shown',
        cause,
        ...(retry ? { retry } : {}),
      }
    }
    default:
      return status satisfies never
  }
}
