import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, jwtVerify, type RemoteJWKSet } from 'jose'
import type * as z from 'zod'
import { type Duration, hours, type Instant, plus, seconds } from '../../kernel/instant.ts'
import type { TokenRefusal } from '../../kernel/problem.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { Answer } from '../../world/world.ts'
import { readAnswer } from './read-bounded.ts'

/** Longest token that is looked at, in characters. */
const MAX_TOKEN_LENGTH = 8_192
/** Clocks of two services may differ by this much, at both ends of a token's life. */
export const SKEW_SECONDS = 5
const FETCH_TIMEOUT = seconds(5)
const MAX_KEY_SET_BYTES = 65_536
const COOLDOWN_MS = 10_000
/** How long keys that were good stay in use while their publisher cannot be reached. */
const KEPT_WITHOUT_ANSWER: Duration = hours(24)

/** The network and the time, as a world has them. */
export interface Reach {
  fetch(url: string, init: RequestInit, timeout: Duration): Promise<Answer>
  now(): Instant
}

/** The text of a key set; undefined when it cannot be read. workerd knows no redirect `error`: one is not followed, and is no 200. */
async function readKeySet({ fetch }: Reach, url: string, init: RequestInit): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { ...init, redirect: 'manual' }, FETCH_TIMEOUT)
    const text = await readAnswer(answer, MAX_KEY_SET_BYTES)
    return answer.status === 200 ? text : undefined
  } catch {
    return undefined
  }
}

/**
 * The keys that another service publishes, fetched when they are needed: again after ten minutes, and for an unknown `kid`
 * at most once in ten seconds, so that nobody can make this service hammer the other.
 */
export function publishedKeys(url: string, reach: Reach): RemoteJWKSet {
  let good: { readonly text: string; readonly until: Instant } | undefined
  let askedAt: Instant | undefined
  const fetchKeys: FetchImplementation = async (_, init) => {
    askedAt = reach.now()
    const text = await readKeySet(reach, url, init)
    if (text !== undefined) good = { text, until: plus(reach.now(), KEPT_WITHOUT_ANSWER) }
    return good && reach.now() < good.until ? new Response(good.text) : new Response(null, { status: 502 })
  }
  const open = () => createRemoteJWKSet(new URL(url), { [customFetch]: fetchKeys, cooldownDuration: COOLDOWN_MS })
  let keys = open()
  // a set that a clock ahead has read would count as fresh, and cool down, until that time: it begins anew
  const current = () => {
    if (askedAt !== undefined && reach.now() < askedAt) {
      askedAt = undefined
      keys = open()
    }
    return keys
  }
  const find = (...of: Parameters<RemoteJWKSet>) => current()(...of)
  return Object.defineProperties(find, {
    coolingDown: { get: () => current().coolingDown },
    fresh: { get: () => current().fresh },
    reloading: { get: () => current().reloading },
    reload: { value: () => current().reload() },
    jwks: { value: () => current().jwks() },
  }) as RemoteJWKSet
}

/** Names the reason of a failed verification in the contract's words. */
function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    const byClaim: Record<string, TokenRefusal> = {
      iss: 'issuer',
      aud: 'audience',
      typ: 'type',
      nbf: 'not-yet-valid',
      iat: 'not-yet-valid',
    }
    return byClaim[error.claim] ?? 'claims'
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'key-unknown'
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) return 'algorithm'
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'malformed'
  // everything else came from fetching or reading the published keys
  return 'keys-unavailable'
}

/** The claims that every token between two services has. Times are in seconds since 1970. */
export interface TokenClaims {
  readonly iss: string
  readonly jti: string
  readonly iat: number
  readonly exp: number
}

/** Whose tokens are believed: the `iss` they name, for whom they must be, and the keys that may have signed them. */
export interface TokenIssuer {
  readonly issuer: string
  readonly audience: string
  readonly keys: RemoteJWKSet
  /** How long a token may live, in seconds. */
  readonly mostSeconds: number
}

/** Why a token's own times refuse it: it ends before it begins, lives too long, or begins later than clocks may differ. */
export function refusalOfLife(
  { iat, exp }: Pick<TokenClaims, 'iat' | 'exp'>,
  now: Instant,
  mostSeconds: number,
): TokenRefusal | undefined {
  if (exp <= iat || exp - iat > mostSeconds) return 'lifetime'
  return iat > now / 1_000 + SKEW_SECONDS ? 'not-yet-valid' : undefined
}

/**
 * Verifies a token that another service signed with a key it publishes: type, issuer, audience and life. The header names
 * the key and is trusted for nothing else. That a token is used once only is the caller's to record.
 */
export async function verifyToken<T extends TokenClaims>(
  from: TokenIssuer,
  token: string,
  wanted: { readonly typ: string; readonly claims: z.ZodType<T>; readonly now: Instant },
): Promise<Result<T, TokenRefusal>> {
  if (token.length > MAX_TOKEN_LENGTH) return fail('too-large')
  let payload: unknown
  try {
    const verified = await jwtVerify(token, from.keys, {
      typ: wanted.typ,
      issuer: from.issuer,
      audience: from.audience,
      algorithms: ['ES256', 'RS256', 'EdDSA', 'Ed25519'],
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(wanted.now),
      requiredClaims: ['iat', 'exp', 'jti'],
    })
    if (!verified.protectedHeader.kid) return fail('key-unknown')
    payload = verified.payload
  } catch (error) {
    return fail(refusalOf(error))
  }
  const read = wanted.claims.safeParse(payload)
  if (!read.success) return fail('claims')
  const refusal = refusalOfLife(read.data, wanted.now, from.mostSeconds)
  return refusal ? fail(refusal) : ok(read.data)
}
