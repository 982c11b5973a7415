import * as z from 'zod'
import { workerId } from '../../contract/tokens.ts'
import { kinds } from '../detector/judge/kinds.ts'
import { caseStatuses } from '../moderation/case.ts'
import { outcomes } from '../moderation/case-event.ts'
import { actions, hasDuration, readPeriod, subjectKinds } from '../moderation/decision/actions.ts'
import { reportReasons } from '../moderation/report/reasons.ts'

const MOST_EVIDENCE_BYTES = 16_384

const words = (most: number) => z.string().trim().min(1).max(most)

export const reportBody = z.object({ reason: z.enum(reportReasons), detail: z.string().trim().max(2_000).default('') })

export const noteBody = z.object({ note: words(1_000) })

export const appealBody = z.object({ text: words(5_000) })

/** `P30D`, `P2W`, `P3M`, `P1Y`; null for good. */
const duration = z
  .string()
  .max(10)
  .transform((text, context) => {
    const period = readPeriod(text)
    if (period) return period
    context.addIssue({ code: 'custom', message: 'Must be P…D, P…W, P…M or P…Y, longer than nothing and at most a century; null for good' })
    return z.NEVER
  })
  .nullable()

const durationFits = ({ action, duration: length }: { readonly action: (typeof actions)[number]; readonly duration?: unknown }): boolean =>
  hasDuration(action) ? length !== undefined : length === undefined || length === null

const durationIssue = { path: ['duration'], message: 'take-down, restrict and suspend say how long, or null for good; nothing else has a duration' }

export const decideBody = z
  .object({
    action: z.enum(actions),
    kinds: z.array(z.enum(kinds)).max(kinds.length).default([]),
    duration: duration.optional(),
    facts: words(4_000),
    rule: words(1_000).optional(),
    ground: z.enum(['law', 'terms']).default('terms'),
    /** Of the case as the operator has read it. */
    version: z.int().min(1).optional(),
  })
  .refine(durationFits, durationIssue)
  .transform((body) => ({ ...body, kinds: [...new Set(body.kinds)], duration: body.duration ?? null }))

export const judgeBody = z
  .object({ outcome: z.enum(outcomes), reasons: words(4_000), action: z.enum(actions).optional(), duration: duration.optional() })
  .transform(({ outcome, reasons, action, duration: length }, context) => {
    if (outcome !== 'modify') return { outcome, reasons } as const
    if (action === undefined) {
      context.addIssue({ code: 'custom', path: ['action'], message: 'modify names the measure that takes the place of the old one' })
      return z.NEVER
    }
    if (!durationFits({ action, duration: length })) {
      context.addIssue({ code: 'custom', ...durationIssue })
      return z.NEVER
    }
    return { outcome, reasons, action, duration: length ?? null } as const
  })

const id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9._:~-]+$/)

const allegedKinds = ['credential', 'attempt', 'worker'] as const
const namedSubject = z.object({ type: z.enum(allegedKinds), id, worker: workerId.optional() })

/** `credential:crd_…` for short. */
const shortSubject = z
  .string()
  .max(240)
  .transform((text, context) => {
    const [, type, ref] = /^(credential|attempt|worker):([A-Za-z0-9._:~-]{1,200})$/.exec(text) ?? []
    if (type !== undefined && ref !== undefined) return { type: type as (typeof allegedKinds)[number], id: ref }
    context.addIssue({ code: 'custom', message: 'Must be credential:…, attempt:… or worker:…' })
    return z.NEVER
  })

export const caseBody = z.object({
  subject: z.union([namedSubject, shortSubject]),
  policy: words(500),
  automated: z.boolean(),
  evidence: z
    .union([z.record(z.string(), z.unknown()), z.array(z.unknown())])
    .refine((evidence) => new TextEncoder().encode(JSON.stringify(evidence)).length <= MOST_EVIDENCE_BYTES, `Must be at most ${MOST_EVIDENCE_BYTES} bytes as JSON`),
})

/** `source`: what made the operator look. */
export const lookBody = z.object({ subject: z.object({ type: z.enum(['job', 'client', 'worker']), id }), note: words(1_000), source: z.enum(['operator', 'review-worklist']).default('operator') })

const limit = z.coerce.number().int().min(1).max(100).default(50)

export const queueQuery = z.object({
  status: z.enum([...caseStatuses, 'all']).optional(),
  kind: z.enum(subjectKinds).optional(),
  after: z.string().max(400).optional(),
  limit,
})

export const notificationsQuery = z.object({ after: z.string().max(128).optional(), unread: z.enum(['true', 'false']).optional(), limit })

export const pageQuery = z.object({ after: z.string().max(128).optional(), limit })
