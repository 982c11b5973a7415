import * as z from 'zod'
import { opaqueId, rfc3339, version, workerId } from './tokens.ts'

export const marketplaceEventTypes = [
  'worker.standing_changed',
  'worker.deleted',
  'contract.formed',
  'escrow.released',
  'escrow.refunded',
  'review.revealed',
  'moderation.case_decided',
  'moderation.appeal_decided',
] as const

/** Optional: what is counted of the way from an exam to a first job. A marketplace that sends none leaves these figures empty. */
export const countedEventTypes = ['exam.opened', 'worker.first_hired'] as const
export type CountedEventType = (typeof countedEventTypes)[number]

export const credentialEventTypes = [
  'credential.issued',
  'credential.suspended',
  'credential.reinstated',
  'credential.revoked',
  'credential.expired',
  'credential.renewed',
  'credential.expiring',
  'credential.resigned',
] as const
export type CredentialEventType = (typeof credentialEventTypes)[number]

const eventData = z.object({ version: z.int().min(0) }).catchall(z.unknown())

/** Marketplace → plugin, thin: ids and a version; whoever needs more asks. */
export const marketplaceEvent = z.object({
  id: z.string().min(1).max(128),
  type: z.enum([...marketplaceEventTypes, ...countedEventTypes]),
  timestamp: rfc3339,
  data: eventData,
})
export type MarketplaceEvent = z.infer<typeof marketplaceEvent>

/** What the plugin reads in the `data` of an event, besides the version; everything else it asks for. */
export const eventIds = z.looseObject({
  worker: workerId.optional().catch(undefined),
  contract: opaqueId.optional().catch(undefined),
  exam: z.string().min(1).max(64).optional().catch(undefined),
  case: opaqueId.optional().catch(undefined),
})

const eventMore = z.object({
  /** Of a renewal: the certificate that it renews. */
  renews: opaqueId.optional(),
  /** Of a correction: the certificate that it stands in for, which was revoked. */
  replaces: opaqueId.optional(),
  /** Of a revocation by a correction: the certificate that stands in for this one. */
  replacedBy: opaqueId.optional(),
  /** Of a reminder: the end, and the days until then, begun ones counted. */
  validUntil: rfc3339.optional(),
  daysLeft: z.int().min(1).optional(),
})

/** What an event says. A reminder changes nothing, and carries the version that the certificate has. */
export const credentialEventData = z.object({
  credential: z.string(),
  worker: workerId,
  exam: z.string(),
  version,
  ...eventMore.shape,
})

/**
 * Plugin → subscribers, once an hour where something was written into its log of acts: the newest seal of that log, signed.
 * Whoever keeps them can tell later that the log was cut or written anew. Optional: a receiver that wants none refuses it.
 */
export const auditSealedEvent = z.object({
  id: z.string(),
  type: z.literal('audit.sealed'),
  timestamp: rfc3339,
  /** `version` is the number of the seal; `token` a compact JWS (`typ: audit-seal+jwt`) of a key of the plugin's JWKS. */
  data: z.object({ version, hash: z.string().min(1).max(128), token: z.string().min(1).max(4_096) }),
})
export type AuditSealedEvent = z.infer<typeof auditSealedEvent>

/** Plugin → subscribers, about a certificate. */
export const credentialEvent = z.object({
  id: z.string(),
  type: z.enum(credentialEventTypes),
  timestamp: rfc3339,
  data: credentialEventData,
})
export type CredentialEvent = z.infer<typeof credentialEvent>

/** Everything that the plugin tells its subscribers. */
export const pluginEvent = z.discriminatedUnion('type', [credentialEvent, auditSealedEvent])
export type PluginEvent = z.infer<typeof pluginEvent>
