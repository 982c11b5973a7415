import { CompactSign, type CryptoKey } from 'jose'
import type { Instant } from '../kernel/instant.ts'
import { type KeyRing, type RingKey, signingKey } from './keys.ts'
import { type CredentialDocument, type OpenBadgeInput, openBadge } from './open-badge.ts'
import { type StatusListInput, statusListCredential } from './status-list.ts'

async function sign(document: CredentialDocument, key: RingKey & { readonly privateKey: CryptoKey }): Promise<string> {
  if (key.alg === 'Ed25519') throw new Error('Open Badges has no Ed25519: a credential key is ES256 or RS256')
  const token = new CompactSign(new TextEncoder().encode(JSON.stringify(document)))
  return token.setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'vc+jwt' }).sign(key.privateKey)
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
