import {
  didOfKid,
  didOfOrigin,
  type KeyLookup,
  type KeySource,
  publicMembers,
  verificationAlgorithm,
} from '@kentei/verify/parts'
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { SigningUse, StoredKey } from '../world/settings.ts'

/** What the product signs with. Open Badges accepts ES256 and RS256 only; Ed25519 is for webhook signatures (`v1a`) and embedded proofs. */
export type SigningAlgorithm = 'ES256' | 'RS256' | 'Ed25519'

/** Whether the service signs with keys of this use. */
export const isSigningUse = (use: StoredKey['use']): use is SigningUse => use !== 'author' && use !== 'statistics'

/** One of the product's own keys, imported. */
export interface RingKey {
  /** RFC 7638 SHA-256 thumbprint, base64url. */
  readonly thumbprint: string
  /** `did:web:<host>#<thumbprint>`: the `kid` in credentials. */
  readonly kid: string
  readonly alg: SigningAlgorithm
  readonly use: StoredKey['use']
  readonly state: StoredKey['state']
  readonly person?: string | undefined
  readonly publicJwk: JWK
  readonly publicKey: CryptoKey
  /** Not extractable. Only an `active` key has it: nothing else may sign. */
  readonly privateKey?: CryptoKey
}

/** All keys of the product. Built once per process from the secret store; holds no key material that could leave it. */
export interface KeyRing {
  /** `did:web:<host>`, the issuer of every credential. */
  readonly issuer: string
  readonly origin: string
  readonly keys: readonly RingKey[]
}

/** Makes a key pair for the secret store; `jwk` is private. Without `alg`: Ed25519 for webhooks and proofs, else ES256. */
export async function generateKey(
  use: StoredKey['use'],
  alg?: SigningAlgorithm,
  state: StoredKey['state'] = 'active',
): Promise<StoredKey> {
  const algorithm = alg ?? (use === 'webhook' || use === 'proof' ? 'Ed25519' : 'ES256')
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 })
  const jwk = await exportJWK(privateKey)
  return { jwk: { ...jwk, alg: algorithm, use: 'sig', kid: await calculateJwkThumbprint(jwk) }, use, state }
}

/** Which algorithm a JWK is for, by its own type; undefined when the product has no use for it. */
export function algorithmOf(jwk: JWK): SigningAlgorithm | undefined {
  const isEd25519 =
    jwk.kty === 'OKP' &&
    jwk.crv === 'Ed25519' &&
    (jwk.alg === undefined || jwk.alg === 'Ed25519' || jwk.alg === 'EdDSA')
  return isEd25519 ? 'Ed25519' : verificationAlgorithm(jwk)
}

async function openKey(issuer: string, stored: StoredKey): Promise<RingKey> {
  const alg = algorithmOf(stored.jwk)
  if (!alg) throw new Error(`A ${stored.use} key is neither P-256 (ES256), RSA (RS256) nor Ed25519`)
  const members = publicMembers(stored.jwk)
  const thumbprint = await calculateJwkThumbprint(members)
  const mayLockAway = stored.state === 'active' && stored.jwk.d !== undefined && isSigningUse(stored.use)
  return {
    thumbprint,
    kid: `${issuer}#${thumbprint}`,
    alg,
    use: stored.use,
    state: stored.state,
    person: stored.person,
    publicJwk: { ...members, kid: thumbprint, alg, use: 'sig' },
    publicKey: (await importJWK(members, alg)) as CryptoKey,
    // only what the algorithm needs is imported: Node refuses to import a private key whose `use` or `key_ops` differ
    ...(mayLockAway
      ? {
          privateKey: (await importJWK({ ...stored.jwk, key_ops: undefined, ext: undefined, use: undefined }, alg, {
            extractable: false,
          })) as CryptoKey,
        }
      : {}),
  }
}

/** Imports the stored keys. Throws when one is not usable: a service with a broken secret store must not start. */
export async function openKeyRing(origin: string, stored: readonly StoredKey[]): Promise<KeyRing> {
  const issuer = didOfOrigin(origin)
  return { issuer, origin, keys: await Promise.all(stored.map((key) => openKey(issuer, key))) }
}

/** The key that signs now for a use; undefined when none is active. */
export function signingKey(ring: KeyRing, use: SigningUse): (RingKey & { readonly privateKey: CryptoKey }) | undefined {
  return ring.keys.find(
    (key): key is RingKey & { privateKey: CryptoKey } =>
      key.use === use && key.state === 'active' && key.privateKey !== undefined,
  )
}

/** The published key with this thumbprint; a blocked key is not found. */
export const publishedKey = (ring: KeyRing, thumbprint: string): RingKey | undefined =>
  ring.keys.find((key) => key.thumbprint === thumbprint && key.state !== 'blocked')

/** The product's own keys: no network. Retired and coming keys verify; a blocked one says so. */
export function ownKeySource(ring: KeyRing): KeySource {
  const lookups = new Map<string, KeyLookup>()
  for (const { kid, alg, use, state, publicKey } of ring.keys) {
    if (use === 'credential' && alg !== 'Ed25519')
      lookups.set(kid, state === 'blocked' ? 'key-blocked' : { alg, publicKey })
  }
  return { find: (kid) => lookups.get(kid) ?? 'key-unknown' }
}

/** Own keys for the own DID, the directory for all others. */
export function keySourceOf(ring: KeyRing, foreign: KeySource): KeySource {
  const own = ownKeySource(ring)
  return { find: (kid, now) => (didOfKid(kid) === ring.issuer ? own : foreign).find(kid, now) }
}
