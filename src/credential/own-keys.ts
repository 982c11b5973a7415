import type { KeyLookup, KeySource } from '@kentei/verify/parts'
import { didOfKid } from '@kentei/verify/parts'
import type { KeyRing } from './keys.ts'

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
