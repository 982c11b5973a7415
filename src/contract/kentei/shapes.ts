import * as z from 'zod'
import type { Problem } from '../../kernel/problem.ts'
import type { Call } from '../call.ts'

/** Shapes that more than one kind of call has. */

/** A time as we write it: UTC, to the millisecond. */
export const time = z.iso.datetime()
export const locale = z.enum(['ja', 'en'])
export const percent = z.number().min(0).max(100)

/** Digest of a version of an exam. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** Why somebody does what others will read of. */
export const why = z.string().trim().min(1).max(400)
export const reasoned = z.object({ why })
/** Where a reason is welcome and not asked for. */
export const explained = z.object({ why: z.string().trim().max(400).default('') })

/** When the first of a line of renewals and corrections was awarded, and the certificate before this one. */
export const lineage = { awardedAt: time, renews: z.string().optional(), replaces: z.string().optional() }

/** A call of this service, its types as they are written. */
export const call = <const C extends Call<Problem['code']>>(one: C): C => one

/** With a token of one of the service's own keys. */
export const machine = { tag: 'Operators', security: 'service' } as const

/** What whoever asks of staff calls may be refused with, and whoever acts. */
export const mayRead = ['unauthenticated', 'forbidden', 'not-found', 'conflict'] as const
export const mayAct = ['unauthenticated', 'forbidden', 'own-case', 'launch-too-old', 'not-found', 'conflict'] as const

/** A page for people. */
export const page = { 'text/html': '<!doctype html><title>Kentei</title>' } as const

/** In which language something is looked at. */
export const lookedAt = () =>
  z.object({ lang: z.string().optional().describe('ja, en, or ja-simple for easy Japanese; else by Accept-Language.') })
