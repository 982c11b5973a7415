import type { JWK } from 'jose'
import { publicKeyMultibase } from './embedded-proof.ts'
import { isSigningUse, type KeyRing, type RingKey } from './keys.ts'

/** The `publicKeyJwk` of a key. */
export const publicKeyDocument = (key: RingKey): JWK => key.publicJwk

const published = (ring: KeyRing) => ring.keys.filter((key) => key.state !== 'blocked')

/**
 * The JSON Web Key Set: keys in use, keys to come, and retired ones until their last signature has expired; never a
 * blocked one, never a private member. A credential's key stands twice, by thumbprint and by the DID URL that credentials
 * carry, because JOSE libraries compare `kid` as an opaque string. Keys of embedded proofs sign no JOSE object, and what
 * tools sign is for this service alone.
 */
export function jwks(ring: KeyRing): { readonly keys: readonly JWK[] } {
  return {
    keys: published(ring)
      .filter(({ use }) => isSigningUse(use) && use !== 'proof')
      .flatMap((key) =>
        key.use === 'credential' ? [key.publicJwk, { ...key.publicJwk, kid: key.kid }] : [key.publicJwk],
      ),
  }
}

/**
 * The `did:web` document of an origin. Only keys of credentials and proofs may assert. @NOTE Libraries look at the type of a
 * key: some know `JsonWebKey2020` alone, and those that know its younger name `JsonWebKey` take both. A key has one entry,
 * since credentials name it. Sources: W3C DID Core 1.0, did:web method; Security Suite JWS 2020.
 */
export function didDocument(origin: string, ring: KeyRing) {
  const keys = published(ring).filter((key) => key.use === 'credential' || key.use === 'proof')
  const material = (key: RingKey) =>
    key.use === 'proof'
      ? { type: 'Multikey', publicKeyMultibase: publicKeyMultibase(key) }
      : { type: 'JsonWebKey2020', publicKeyJwk: key.publicJwk }
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/suites/jws-2020/v1',
      'https://w3id.org/security/multikey/v1',
    ],
    id: ring.issuer,
    alsoKnownAs: [origin],
    verificationMethod: keys.map((key) => ({ id: key.kid, controller: ring.issuer, ...material(key) })),
    assertionMethod: keys.map((key) => key.kid),
  }
}
