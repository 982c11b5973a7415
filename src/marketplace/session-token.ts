import { jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import { type Duration, hours, type Instant, instant, plus } from '../kernel/instant.ts'
import { roles } from './contract.ts'

/** How long a session lasts: longer than the longest exam with the largest accommodation. */
export const SESSION_LASTS: Duration = hours(8)

const sessionClaims = z.object({
  sub: z.string(),
  role: z.enum(roles),
  name: z.string(),
  locale: z.enum(['ja', 'en']),
  returnUrl: z.string().optional(),
  exp: z.int(),
})

/** Who is asking: a person whom the marketplace sent over. */
export interface Session {
  readonly worker: string
  readonly role: (typeof roles)[number]
  readonly name: string
  readonly locale: 'ja' | 'en'
  readonly returnUrl?: string
  readonly expiresAt: Instant
}

const keyOf = (secret: string) => new TextEncoder().encode(secret)

export function signSession(session: Session, secret: string, jti: string): Promise<string> {
  return new SignJWT({ role: session.role, name: session.name, locale: session.locale, ...(session.returnUrl ? { returnUrl: session.returnUrl } : {}) })
    .setProtectedHeader({ alg: 'HS256', typ: 'session+jwt' })
    .setSubject(session.worker)
    .setJti(jti)
    .setExpirationTime(Math.floor(session.expiresAt / 1_000))
    .sign(keyOf(secret))
}

export const sessionEnd = (now: Instant): Instant => plus(now, SESSION_LASTS)

// A page saves every few seconds under one token: what verified once is remembered until it ends.
const verified = new Map<string, { secret: string; session: Session }>()
const MOST_VERIFIED = 5_000

/** The session of a token; undefined when it is none of ours or has ended. */
export async function readSession(token: string, secret: string, now: Instant): Promise<Session | undefined> {
  const known = verified.get(token)
  if (known?.secret === secret) return known.session.expiresAt > now ? known.session : undefined
  if (token.length > 4_096) return undefined
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), { typ: 'session+jwt', algorithms: ['HS256'], currentDate: new Date(now) })
    const claims = sessionClaims.parse(payload)
    const session: Session = {
      worker: claims.sub,
      role: claims.role,
      name: claims.name,
      locale: claims.locale,
      expiresAt: instant(claims.exp * 1_000),
      ...(claims.returnUrl ? { returnUrl: claims.returnUrl } : {}),
    }
    if (verified.size >= MOST_VERIFIED) verified.delete(verified.keys().next().value as string)
    verified.set(token, { secret, session })
    return session
  } catch {
    return undefined
  }
}
