import * as z from 'zod'
import { isShownName } from '../platform/words/shown-name.ts'

/** The public wire formats between plugin and marketplace. Adding a field is fine; renaming or removing one is not. */

const rfc3339 = z.iso.datetime({ offset: true })
/** A marketplace's own, opaque, pairwise name of a worker. */
export const workerId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9._:~-]+$/)
const version = z.int().min(1)

/** Longest life of a service or launch token, in seconds. */
export const MAX_TOKEN_SECONDS = 300

export const scopes = [
  'standing:read',
  'badges:write',
  'signals:write',
  'credentials:read',
  'workers:erase',
  'events:read',
  'escrow:read',
  'reviews:read',
  'moderation:write',
  'contracts:write',
  'exams:publish',
  'statistics:read',
  'sessions:end',
  'achievements:endorse',
] as const
export type Scope = (typeof scopes)[number]

/** `typ: service+jwt`. `scope` is a space-separated list. */
export const serviceTokenClaims = z.object({ iss: z.string(), aud: z.string(), iat: z.int(), exp: z.int(), jti: z.string().min(8).max(128), scope: z.string() })
export type ServiceTokenClaims = z.infer<typeof serviceTokenClaims>

export const roles = ['worker', 'author', 'operator'] as const
export type Role = (typeof roles)[number]

/** `typ: launch+jwt`: a logged-in person is sent over from the marketplace. */
export const launchClaims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(8).max(128),
  sub: workerId,
  role: z.enum(roles),
  name: z.string().min(1).max(80).refine(isShownName, 'a name has something to see, no controls, and no signs that turn the direction of text'),
  locale: z.enum(['ja', 'en']).catch('ja'),
  exam: z.string().max(64).optional(),
  timeMultiplier: z.number().min(1).max(3).optional(),
  returnUrl: z.url().max(2_000).optional(),
})
export type LaunchClaims = z.infer<typeof launchClaims>

export const standing = z.object({ status: z.enum(['good', 'restricted', 'suspended']), version })
export type Standing = z.infer<typeof standing>

export const credentialStatus = z.enum(['active', 'suspended', 'revoked', 'expired'])
export type CredentialStatus = z.infer<typeof credentialStatus>

/** Body of `PUT /v1/workers/{worker}/badges/{credential}`. */
export const badge = z.object({
  credential: z.string().max(32_768),
  exam: z.string(),
  level: z.int().min(1).max(3),
  title: z.string(),
  issuedAt: rfc3339,
  validUntil: rfc3339,
  status: credentialStatus,
  version,
  url: z.url(),
  image: z.url(),
})
export type Badge = z.infer<typeof badge>

/** Body of `PUT /api/achievements/{exam}/endorsement`: an Open Badges EndorsementCredential as compact JWS (`typ: vc+jwt`). */
export const endorsementRequest = z.object({ endorsement: z.string().min(1).max(8_192) })

/** Body of `PUT /v1/contracts/{contract}/skill-context`: which certificate stood when the contract was made. The first one stays. */
export const skillContext = z.object({ credential: z.string().min(1).max(128) })

const opaqueId = z.string().min(1).max(128)

/** One contract of `GET /v1/escrow/contracts`. `client` tells clients apart and names none; `amountBucket` is a range. */
export const escrowContract = z.looseObject({
  contract: opaqueId,
  client: opaqueId,
  worker: workerId,
  exam: z.string().max(64).nullable(),
  /** When the money came in; where it is missing, `contract.formed` told it. */
  formedAt: rfc3339.nullish(),
  releasedAt: rfc3339.nullable(),
  amountBucket: z.union([z.string().max(64), z.number(), z.looseObject({})]).nullable(),
  status: z.string().max(64),
  /** Whether any of the money went back to the client. */
  refunded: z.union([z.boolean(), z.number()]).transform((refunded) => refunded === true || Number(refunded) > 0),
  /** Whether a review of the worker by the client has been revealed; where it is missing, `review.revealed` told it. */
  reviewed: z.boolean().nullish(),
  version,
})
export type EscrowContract = z.infer<typeof escrowContract>

