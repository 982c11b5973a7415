import type { CryptoKey } from 'jose'
import type { Instant } from '../kernel/instant.ts'
import { encodeBase64url } from './base64url.ts'
import { type KeyRing, type RingKey, signingKey } from './keys.ts'
import { type CredentialDocument, type OpenBadgeInput, openBadge } from './open-badge.ts'
import { type StatusListInput, statusListCredential } from './status-list.ts'

/** WebCrypto parameters of the algorithms that sign credentials. */
export const signatureParameters = { ES256: { name: 'ECDSA', hash: 'SHA-256' }, RS256: { name: 'RSASSA-PKCS1-v1_5' } } as const

async function sign(document: CredentialDocument, key: RingKey & { readonly privateKey: CryptoKey }): Promise<string> {
  if (key.alg === 'Ed25519') throw new Error('Open Badges has no Ed25519: a credential key is ES256 or RS256')
  const part = (value: unknown) => encodeBase64url(new TextEncoder().encode(JSON.stringify(value)))
  const input = `${part({ alg: key.alg, kid: key.kid, typ: 'vc+jwt' })}.${part(document)}`
  const signature = await crypto.subtle.sign(signatureParameters[key.alg], key.privateKey, new TextEncoder().encode(input))
  return `${input}.${encodeBase64url(new Uint8Array(signature))}`
}

function credentialKey(ring: KeyRing): RingKey & { readonly privateKey: CryptoKey } {
  const key = signingKey(ring, 'credential')
  if (!key) throw new Error('There is no active credential key; `kentei keys` makes one')
  return key
}

/** Issues: the badge as compact JWS (`typ: vc+jwt`), signed by the active credential key. Throws when there is none. */
export const signCredential = async (input: OpenBadgeInput, ring: KeyRing): Promise<string> => sign(openBadge(input), credentialKey(ring))

/** The signed status list as of `now`, which ends `LIST_LIFETIME` later. */
export const signStatusList = async (input: Omit<StatusListInput, 'origin' | 'issuer'>, ring: KeyRing, now: Instant): Promise<string> =>
  sign(await statusListCredential({ ...input, origin: ring.origin, issuer: ring.issuer }, now), credentialKey(ring))

/** Digest of a token as subresource integrity writes it. Source: W3C Subresource Integrity, 3.5. */
export async function digestOf(token: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', new TextEncoder().encode(token)))
  return `sha384-${btoa(String.fromCharCode(...hash))}`
}
