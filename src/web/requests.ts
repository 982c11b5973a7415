import * as z from 'zod'
import { ACTS } from '../audit/entry.ts'
import { type Instant, instant, parseRfc3339 } from '../kernel/instant.ts'
import { roles, workerId } from '../marketplace/contract.ts'

const locale = z.enum(['ja', 'en'])
/** Body of a start; without a locale, the session's. */
export const startRequest = z.object({ locale: locale.optional() })
/** Body of a save: 1 to 100 responses under one lease. */
export const saveRequest = z.object({
  lease: z.string().max(64),
  saves: z
    .array(z.object({ item: z.string().max(16), revision: z.int().min(1).max(2_147_483_647), response: z.unknown() }))
    .min(1)
    .max(100),
})
export const submitRequest = z.object({ lease: z.string().max(64) })
/** What the candidate's browser saw happen. `at` is the browser's own clock and decides nothing. */
export const eventsRequest = z.object({
  events: z
    .array(z.object({ kind: z.enum(['hidden', 'visible', 'paste', 'offline', 'online']), at: z.iso.datetime({ offset: true }), item: z.string().max(16).optional() }))
    .min(1)
    .max(100),
})

const why = z.string().trim().min(1).max(400)
/** Operators' acts carry a reason. */
export const extension = z.object({ minutes: z.int().min(1).max(600), why })
export const accommodation = z.object({ timeMultiplier: z.number().min(1).max(3), why })
export const reasoned = z.object({ why })
/** Where a reason is welcome and not asked for. */
export const explained = z.object({ why: z.string().trim().max(400).default('') })
const hash = z.string().regex(/^[0-9a-f]{64}$/)
/** `against`: hash of the version that was live when the approver compared; empty for the exam's first. */
export const approval = explained.extend({ against: hash.or(z.literal('')) })
export const rollBackRequest = z.object({ hash, why })
export const statusChange = z.object({ status: z.enum(['active', 'suspended', 'revoked']), why })

/** Whose sessions an operator ends: one person's, or those of everybody in a role. */
export const sessionEnding = z.union(
  [z.strictObject({ worker: workerId, why }), z.strictObject({ role: z.enum(roles), why })],
  'name a worker or a role, not both, and a reason: {worker, why} or {role, why}',
)

/** A certificate is put under review. The note stays here; the policy is told. */
export const suspicion = z.object({
  policy: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens'),
  note: z.string().trim().min(1).max(2_000),
})

export const launchRequest = z.object({ token: z.string().min(1) })

export const verifyRequest = z.object({ credential: z.string().min(1) })
/** Body of a batch of verifications. One empty text is no badge, and no reason to refuse the others an answer. */
export const verifyBatchRequest = z.object({ credentials: z.array(z.string()).min(1).max(1_000) })

/** Body of `PUT /api/identity`. */
export const identityRequest = z.object({ email: z.email().max(254) })

/** A field of a form that was left empty was not filled in. */
const unlessEmpty = <T>(schema: z.ZodType<T>) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const cursor = z
  .string()
  .regex(/^\d{1,15}\.\d{1,15}$/, 'take it as the page before gave it')
  .transform((text) => {
    const [at = 0, seq = 0] = text.split('.').map(Number)
    return { at, seq }
  })
const DAY_OF_JAPAN = /^\d{4}-\d{2}-\d{2}$/
/** A time of RFC 3339, or a day, which begins at midnight of the marketplace's clocks. */
const since = z.string().transform((text, context): Instant => {
  const at = parseRfc3339(DAY_OF_JAPAN.test(text) ? `${text}T00:00:00+09:00` : text)
  if (at === undefined) context.addIssue({ code: 'custom', message: 'expected a day (2026-11-27) or a time (2026-11-27T09:00:00Z)' })
  return at ?? instant(0)
})
/** Which entries of the log of acts are asked for, as a query. */
export const logQuery = z.object({
  who: unlessEmpty(workerId),
  about: unlessEmpty(workerId),
  act: unlessEmpty(z.enum(ACTS)),
  from: unlessEmpty(since),
  until: unlessEmpty(since),
  before: unlessEmpty(cursor),
})
