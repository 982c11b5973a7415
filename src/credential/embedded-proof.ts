import { base58 } from '@scure/base'
import { type Instant, toRfc3339 } from '../kernel/instant.ts'
import type { NodeKind } from './badge-terms.ts'
import { canonicalQuads } from './canonical-quads.ts'
import { type KeyRing, type RingKey, signingKey } from './keys.ts'
import { wholeSecond } from './open-badge.ts'

type Members = Readonly<Record<string, unknown>>

/** Multicodec of an Ed25519 public key, as unsigned varint. Source: Controlled Identifiers 1.0, §2.2.2 Multikey. */
const ED25519_CODE = [0xed, 0x01]

/** The public key of a `proof` key as multibase (base58btc) Multikey. */
export function publicKeyMultibase({ publicJwk }: RingKey): string {
  const x = Uint8Array.from(atob((publicJwk.x ?? '').replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
  return `z${base58.encode(Uint8Array.from([...ED25519_CODE, ...x]))}`
}

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** Claims of the JWT around a credential, and what a document with an embedded proof cannot say to all verifiers alike. */
const unsaid = new Set(['iss', 'jti', 'sub', 'nbf', 'exp'])

/**
 * The credential inside a signed one, without the claims of the JWT. @NOTE Nor are endorsements of the achievement, which
 * early badges carry, taken along: 1EdTech added `endorsementJwt` to its context 3.0.3 afterwards, and who holds an older copy would get another hash.
 */
export function withoutClaims(payload: Members): Members {
  const said = Object.entries(payload).filter(([member]) => !unsaid.has(member))
  return JSON.parse(
    JSON.stringify(Object.fromEntries(said), (key, value) => (key === 'endorsementJwt' ? undefined : value)),
  ) as Members
}

/**
 * Embeds an `eddsa-rdfc-2022` proof, for wallets and verifiers of Data Integrity. Undefined when no `proof` key is active.
 * The one proof of a badge is a list, as Open Badges writes everything in JSON that may be several; bare, as its compacted
 * form would have it, 1EdTech's JSON schema and validator refuse it. Sources: W3C Data Integrity EdDSA Cryptosuites 1.0,
 * §3.2; Open Badges 3.0, A.1 and A.2.1.
 */
export async function embedProof(
  document: Members,
  kind: NodeKind,
  ring: KeyRing,
  now: Instant,
): Promise<Members | undefined> {
  const key = signingKey(ring, 'proof')
  if (!key) return undefined
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: toRfc3339(wholeSecond(now)),
    verificationMethod: key.kid,
    proofPurpose: 'assertionMethod',
  }
  const hashes = [
    await digest(await canonicalQuads(proof, 'proof')),
    await digest(await canonicalQuads(document, kind)),
  ]
  const signature = await crypto.subtle.sign(
    'Ed25519',
    key.privateKey,
    Uint8Array.from(hashes.flatMap((hash) => [...hash])),
  )
  const proven = { ...proof, proofValue: `z${base58.encode(new Uint8Array(signature))}` }
  return { ...document, proof: kind === 'badge' ? [proven] : proven }
}
