import * as z from 'zod'
import { pathPattern } from '../platform/http/limit-bodies.ts'
import { isShownName, isShownTitle } from '../platform/words/shown-name.ts'
import { type Call, patternOf } from './call.ts'
import { opaqueId, partId, rfc3339, version, workerId } from './tokens.ts'

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
  /** What the certificate rests on: `knowledge`, or both. Missing from a plugin that knows no parts. */
  parts: z.array(partId).min(1).max(2).optional(),
  issuedAt: rfc3339,
  validUntil: rfc3339,
  status: credentialStatus,
  version,
  url: z.url(),
  image: z.url(),
})
export type Badge = z.infer<typeof badge>
export type PartId = z.infer<typeof partId>

/** Body of `PUT /v1/contracts/{contract}/skill-context`: which certificate stood when the contract was made. The first one stays. */
export const skillContext = z.object({ credential: z.string().min(1).max(128) })

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
export const escrowContracts = z.looseObject({
  contracts: z.array(escrowContract),
  next: z.string().min(1).max(512).nullable(),
})
export type EscrowContracts = z.infer<typeof escrowContracts>

/** The fewest answers that hidden ones may be told in the aggregate of. */
export const LEAST_HIDDEN = 5

/** The fewest people that a count in the evidence about an exam may be of. */
const LEAST_IN_CELL = 10

const mean = z.number().min(1).max(5)

