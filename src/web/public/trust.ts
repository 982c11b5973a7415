import { type KeyRing, openKeyRing } from '../../credential/keys.ts'
import { credentialUrl } from '../../credential/open-badge.ts'
import { keySourceOf } from '../../credential/own-keys.ts'
import { findCredential, statesOfCredentials } from '../../credential/store.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import type { CredentialClaims } from '../../credential/verify/credential-claims.ts'
import { createIssuerDirectory, issuerKeySource } from '../../credential/verify/issuer-directory.ts'
import { createListMemory, guardedListLoader, listStatusSource } from '../../credential/verify/list-status.ts'
import { mapConcurrently } from '../../credential/verify/map-concurrently.ts'
import type { StatusAnswer, StatusSource } from '../../credential/verify/verification.ts'
import { assembleVerifier, createTokenMemory, type Verifier } from '../../credential/verify/verify-credential.ts'
import type { World } from '../../world/world.ts'

/** How often one request may make us call somebody: a batch of strangers' tokens must not become a flood. */
export const MOST_CALLS = 24

const LISTS_AT_ONCE = 8

/** What the public pages trust: the own keys, and verifiers over them. */
export interface Trust {
  readonly ring: KeyRing
  /** Judges anybody's token: own ones by the record, foreign ones by the issuer's keys and list. */
  readonly verifier: Verifier
  /** Judges a token of our own whose record has been read already. */
  verifierOf(record: CredentialRow): Verifier
}

type State = Pick<CredentialRow, 'subject' | 'status'>

/** The recorded state, if the record is of this very subject. One whose holder was erased is nobody's any more, and revoked. */
function answerOf(record: State | undefined, subject: string): StatusAnswer {
  if (record?.subject === '') return 'revoked'
  return record?.subject !== subject ? 'not-on-record' : record.status === 'active' ? 'good' : record.status
}

/** Own credentials by the record, which is asked anew each time: a change of status is seen at once by every process and isolate. */
function recordedStatus(world: World): Required<StatusSource> {
  const prefix = credentialUrl(world.settings.origin, '')
  const idOf = ({ id }: CredentialClaims) => (id.startsWith(prefix) ? decodeURIComponent(id.slice(prefix.length)) : '')
  return {
    async read(claims) {
      try {
        return answerOf(await findCredential(world.db, idOf(claims)), claims.subject)
      } catch {
        return 'list-unreadable'
      }
    },
    async readAll(claims) {
      try {
        const states = await statesOfCredentials(world.db, claims.map(idOf))
        return claims.map((one) => answerOf(states.get(idOf(one)), one.subject))
      } catch {
        return claims.map(() => 'list-unreadable')
      }
    },
  }
}

/** Own credentials by one source, those of others by another. */
function statusOf(issuer: string, own: Required<StatusSource>, foreign: StatusSource): StatusSource {
  const isOwn = (claims: CredentialClaims) => claims.issuer === issuer
  return {
    read: (claims, now) => (isOwn(claims) ? own : foreign).read(claims, now),
    async readAll(claims, now) {
      const [ours, theirs] = [claims.filter(isOwn), claims.filter((one) => !isOwn(one))]
      const [recorded, listed] = await Promise.all([ours.length > 0 ? own.readAll(ours, now) : [], mapConcurrently(theirs, LISTS_AT_ONCE, (one) => foreign.read(one, now))])
      const answers = new Map([...ours.map((one, i) => [one, recorded[i]] as const), ...theirs.map((one, i) => [one, listed[i]] as const)])
      return claims.map((one) => answers.get(one) as StatusAnswer)
    },
  }
}

/** Says yes `most` times. */
function allowance(most: number): () => boolean {
  let left = most
  return () => left-- > 0
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
    const mayCall = allowance(MOST_CALLS)
    const keys = keySourceOf(ring, issuerKeySource({ directory, fetch, mayCall }))
    const listed = listStatusSource({ load: guardedListLoader(fetch), keys, memory: lists, mayCall })
    return {
      ring,
      verifier: assembleVerifier({ keys, memory, status: statusOf(ring.issuer, recordedStatus(world), listed) }),
      verifierOf: (record) => assembleVerifier({ keys, memory, status: { read: ({ subject }) => answerOf(record, subject) } }),
    }
  }
}
