import { SignJWT } from 'jose'
import type { Scope } from '../contract/tokens.ts'
import { MAX_TOKEN_SECONDS, type ServiceTokenClaims, serviceTokenClaims } from '../contract/tokens.ts'
import { instant } from '../kernel/instant.ts'
import type { TokenRefusal } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { SKEW_SECONDS, type TokenIssuer, verifyToken } from '../platform/http/trusted-token.ts'
import { type MarketplaceKeys, signingKey } from './keys.ts'
import type { Launch } from './marketplace.ts'
import { keyOf, type Store } from './storage.ts'

/** What tokens are signed with and for. */
export interface TokenPlace {
  readonly origin: string
  readonly kentei: string
  readonly keys: MarketplaceKeys
  now(): number
}

async function sign({ origin, kentei, keys, now }: TokenPlace, typ: string, claims: object): Promise<string> {
  const iat = Math.floor(now() / 1_000)
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: keys.tokens.kid as string, typ })
    .setIssuer(origin)
    .setAudience(kentei)
    .setIssuedAt(iat)
    .setExpirationTime(iat + MAX_TOKEN_SECONDS)
    .setJti(crypto.randomUUID())
    .sign(await signingKey(keys.tokens))
}

/** Signs a launch token: for one person, one use and five minutes. */
export const signLaunch = (place: TokenPlace, { more, ...launch }: Launch): Promise<string> =>
  sign(place, 'launch+jwt', { ...more, role: 'worker', locale: 'ja', ...launch })

/** Signs a service token for one call of Kentei. */
export const signService = (place: TokenPlace, scope: Scope): Promise<string> => sign(place, 'service+jwt', { scope })

const BEARER = /^Bearer ([^\s]+)$/i

export type Unadmitted =
  | { readonly code: 'unauthenticated' }
  | { readonly code: 'token-refused'; readonly reason: TokenRefusal }
  | { readonly code: 'forbidden' }

/** Admits a call of Kentei whose service token is good, fresh, unused and has the scope. */
export async function admit(
  { issuer, store, now }: { readonly issuer: TokenIssuer; readonly store: Store; now(): number },
  authorization: string | null,
  scope: Scope,
): Promise<Result<ServiceTokenClaims, Unadmitted>> {
  const token = BEARER.exec(authorization ?? '')?.[1]
  if (!token) return fail({ code: 'unauthenticated' })
  const wanted = { typ: 'service+jwt', claims: serviceTokenClaims, now: instant(now()) }
  const verified = await verifyToken(issuer, token, wanted)
  if (!verified.ok) return fail({ code: 'token-refused', reason: verified.problem })
  const { jti, exp } = verified.value
  const until = (exp + SKEW_SECONDS) * 1_000
  if (!(await store.insert(keyOf('token', jti), '', { now: now(), until })))
    return fail({ code: 'token-refused', reason: 'replayed' })
  return verified.value.scope.split(' ').includes(scope) ? ok(verified.value) : fail({ code: 'forbidden' })
}
