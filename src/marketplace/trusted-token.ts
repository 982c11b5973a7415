import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type * as z from 'zod'
import { type Instant, instant, seconds } from '../kernel/instant.ts'
import type { TokenRefusal } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { readAnswer } from '../platform/http/read-bounded.ts'
import type { MarketplaceSettings } from '../world/settings.ts'
import type { World } from '../world/world.ts'
import { launchClaims, MAX_TOKEN_SECONDS, serviceTokenClaims } from './contract.ts'
import { spendToken } from './store.ts'

/** Longest token that is looked at, in characters. */
const MAX_TOKEN_LENGTH = 8_192
/** Clocks of two services may differ by this much. */
const SKEW_SECONDS = 5
const FETCH_TIMEOUT = seconds(5)
const MAX_KEY_SET_BYTES = 65_536

// One cache of published keys per configured marketplace: jose refetches for an unknown `kid`, at most once per cooldown.
const keySets = new WeakMap<MarketplaceSettings, JWTVerifyGetKey>()

function keysOf(world: World): JWTVerifyGetKey {
  const { marketplace } = world.settings
  const known = keySets.get(marketplace)
  if (known) return known
  const fetchKeys: FetchImplementation = async (url, init) => {
    // workerd knows no 'error': a redirect is not followed, and is no 200
    const answer = await world.fetch(url, { ...init, redirect: 'manual' }, FETCH_TIMEOUT)
    const text = await readAnswer(answer, MAX_KEY_SET_BYTES)
    return text === undefined || answer.status !== 200 ? new Response(null, { status: 502 }) : new Response(text)
  }
  const keys = createRemoteJWKSet(new URL(marketplace.jwksUrl), { [customFetch]: fetchKeys, cooldownDuration: 10_000 })
  keySets.set(marketplace, keys)
  return keys
}

/** Names the reason of a failed verification in the contract's words. */
function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    const byClaim: Record<string, TokenRefusal> = { iss: 'issuer', aud: 'audience', typ: 'type', nbf: 'not-yet-valid', iat: 'not-yet-valid' }
    return byClaim[error.claim] ?? 'claims'
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) return 'key-unknown'
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) return 'algorithm'
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'malformed'
  // everything else came from fetching or reading the published keys
  return 'keys-unavailable'
}

/** Why a token's own times refuse it: it ends before it begins, lives too long, or begins later than clocks may differ. */
export function refusalOfLife({ iat, exp }: { readonly iat: number; readonly exp: number }, now: Instant): TokenRefusal | undefined {
  if (exp <= iat || exp - iat > MAX_TOKEN_SECONDS) return 'lifetime'
  return iat > now / 1_000 + SKEW_SECONDS ? 'not-yet-valid' : undefined
}

/** Uses a token up. @returns whether it was good: the same `jti` of the same issuer counts once. */
export const useTokenUp = (world: World, { iss, jti, exp }: { readonly iss: string; readonly jti: string; readonly exp: number }): Promise<boolean> =>
  spendToken(world.db, { jti: `${iss} ${jti}`, expiresAt: instant((exp + SKEW_SECONDS) * 1_000) })

/**
 * Verifies a token that the marketplace signed with a key it publishes: type, issuer, audience, life of at most five
 * minutes, and that it has not been used before. The header names the key and is trusted for nothing else.
 */
async function verifyTrustedToken<T extends { iss: string; iat: number; exp: number; jti: string }>(
  world: World,
  token: string,
  typ: string,
  claims: z.ZodType<T>,
  { spend = true } = {},
): Promise<Result<T>> {
  const refuse = (reason: TokenRefusal) => fail({ code: 'token-refused' as const, reason })
  if (token.length > MAX_TOKEN_LENGTH) return refuse('too-large')
  const now = world.now()
  let payload: unknown
  try {
    const verified = await jwtVerify(token, keysOf(world), {
      typ,
      issuer: world.settings.marketplace.issuer,
      audience: world.settings.origin,
      algorithms: ['ES256', 'RS256', 'EdDSA', 'Ed25519'],
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(now),
      requiredClaims: ['iat', 'exp', 'jti'],
    })
    if (!verified.protectedHeader.kid) return refuse('key-unknown')
    payload = verified.payload
  } catch (error) {
    return refuse(refusalOf(error))
  }
  const read = claims.safeParse(payload)
  if (!read.success) return refuse('claims')
  const wrong = refusalOfLife(read.data, now)
  if (wrong) return refuse(wrong)
  if (!spend) return ok(read.data)
  return (await useTokenUp(world, read.data)) ? ok(read.data) : refuse('replayed')
}

/**
 * Verifies a launch token. `returnUrl` must lie on the marketplace's own origin. Without `spend` it may be used afterwards:
 * for asking somebody whether they want to be launched at all.
 */
export async function verifyLaunchToken(world: World, token: string, options: { readonly spend?: boolean } = {}) {
  const verified = await verifyTrustedToken(world, token, 'launch+jwt', launchClaims, options)
  if (!verified.ok) return verified
  const { returnUrl } = verified.value
  if (returnUrl !== undefined && new URL(returnUrl).origin !== world.settings.marketplace.origin) return fail({ code: 'token-refused' as const, reason: 'claims' as const })
  return verified
}

/** Verifies a service token and that it carries a scope. */
export async function verifyServiceToken(world: World, token: string, scope: string): Promise<Result<{ readonly issuer: string }>> {
  const verified = await verifyTrustedToken(world, token, 'service+jwt', serviceTokenClaims)
  if (!verified.ok) return verified
  return verified.value.scope.split(' ').includes(scope) ? ok({ issuer: verified.value.iss }) : fail({ code: 'forbidden' })
}

/** When a token that is issued at `now` ends. */
export const tokenEnd = (now: Instant): number => Math.floor(now / 1_000) + MAX_TOKEN_SECONDS
