import * as z from 'zod'
import { isShownName } from '../platform/words/shown-name.ts'

export const rfc3339 = z.iso.datetime({ offset: true })
/** The number that grows with every change of a thing. */
export const version = z.int().min(1)
/** A name that its owner alone understands. */
export const opaqueId = z.string().min(1).max(128)

/** What an exam or a certificate of it asks for. */
export const partId = z.enum(['knowledge', 'practical'])

/** A marketplace's own, opaque, pairwise name of a worker. */
export const workerId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9._:~-]+$/)

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
  'jobs:read',
] as const
export type Scope = (typeof scopes)[number]

/** `typ: service+jwt`. `scope` is a space-separated list. */
export const serviceTokenClaims = z.object({
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(8).max(128),
  scope: z.string(),
})
export type ServiceTokenClaims = z.infer<typeof serviceTokenClaims>

export const roles = ['worker', 'author', 'operator'] as const
export type Role = (typeof roles)[number]

const shownName = z
  .string()
  .min(1)
  .max(80)
  .refine(isShownName, 'a name has something to see, no controls, and no signs that turn the direction of text')

/** That the marketplace had a person's identity verified: by whom, and on which day. It stands on certificates as it is sent. */
const verifiedIdentity = z.object({ by: shownName, on: z.iso.date() })
export type VerifiedIdentity = z.infer<typeof verifiedIdentity>

/** `typ: launch+jwt`: a logged-in person is sent over from the marketplace. */
export const launchClaims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(8).max(128),
  sub: workerId,
  role: z.enum(roles),
  name: shownName,
  locale: z.enum(['ja', 'en']).catch('ja'),
  exam: z.string().max(64).optional(),
  timeMultiplier: z.number().min(1).max(3).optional(),
  identity: verifiedIdentity.optional(),
  returnUrl: z.url().max(2_000).optional(),
})
export type LaunchClaims = z.infer<typeof launchClaims>
