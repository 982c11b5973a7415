import { createIssuerDirectory, foreignKeySource, keySourceOf } from '../../credential/key-sources.ts'
import { type KeyRing, openKeyRing } from '../../credential/keys.ts'
import { createListMemory, guardedListLoader, listStatusSource } from '../../credential/list-status.ts'
import { credentialUrl } from '../../credential/open-badge.ts'
import { findCredential } from '../../credential/store.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import { createTokenMemory, createVerifier, type StatusAnswer, type StatusSource, type Verifier } from '../../credential/verify-credential.ts'
import type { World } from '../../world/world.ts'

/** What the public pages trust: the own keys, and verifiers over them. */
export interface Trust {
  readonly ring: KeyRing
  /** Judges anybody's token: own ones by the record, foreign ones by the issuer's keys and list. */
  readonly verifier: Verifier
  /** Judges a token of our own whose record has been read already. */
  verifierOf(record: CredentialRow): Verifier
}

/** The recorded state, if the record is of this very subject: erased ones are nobody's. */
const answerOf = (record: CredentialRow | undefined, subject: string): StatusAnswer => (!record || record.subject !== subject ? 'not-on-record' : record.status === 'active' ? 'good' : record.status)

function recordedStatus(world: World): StatusSource {
  const prefix = credentialUrl(world.settings.origin, '')
  return {
    async read({ id, subject }) {
      if (!id.startsWith(prefix)) return 'not-on-record'
      try {
        return answerOf(await findCredential(world.db, decodeURIComponent(id.slice(prefix.length))), subject)
      } catch {
        return 'list-unreadable'
      }
    },
  }
}

/**
 * Opens trust for each request's world. What outlives requests stays here: imported keys, remembered tokens, foreign keys
 * and inflated lists. Only finished values are kept, because on Workers a pending one belongs to its request.
 */
export function createTrust(): (world: World) => Promise<Trust> {
  const rings = new WeakMap<object, KeyRing>()
  const memory = createTokenMemory(2_000)
  const directory = createIssuerDirectory()
  const lists = createListMemory()
  return async (world) => {
    const { origin, keys: stored } = world.settings
    const ring = rings.get(stored) ?? (await openKeyRing(origin, stored))
    rings.set(stored, ring)
    const fetch: World['fetch'] = (url, init, timeout) => world.fetch(url, init, timeout)
    const keys = keySourceOf(ring, foreignKeySource(directory, fetch))
    const recorded = recordedStatus(world)
    const listed = listStatusSource({ load: guardedListLoader(fetch), keys, memory: lists })
    const status: StatusSource = { read: (claims, now) => (claims.issuer === ring.issuer ? recorded : listed).read(claims, now) }
    return {
      ring,
      verifier: createVerifier({ keys, memory, status }),
      verifierOf: (record) => createVerifier({ keys, memory, status: { read: ({ subject }) => answerOf(record, subject) } }),
    }
  }
}
