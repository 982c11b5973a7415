import { type AuditSealedEvent, type CredentialEvent, type CredentialEventType, credentialEventTypes, type MarketplaceEvent, marketplaceEventTypes } from '../../../marketplace/contract.ts'

type Told<Type extends string> = Readonly<Record<Type, { readonly when: string; readonly effect: string; readonly data: Readonly<Record<string, string | number>> }>>

const incoming: Told<MarketplaceEvent['type']> = {
  'worker.standing_changed': {
    when: 'You decided on the standing of a worker.',
    effect: 'Kentei asks for the standing. A suspended worker’s certificates become suspended, signal first, then badge; a good standing gives back what it took.',
    data: {},
  },
  'worker.deleted': { when: 'A worker left and is to be forgotten.', effect: 'Everything about the person is erased; a keyed hash keeps the id from being taken up again.', data: {} },
  'contract.formed': {
    when: 'The money of a contract is in.',
    effect: 'If the worker held an active certificate of that exam at this time, Kentei freezes it in the contract.',
    data: { contract: 'ctr_7Q', exam: 'business-admin' },
  },
  'escrow.released': { when: 'Money was released to the worker.', effect: 'Kentei asks for paid work.', data: { contract: 'ctr_7Q', exam: 'business-admin' } },
  'escrow.refunded': { when: 'Money went back to the client.', effect: 'Kentei asks for paid work; a refund takes the evidence back.', data: { contract: 'ctr_7Q', exam: 'business-admin' } },
  'review.revealed': { when: 'Both reviews became visible.', effect: 'Kentei asks for the aggregates.', data: { contract: 'ctr_7Q', review: 'rev_2M', exam: 'business-admin' } },
  'moderation.case_decided': {
    when: 'An operator decided a case that Kentei opened, or the time to appeal ran out.',
    effect: 'Kentei asks for the case: a decision suspends or gives back, a final one revokes.',
    data: { case: 'cas_5K' },
  },
  'moderation.appeal_decided': { when: 'An appeal was decided.', effect: 'The same.', data: { case: 'cas_5K' } },
}

const outgoing: Told<CredentialEventType> = {
  'credential.issued': {
    when: 'A worker passed, or an operator corrected a certificate: then `replaces` names the one that it stands in for.',
    effect: 'Nothing to do: the badge comes by PUT as well.',
    data: {},
  },
  'credential.suspended': { when: 'A standing, an operator or an open case suspended it.', effect: 'Show it as suspended.', data: {} },
  'credential.reinstated': { when: 'Nothing suspends it any more.', effect: 'Show it as active again.', data: {} },
  'credential.revoked': {
    when: 'A person decided so for good. After a correction, `replacedBy` names the certificate that stands in for it.',
    effect: 'It never comes back.',
    data: {},
  },
  'credential.expired': { when: 'Its time is over.', effect: 'Show it as expired.', data: {} },
  'credential.renewed': {
    when: 'The worker passed again; `credential` is the new certificate, which names the old one. The old one is valid until its own end.',
    effect: 'Show the new one.',
    data: { renews: 'crd_7V' },
  },
  'credential.expiring': {
    when: 'It ends in 60 or in 14 days, and nothing later has been passed.',
    effect: 'Remind the worker. The certificate has not changed: `version` is the one that you know.',
    data: { validUntil: '2027-01-24T03:00:00.000Z', daysLeft: 60 },
  },
  'credential.resigned': {
    when: 'Its signing key leaked and was blocked: the same content has a new signature.',
    effect: 'Drop the token you have: it verifies no more. The new one comes by PUT as well.',
    data: {},
  },
}

const TIMESTAMP = '2026-11-25T03:00:00.000Z'

/** One event as the guide describes it, with an example envelope. */
export interface DescribedEvent {
  readonly type: string
  readonly when: string
  readonly effect: string
  readonly example: MarketplaceEvent | CredentialEvent | AuditSealedEvent
}

/** Marketplace → Kentei. */
export const incomingEvents: readonly DescribedEvent[] = marketplaceEventTypes.map((type) => ({
  type,
  ...incoming[type],
  example: { id: 'evt_01J9', type, timestamp: TIMESTAMP, data: { worker: 'wrk_1', ...incoming[type].data, version: 7 } },
}))

/** Kentei → subscribers. */
export const outgoingEvents: readonly DescribedEvent[] = [
  ...credentialEventTypes.map((type) => ({
    type,
    ...outgoing[type],
    example: { id: 'evt_01J9', type, timestamp: TIMESTAMP, data: { credential: 'crd_9X', worker: 'wrk_1', exam: 'business-admin', version: 2 } },
  })),
  {
    type: 'audit.sealed',
    when: 'Once an hour, where something was written into Kentei’s log of acts since: the newest seal of that log, signed.',
    effect: 'Optional. Keep it, and `kentei audit verify --seal` can tell later whether the log was cut or written anew; or refuse it with 404 or 422.',
    example: {
      id: 'evt_01J9',
      type: 'audit.sealed',
      timestamp: TIMESTAMP,
      data: { version: 42, hash: 'mYyzFmzpSkaWDBnyZkRz1ifBoXjXJ1vGL5h1f0RDE0I', token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF1ZGl0LXNlYWwrand0In0…' },
    },
  },
]