/** `GET /v1/reviews/aggregates?worker=`: means of the five axes, and of hidden answers only what `LEAST_HIDDEN` of them share. */
export const reviewAggregates = z.looseObject({
  worker: workerId,
  revealed: z.looseObject({
    count: z.int().min(0),
    clients: z.int().min(0),
    axes: z
      .looseObject({ skill: mean, quality: mean, schedule: mean, communication: mean, partnership: mean })
      .nullable(),
  }),
  hidden: z
    .looseObject({
      n: z.int().min(LEAST_HIDDEN),
      againMean: z.number().min(0).max(10),
      safeShare: z.number().min(0).max(1),
      batches: z.int().min(1),
      asOf: z.string().max(40),
    })
    .nullable(),
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

const share = z.number().min(0).max(1)
/** A count that is null where it is of fewer than ten people. */
const people = z.int().min(LEAST_IN_CELL).nullable()
/** A difference of two shares, with the ends of its 95 % interval. */
const difference = z.looseObject({
  value: z.number().min(-1).max(1),
  low: z.number(),
  high: z.number(),
})
/** What comes of those whom chance gave something, and of those whom it did not. */
const comparison = z.looseObject({ with: share, without: share, difference }).nullable()
const groupFigures = z.looseObject({ certified: z.number().min(0).nullable(), others: z.number().min(0).nullable() })

/** What the marketplace believes of an exam: `d` is how much better certified newcomers work than others, in SD of quality. */
const belief = z.looseObject({
  state: z.enum(['predicts', 'not-shown']),
  /** How often a certified newcomer is drawn for each time another is. */
  ratio: z.number().min(1).max(4),
  d: z.number(),
  sigma: z.number().min(0),
  /** Reviewed newcomers that it rests on. */
  certified: people,
  others: people,
})

/**
 * `GET /v1/exams/{exam}/noticed`: whether a pass makes newcomers easier to notice, and how sure that is. Null is "not
 * known yet", or of too few people to be told.
 */
export const examNoticed = z.looseObject({
  exam: z.string().max(64),
  asOf: rfc3339,
  belief: belief.extend({ since: rfc3339 }),
  /** From the newest on. */
  history: z.array(belief.extend({ month: z.string().regex(/^\d{4}-\d{2}$/) })).max(120),
  /** Share of those who passed who stood on a first page within 7 days. */
  firstPage: z.looseObject({ share: share.nullable(), people }),
  /** Times on a first page per day of waiting. */
  displays: groupFigures,
  /** Days until half of the newcomers had their first contract (Kaplan & Meier 1958). */
  waits: groupFigures,
  /** Hired by the client who searched: those whom the lot drew, and those whom it did not. */
  lot: comparison,
  /**
   * Readers' days on which a certified newcomer was hired, anybody was, and somebody whose work ended well: with all that
   * a pass changes, and held out. The intervals hold at all readings at once.
   */
  market: z.looseObject({ certified: comparison, anybody: comparison, endsWell: comparison }),
  /** Share of readers' days that is held out now. */
  heldOut: share,
})
export type ExamNoticed = z.infer<typeof examNoticed>

/**
 * `GET /v1/workers/{worker}/noticed?exam=`: whether somebody stands on first pages after a pass. `priority`: until a time or
 * `limit` shows, whichever is first; `draw`: by lot; `none`: not as a newcomer.
 */
export const workerNoticed = z.discriminatedUnion('state', [
  z.looseObject({
    state: z.literal('priority'),
    until: rfc3339,
    /** Times shown so far. */
    shown: z.int().min(0),
    limit: z.int().min(1),
  }),
  z.looseObject({ state: z.literal('draw') }),
  z.looseObject({ state: z.literal('none') }),
])
export type WorkerNoticed = z.infer<typeof workerNoticed>

/** How many jobs of a feed are read. */
export const MOST_JOBS = 20
const webAddress = z.url({ protocol: /^https?$/ }).max(2_000)

/** Work for which a certificate of an exam helps. */
export const examJob = z.looseObject({
  id: opaqueId,
  title: z.string().min(1).max(200).refine(isShownTitle),
  /** Where it is read and applied for, on the marketplace's own site. */
  url: webAddress,
  client: z
    .looseObject({
      name: z.string().min(1).max(80).refine(isShownName),
      /** Mean of the client's reviews, 1–5, and how many there are; null before the first. */
      rating: z.number().min(1).max(5).nullish(),
      reviews: z.int().min(0).nullish(),
    })
    .nullish(),
  /** Yen for the whole, per hour or per item. */
  pay: z.looseObject({ type: z.enum(['fixed', 'hourly', 'per-item']), amount: z.int().min(0).max(1_000_000_000) }),
  closesAt: rfc3339.nullish(),
  applicants: z.int().min(0).nullish(),
  welcomesNewcomers: z.boolean().nullish(),
  /** What of the exam the work asks for: ids of its areas, the best first. Those that the exam does not have are left out. */
  areas: z.array(z.string().max(64)).max(20).nullish(),
})
export type ExamJob = z.infer<typeof examJob>

/** `GET /v1/exams/{exam}/jobs`: open jobs that fit, the best first. One that is not as it should be is left out. */
export const examJobs = z.looseObject({
  jobs: z.array(z.unknown()).max(100),
  /** How many there are in all, and where they are listed. */
  total: z.int().min(0).nullish(),
  url: webAddress.nullish(),
})
export type ExamJobs = z.infer<typeof examJobs>

/** RFC 9457, as either side refuses. */
export const problemDetails = z
  .object({
    type: z.string().optional(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
  })
  .catchall(z.unknown())

const call = <const C extends Call>(one: C): C => one
const trust = { tag: 'Evidence', security: 'service' } as const
const admitted = ['unauthenticated', 'token-refused', 'forbidden', 'not-found'] as const
const once = ['idempotency-mismatch', 'idempotency-in-flight'] as const

export const readStanding = call({
  ...trust,
  method: 'get',
  path: '/v1/workers/{worker}/standing',
  summary: "A worker's standing; scope standing:read",
  scope: 'standing:read',
  success: [200, '{status, version}'],
  answer: standing,
  refusals: admitted,
})

export const putBadge = call({
  ...trust,
  method: 'put',
  path: '/v1/workers/{worker}/badges/{credential}',
  summary: 'Shows a badge; scope badges:write',
  scope: 'badges:write',
  body: badge,
  success: [200, '{version, applied}'],
  answer: versionedWrite,
  refusals: [...admitted, 'malformed', ...once],
})

export const putSignal = call({
  ...trust,
  method: 'put',
  path: '/v1/workers/{worker}/ranking-signals/{exam}',
  summary: 'What a certificate is worth as evidence; scope signals:write',
  scope: 'signals:write',
  body: rankingSignal,
  success: [200, '{version, applied}'],
  answer: versionedWrite,
  refusals: [...admitted, 'malformed', ...once],
})

export const withdrawSignal = call({
  ...trust,
  method: 'delete',
  path: '/v1/workers/{worker}/ranking-signals/{exam}',
  summary: 'Takes a signal back; scope signals:write',
  scope: 'signals:write',
  body: signalWithdrawal,
  success: [200, '{version, applied}'],
  answer: versionedWrite,
  refusals: [...admitted, 'malformed', ...once],
})

export const freezeSkillContext = call({
  ...trust,
  method: 'put',
  path: '/v1/contracts/{contract}/skill-context',
  summary: 'Freezes for good which certificate stood when the contract was made; scope contracts:write',
  scope: 'contracts:write',
  body: skillContext,
  success: [200, '{contract, credential, frozenAt, applied}'],
  refusals: [...admitted, 'malformed', ...once],
})

export const listPaidWork = call({
  ...trust,
  method: 'get',
  path: '/v1/escrow/contracts',
  summary:
    'Paid work of a worker, in the order in which it settled: clients under pairwise names, amounts in buckets; scope escrow:read',
  scope: 'escrow:read',
  query: z.object({
    worker: workerId,
    state: z.enum(['released']).default('released'),
    after: z.string().min(1).max(512).optional(),
  }),
  success: [
    200,
    '{contracts: [{contract, client, worker, exam, formedAt, releasedAt, amountBucket, status, refunded, reviewed, version, skillContext?}], next}',
  ],
  answer: escrowContracts,
  refusals: [...admitted, 'malformed'],
})

export const readAggregates = call({
  ...trust,
  method: 'get',
  path: '/v1/reviews/aggregates',
  summary: 'Reviews of a worker in numbers; hidden answers only in batches of five clients or more; scope reviews:read',
  scope: 'reviews:read',
  query: z.object({ worker: workerId }),
  success: [
    200,
    '{worker, revealed: {count, clients, axes}, hidden: {n, againMean, safeShare, batches, asOf} | null, version}',
  ],
  answer: reviewAggregates,
  refusals: [...admitted, 'malformed'],
})

export const reportCase = call({
  ...trust,
  method: 'post',
  path: '/v1/moderation/cases',
  summary:
    'Suspected cheating: an operator decides; scope moderation:write. One case about a subject is open at a time: it takes in what comes meanwhile',
  scope: 'moderation:write',
  body: moderationReport,
  success: [201, '{case, status, version}'],
  answer: moderationReceipt,
  refusals: [...admitted, 'conflict', ...once],
})

export const readCase = call({
  ...trust,
  method: 'get',
  path: '/v1/moderation/cases/{case}',
  summary: 'What became of a case that the plugin brought up; scope moderation:write',
  scope: 'moderation:write',
  success: [200, '{case, subject, policy, automated, status, decision, appeal, final, version}'],
  answer: moderationCase,
  refusals: admitted,
})

/** What a marketplace answers that does not offer an optional call, or whatever stands before it. */
export const NOT_OFFERED: ReadonlySet<number> = new Set([404, 405, 501])

/** Optional: a marketplace that does not offer it answers 404 or 501. */
export const readNoticed = call({
  ...trust,
  method: 'get',
  path: '/v1/exams/{exam}/noticed',
  summary: 'Whether a pass of this exam makes newcomers easier to notice, in figures of many; scope statistics:read',
  scope: 'statistics:read',
  success: [
    200,
    '{exam, asOf, belief, history, firstPage, displays, waits, lot, market, heldOut}; null is not known yet',
  ],
  answer: examNoticed,
  refusals: admitted,
})

/** Optional: a marketplace that does not offer it answers 404 or 501, and the plugin says nothing of first pages. */
export const readWorkerNoticed = call({
  ...trust,
  method: 'get',
  path: '/v1/workers/{worker}/noticed',
  summary: 'Whether a worker stands on first pages after a pass; scope standing:read',
  scope: 'standing:read',
  query: z.object({ exam: z.string().min(1).max(64) }),
  success: [200, '{state: priority | draw | none}; with priority {until, shown, limit}'],
  answer: workerNoticed,
  refusals: [...admitted, 'malformed'],
})

/** Optional: a marketplace that does not offer it answers 404 or 501, and the page of a pass names no jobs. */
export const readExamJobs = call({
  ...trust,
  method: 'get',
  path: '/v1/exams/{exam}/jobs',
  summary: 'Open jobs for which a certificate of this exam helps; about nobody; scope jobs:read',
  scope: 'jobs:read',
  success: [
    200,
    '{jobs: [{id, title, url, client?, pay, closesAt?, applicants?, welcomesNewcomers?, areas?}], total?, url?}',
  ],
  answer: examJobs,
  refusals: admitted,
})

/** What a marketplace may do without: who says that it does not offer one of these is not held to it. */
export const offers = ['contracts', 'paid-work', 'reviews', 'cases', 'events'] as const
export type Offer = (typeof offers)[number]

/** What a marketplace says of itself. Where nothing is said, everything is offered. */
export const marketplaceOffers = z.looseObject({
  /** Of `offers`; others are let pass. */
  offers: z
    .array(z.string().max(64))
    .max(64)
    .meta({ examples: [['contracts', 'paid-work']] }),
  /** Path of the public JSON of a worker, `{worker}` and `{exam}` standing for ids: `{badges: [{credential, status}]}`. */
  profile: z
    .string()
    .max(256)
    .regex(/^\//)
    .meta({ examples: ['/api/workers/{worker}?category={exam}'] })
    .optional(),
})
export type MarketplaceOffers = z.infer<typeof marketplaceOffers>

/** Optional: whoever builds a marketplace says what it has, and `kentei conformance` tries that. */
export const readOffers = call({
  tag: 'Evidence',
  security: 'none',
  method: 'get',
  path: '/.well-known/kentei-marketplace.json',
  summary: 'What of the contract the marketplace offers beyond what each one does, and where it shows a worker',
  success: [200, '{offers: [contracts | paid-work | reviews | cases | events], profile?}'],
  answer: marketplaceOffers,
  refusals: [],
})

/** What a marketplace answers to the plugin. */
export const marketplaceCalls = [
  readStanding,
  putBadge,
  putSignal,
  withdrawSignal,
  freezeSkillContext,
  listPaidWork,
  readAggregates,
  reportCase,
  readCase,
  readNoticed,
  readWorkerNoticed,
  readExamJobs,
] as const

/** The call that a request makes, if it is one of them. `path` may end in a query. */
export const callOf = ({
  method,
  path,
}: {
  readonly method: string
  readonly path: string
}): (typeof marketplaceCalls)[number] | undefined => {
  const plain = path.split('?', 1)[0] ?? ''
  return marketplaceCalls.find((one) => one.method === method.toLowerCase() && pathPattern(patternOf(one)).test(plain))
}
