import { type CryptoKey, SignJWT } from 'jose'
import type { Scope } from '../contract/tokens.ts'
import type { Instant } from '../kernel/instant.ts'
import { tokenEnd } from './trusted-token.ts'

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
