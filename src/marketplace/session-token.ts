import { jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import type { roles } from '../contract/tokens.ts'
import { type Duration, hours, type Instant, instant, plus } from '../kernel/instant.ts'

/** How long a session lasts: longer than the longest exam with the largest accommodation. */
export const SESSION_LASTS: Duration = hours(8)

const sessionClaims = z.object({ jti: z.string(), sub: z.string(), exp: z.int() })

/** What a token says by itself: which session it names and whose that is. Whether the session still lives, its record knows. */
export interface SessionClaim {
  readonly id: string
  readonly worker: string
  readonly expiresAt: Instant
}

/** Who is asking: a person whom the marketplace sent over, as the record of the session has them. */
export interface Session extends SessionClaim {
  readonly role: (typeof roles)[number]
  readonly name: string
  readonly locale: 'ja' | 'en'
  readonly returnUrl?: string
  readonly launchedAt: Instant
  /** The entry of the list by which a person of staff has the role, as the list writes it. */
  readonly listedAs?: string
}

const keyOf = (secret: string) => new TextEncoder().encode(secret)

/** Signs the token of a session. It names nobody but by the worker's pairwise id: names come from the record, which an erasure deletes. */
export function signSession({ id, worker, expiresAt }: SessionClaim, secret: string): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', typ: 'session+jwt' })
    .setSubject(worker)
    .setJti(id)
    .setExpirationTime(Math.floor(expiresAt / 1_000))
    .sign(keyOf(secret))
}

export const sessionEnd = (now: Instant): Instant => plus(now, SESSION_LASTS)

// A page saves every few seconds under one token: what verified once is remembered until it ends.
const verified = new Map<string, { secret: string; claim: SessionClaim }>()
const MOST_VERIFIED = 5_000

/** What a token claims; undefined when it is none of ours or its time is over. The database is not asked. */
export async function readSessionToken(token: string, secret: string, now: Instant): Promise<SessionClaim | undefined> {
  const known = verified.get(token)
  if (known?.secret === secret) return known.claim.expiresAt > now ? known.claim : undefined
  if (token.length > 4_096) return undefined
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      typ: 'session+jwt',
      algorithms: ['HS256'],
      currentDate: new Date(now),
    })
    const { jti, sub, exp } = sessionClaims.parse(payload)
    const claim: SessionClaim = { id: jti, worker: sub, expiresAt: instant(exp * 1_000) }
    if (verified.size >= MOST_VERIFIED) verified.delete(verified.keys().next().value as string)
    verified.set(token, { secret, claim })
    return claim
  } catch {
    return undefined
  }
}