/** `GET /v1/escrow/contracts?worker=&state=released&after=`; `next` is null on the last page. */
export const escrowContracts = z.looseObject({ contracts: z.array(escrowContract), next: z.string().min(1).max(512).nullable() })
export type EscrowContracts = z.infer<typeof escrowContracts>

/** The fewest answers that hidden ones may be told in the aggregate of. */
export const LEAST_HIDDEN = 5

const mean = z.number().min(1).max(5)

/** `GET /v1/reviews/aggregates?worker=`: means of the five axes, and of hidden answers only what `LEAST_HIDDEN` of them share. */
export const reviewAggregates = z.looseObject({
  worker: workerId,
  revealed: z.looseObject({
    count: z.int().min(0),
    clients: z.int().min(0),
    axes: z.looseObject({ skill: mean, quality: mean, schedule: mean, communication: mean, partnership: mean }).nullable(),
  }),
  hidden: z.looseObject({ n: z.int().min(LEAST_HIDDEN), againMean: z.number().min(0).max(10), safeShare: z.number().min(0).max(1), batches: z.int().min(1), asOf: z.string().max(40) }).nullable(),
  version: z.int().min(0),
})
export type ReviewAggregates = z.infer<typeof reviewAggregates>

/** Body of `POST /v1/moderation/cases`. */
export const moderationReport = z.object({
  subject: z.object({ type: z.literal('credential'), id: opaqueId, worker: workerId }),
  policy: z.string().min(1).max(64),
  automated: z.boolean(),
  evidence: z.looseObject({}),
})
export type ModerationReport = z.infer<typeof moderationReport>

/** Answer of `POST /v1/moderation/cases`. */
export const moderationReceipt = z.looseObject({ case: opaqueId })

export const caseActions = ['no-action', 'suspend-credential', 'revoke-credential'] as const

/** `GET /v1/moderation/cases/{case}`. An action that is none of `caseActions` concerns the worker, and comes as a standing. */
export const moderationCase = z.looseObject({
  case: opaqueId,
  subject: z.union([z.string().max(256), z.looseObject({ type: z.string().max(64), id: opaqueId })]),
  status: z.string().max(64),
  decision: z.looseObject({ action: z.string().max(64), decidedAt: rfc3339 }).nullable(),
  appeal: z.looseObject({ outcome: z.string().max(64).nullish(), decidedAt: rfc3339.nullish() }).nullable(),
  final: z.boolean(),
  version,
})
export type ModerationCase = z.infer<typeof moderationCase>

/** Body of `PUT /v1/workers/{worker}/ranking-signals/{exam}`; `DELETE` carries `{version}`. */
export const rankingSignal = z.object({
  priorMean: z.number().min(0).max(0.5),
  equivalentReviews: z.number().positive().max(100),
  validUntil: rfc3339,
  version,
  explanation: z.object({ ja: z.string(), en: z.string() }),
})
export type RankingSignalBody = z.infer<typeof rankingSignal>

/** Answer to a versioned write: what came, and whether it took effect. */
export const versionedWrite = z.object({ version, applied: z.boolean() })

export const signalWithdrawal = z.object({ version })

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
export const marketplaceEvent = z.object({ id: z.string().min(1).max(128), type: z.enum(marketplaceEventTypes), timestamp: rfc3339, data: eventData })
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
export const credentialEventData = z.object({ credential: z.string(), worker: workerId, exam: z.string(), version, ...eventMore.shape })

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

/** RFC 9457, as either side refuses. */
export const problemDetails = z.object({ type: z.string().optional(), title: z.string(), status: z.int(), code: z.string(), detail: z.string().optional() }).catchall(z.unknown())
