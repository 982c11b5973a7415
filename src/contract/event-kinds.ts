import * as z from 'zod'
import {
  auditSealedEvent,
  type CredentialEventType,
  credentialEvent,
  credentialEventTypes,
  type MarketplaceEvent,
  marketplaceEvent,
} from './events.ts'
import { opaqueId, version, workerId } from './tokens.ts'

/** An event as a document of a contract tells of it. */
export interface EventKind {
  readonly type: string
  readonly when: string
  /** The whole envelope. */
  readonly form: z.ZodType
}

const ids = { contract: opaqueId, exam: z.string(), review: opaqueId, case: opaqueId }
type IdName = keyof typeof ids

/** When a marketplace sends an event, and which ids it carries beside the worker. */
const marketplaceEvents: Readonly<Record<MarketplaceEvent['type'], readonly [when: string, ...ids: IdName[]]>> = {
  'worker.standing_changed': ['The standing of a worker was decided on'],
  'worker.deleted': ['A worker left and is to be forgotten'],
  'contract.formed': ['The money of a contract is in', 'contract', 'exam'],
  'escrow.released': ['Money was released to the worker', 'contract', 'exam'],
  'escrow.refunded': ['Money went back to the client', 'contract', 'exam'],
  'review.revealed': ['Both reviews became visible', 'contract', 'review', 'exam'],
  'moderation.case_decided': ['A case of the plugin was decided, or the time to appeal ran out', 'case'],
  'moderation.appeal_decided': ['An appeal was decided', 'case'],
  'exam.opened': ['Optional: a worker opened an exam from the pages of the marketplace, the first time', 'exam'],
  'worker.first_hired': [
    'Optional: the money of the first contract of a worker in the category of an exam is in, and the worker has taken it on',
    'contract',
    'exam',
  ],
}

const carrying = (names: readonly IdName[]) =>
  z.looseObject({ worker: workerId, ...Object.fromEntries(names.map((name) => [name, ids[name]])), version })

/** Marketplace → plugin. */
export const marketplaceEventKinds = (): readonly EventKind[] =>
  Object.entries(marketplaceEvents).map(([type, [when, ...names]]) => ({
    type,
    when,
    form: marketplaceEvent.extend({ type: z.literal(type as MarketplaceEvent['type']), data: carrying(names) }),
  }))

/** When the plugin sends an event about a certificate, and which of the fields come that not all have. */
const credentialEvents: Readonly<
  Record<
    CredentialEventType,
    readonly [when: string, ...fields: ('renews' | 'replaces' | 'replacedBy' | 'validUntil' | 'daysLeft')[]]
  >
> = {
  'credential.issued': [
    'A worker passed, or a certificate was corrected: then it names the one it stands in for',
    'replaces',
  ],
  'credential.suspended': ['A standing, an operator or an open case suspended it'],
  'credential.reinstated': ['Nothing suspends it any more'],
  'credential.revoked': [
    'It was taken back for good; after a correction, it names what stands in for it',
    'replacedBy',
  ],
  'credential.expired': ['Its time is over'],
  'credential.renewed': ['The worker passed again: the new certificate, and the one it renews', 'renews'],
  'credential.expiring': ['It ends in 60 or in 14 days, and nothing later was passed', 'validUntil', 'daysLeft'],
  'credential.resigned': ['Its signing key was blocked: the same content has a new signature'],
}

const seldom = { renews: true, replaces: true, replacedBy: true, validUntil: true, daysLeft: true } as const

/** Plugin → subscribers. */
export const pluginEventKinds = (): readonly EventKind[] => [
  ...credentialEventTypes.map((type) => {
    const [when, ...fields] = credentialEvents[type]
    const { data } = credentialEvent.shape
    // a certificate is corrected seldom, renewed only as one that was there
    const more = Object.fromEntries(
      fields.map((name) => [name, name.startsWith('replace') ? data.shape[name] : data.shape[name].unwrap()]),
    )
    return {
      type,
      when,
      form: credentialEvent.extend({ type: z.literal(type), data: data.omit(seldom).extend(more) }),
    }
  }),
  {
    type: 'audit.sealed',
    when: 'Optional: something was written into the log of acts within the hour. The newest seal of that log, signed',
    form: auditSealedEvent,
  },
]
