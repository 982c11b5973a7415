import * as z from 'zod'
import type { Instant } from '../kernel/instant.ts'
import { ineligibleReasons, type Problem, tokenRefusals, webhookRefusals } from '../kernel/problem.ts'
import type { SharedCode } from '../platform/http/problem-document.ts'

/** A value as JSON has it: times in text. */
type Written<T> = T extends Instant ? string : T
type WrittenFields<P> = { readonly [Name in keyof P as Exclude<Name, 'code'>]: Written<P[Name]> }

/** Of refusals that carry more than their code: a form for what they carry. A refusal without one, or with another one, is found by the compiler. */
export type Carried<P extends { readonly code: string }> = {
  readonly [Code in P['code'] as Exclude<keyof Extract<P, { readonly code: Code }>, 'code'> extends never
    ? never
    : Code]: z.ZodType<WrittenFields<Extract<P, { readonly code: Code }>>>
}

const time = () => z.iso.datetime()
const detail = () => z.object({ detail: z.string() })
const retryAfter = () => z.object({ retryAfterSeconds: z.int().min(0) })

/** What refusals of any service carry. */
export const sharedCarried = {
  malformed: z.lazy(() =>
    z.object({
      issues: z
        .array(
          z.object({
            path: z.string().describe('A JSON path, a parameter or a form field.'),
            message: z.string().describe('What to do about it.'),
          }),
        )
        .readonly(),
    }),
  ),
  'method-not-allowed': z.lazy(() => z.object({ allow: z.array(z.string()).readonly() })),
  'token-refused': z.lazy(() => z.object({ reason: z.enum(tokenRefusals) })),
  'signature-invalid': z.lazy(() => z.object({ reason: z.enum(webhookRefusals) })),
  conflict: z.lazy(detail),
  unreadable: z.lazy(detail),
  'payload-too-large': z.lazy(() => z.object({ limitBytes: z.int() })),
  'rate-limited': z.lazy(retryAfter),
  busy: z.lazy(retryAfter),
} as const satisfies Carried<Extract<Problem, { readonly code: SharedCode }>>

/** What refusals of this service carry. */
export const carried = {
  ...sharedCarried,
  'not-eligible': z.lazy(() =>
    z.object({
      reason: z.enum(ineligibleReasons),
      retryAt: time().optional(),
      attemptsLeft: z.int().optional(),
    }),
  ),
  'attempt-closed': z.lazy(() => z.object({ closedAt: time(), deadline: time() })),
  'attempt-open': z.lazy(() => z.object({ deadline: time() })),
  'deadline-not-later': z.lazy(() => z.object({ deadline: time() })),
  'item-version-used': z.lazy(() =>
    z.object({
      items: z
        .array(
          z.object({
            item: z.string(),
            version: z.int().describe('Another content was published under it.'),
            next: z.int().describe('The lowest number that is free.'),
            where: z.string().optional().describe('File, line and column of the item.'),
          }),
        )
        .readonly(),
    }),
  ),
  'not-listed': z.lazy(() =>
    z.object({ role: z.enum(['author', 'operator']), worker: z.string(), detail: z.string() }),
  ),
  'launch-too-old': z.lazy(() => z.object({ launchedAt: time(), withinSeconds: z.int() })),
} as const satisfies Carried<Problem>
