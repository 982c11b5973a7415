import type { CryptoKey, JWK } from 'jose'

/** A public key that may verify, whoever published it. */
export interface VerificationKey {
  readonly alg: 'ES256' | 'RS256'
  readonly publicKey: CryptoKey
}

/** Which algorithm of Open Badges a JWK is for, by its own type; undefined for any other. */
export function verificationAlgorithm(jwk: JWK): VerificationKey['alg'] | undefined {
  const alg = jwk.kty === 'EC' && jwk.crv === 'P-256' ? 'ES256' : jwk.kty === 'RSA' ? 'RS256' : undefined
  return jwk.alg === undefined || jwk.alg === alg ? alg : undefined
}

/** The public members of a JWK, picked by name, so that no private one can slip through. */
export function publicMembers(jwk: JWK): JWK {
  const { kty, crv, x, y, n, e } = jwk
  return Object.fromEntries(Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined)) as JWK
}
