import { type CryptoKey, SignJWT } from 'jose'
import type * as z from 'zod'
import { launchClaims, MAX_TOKEN_SECONDS, type Scope, serviceTokenClaims } from '../contract/tokens.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { spendToken } from '../platform/http/replay/store.ts'
import {
  publishedKeys,
  refusalOfLife,
  SKEW_SECONDS,
  type TokenClaims,
  type TokenIssuer,
  verifyToken,
} from '../platform/http/trusted-token.ts'
import type { MarketplaceSettings } from '../world/settings.ts'
import type { World } from '../world/world.ts'

// one cache of published keys per configured marketplace
const issuers = new WeakMap<MarketplaceSettings, TokenIssuer>()

function marketplaceOf(world: World): TokenIssuer {
  const { marketplace, origin } = world.settings
  const known = issuers.get(marketplace)
  if (known) return known
  const from = {
    issuer: marketplace.issuer,
    audience: origin,
    keys: publishedKeys(marketplace.jwksUrl, world),
    mostSeconds: MAX_TOKEN_SECONDS,
  }
  issuers.set(marketplace, from)
  return from
}

/** Whether a token of our own is in its life. */
export const isInItsLife = (claims: Pick<TokenClaims, 'iat' | 'exp'>, now: Instant): boolean =>
  refusalOfLife(claims, now, MAX_TOKEN_SECONDS) === undefined

/** Uses a token up. @returns whether it was good: the same `jti` of the same issuer counts once. */
export const useTokenUp = (world: World, { iss, jti, exp }: TokenClaims): Promise<boolean> =>
  spendToken(world.db, { jti: `${iss} ${jti}`, expiresAt: instant((exp + SKEW_SECONDS) * 1_000) })

/** Verifies a token of the marketplace, of at most five minutes, and that it has not been used before. */
async function verifyTrustedToken<T extends TokenClaims>(
  world: World,
  token: string,
  wanted: { readonly typ: string; readonly claims: z.ZodType<T> },
  { spend = true } = {},
): Promise<Result<T>> {
  const verified = await verifyToken(marketplaceOf(world), token, { ...wanted, now: world.now() })
  if (!verified.ok) return fail({ code: 'token-refused', reason: verified.problem })
  return !spend || (await useTokenUp(world, verified.value))
    ? verified
    : fail({ code: 'token-refused', reason: 'replayed' })
}

/**
 * Verifies a launch token. `returnUrl` must lie on the marketplace's own origin. Without `spend` it may be used afterwards:
 * for asking somebody whether they want to be launched at all.
 */
export async function verifyLaunchToken(world: World, token: string, options: { readonly spend?: boolean } = {}) {
  const verified = await verifyTrustedToken(world, token, { typ: 'launch+jwt', claims: launchClaims }, options)
  if (!verified.ok) return verified
  const { returnUrl } = verified.value
  if (returnUrl !== undefined && new URL(returnUrl).origin !== world.settings.marketplace.origin)
    return fail({ code: 'token-refused' as const, reason: 'claims' as const })
  return verified
}

/** Verifies a service token and that it carries a scope. */
export async function verifyServiceToken(
  world: World,
  token: string,
  scope: string,
): Promise<Result<{ readonly issuer: string }>> {
  const verified = await verifyTrustedToken(world, token, { typ: 'service+jwt', claims: serviceTokenClaims })
  if (!verified.ok) return verified
  return verified.value.scope.split(' ').includes(scope)
    ? ok({ issuer: verified.value.iss })
    : fail({ code: 'forbidden' })
}

/** When a token that is issued at `now` ends. */
const tokenEnd = (now: Instant): number => Math.floor(now / 1_000) + MAX_TOKEN_SECONDS

/** A key that signs service tokens; its public half is in the JWKS under its thumbprint. */
export interface ServiceKey {
  readonly thumbprint: string
  readonly alg: string
  readonly privateKey: CryptoKey
}

/** Signs a service token for one call: at most five minutes, single use. */
export const signServiceToken = (token: {
  readonly key: ServiceKey
  readonly issuer: string
  readonly audience: string
  readonly jti: string
  readonly scope: Scope
  readonly now: Instant
}): Promise<string> =>
  new SignJWT({ scope: token.scope })
    .setProtectedHeader({ alg: token.key.alg, kid: token.key.thumbprint, typ: 'service+jwt' })
    .setIssuer(token.issuer)
    .setAudience(token.audience)
    .setIssuedAt(Math.floor(token.now / 1_000))
    .setExpirationTime(tokenEnd(token.now))
    .setJti(token.jti)
    .sign(token.key.privateKey)
