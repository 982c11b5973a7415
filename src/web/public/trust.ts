import {
  assembleVerifier,
  createIssuerDirectory,
  createListMemory,
  createTokenMemory,
  type Genuine,
  type GuardedFetch,
  guardedListLoader,
  issuerKeySource,
  listStatusSource,
  mapConcurrently,
  type StatusAnswer,
  type StatusSource,
  type Verifier,
} from '@kentei/verify/parts'
import { type KeyRing, keySourceOf, openKeyRing } from '../../credential/keys.ts'
import { credentialUrl } from '../../credential/open-badge.ts'
import { isAsIssued } from '../../credential/sign-credential.ts'
import { findCredential, statesOfCredentials } from '../../credential/store.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import { milliseconds } from '../../kernel/instant.ts'
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

type State = Pick<CredentialRow, 'subject' | 'status' | 'jwt'>

/**
 * The recorded state, if this is what was issued: our signature alone does not say so, for a stolen key makes it as well.
 * Of one whose holder was erased nothing is left to compare with; it is nobody's any more, and revoked. A number that is
 * not on record may be of a record that was lost, or has not reached this copy of the database.
 */
function answerOf(record: State | undefined, genuine: Genuine): StatusAnswer {
  if (!record) return 'not-on-record'
  if (record.subject === '') return 'revoked'
  if (record.subject !== genuine.claims.subject || !isAsIssued(record.jwt, genuine)) return 'differs-from-record'
  return { asIssued: record.status === 'active' ? 'good' : record.status }
}

/** Own credentials by the record, which is asked anew each time: a change of status is seen at once by every process and isolate. */
function recordedStatus(world: World): Required<StatusSource> {
  const prefix = credentialUrl(world.settings.origin, '')
  // as it is written: a number of ours has no character that is written otherwise in a URL
  const idOf = ({ claims: { id } }: Genuine) => (id.startsWith(prefix) ? id.slice(prefix.length) : '')
  return {
    async read(genuine) {
      try {
        return answerOf(await findCredential(world.db, idOf(genuine)), genuine)
      } catch {
        return 'list-unreadable'
      }
    },
    async readAll(all) {
      try {
        const states = await statesOfCredentials(world.db, all.map(idOf))
        return all.map((one) => answerOf(states.get(idOf(one)), one))
      } catch {
        return all.map(() => 'list-unreadable')
      }
    },
  }
}

/** Own credentials by one source, those of others by another. */
function statusOf(issuer: string, own: Required<StatusSource>, foreign: StatusSource): StatusSource {
  const isOwn = ({ claims }: Genuine) => claims.issuer === issuer
  return {
    read: (one, now) => (isOwn(one) ? own : foreign).read(one, now),
    async readAll(all, now) {
      const [ours, theirs] = [all.filter(isOwn), all.filter((one) => !isOwn(one))]
      const [recorded, listed] = await Promise.all([
        ours.length > 0 ? own.readAll(ours, now) : [],
        mapConcurrently(theirs, LISTS_AT_ONCE, (one) => foreign.read(one, now)),
      ])
      const answers = new Map([
        ...ours.map((one, i) => [one, recorded[i]] as const),
        ...theirs.map((one, i) => [one, listed[i]] as const),
      ])
      return all.map((one) => answers.get(one) as StatusAnswer)
    },
  }
}

/** The same verifier, whose verdicts are counted. */
const counted = (verifier: Verifier, { note }: World): Verifier =>
  note === undefined
    ? verifier
    : {
        ...verifier,
        async verify(...asked) {
          const verification = await verifier.verify(...asked)
          note({ fact: 'verified', verdict: verification.verdict })
          return verification
        },
        async verifyAll(...asked) {
          const verifications = await verifier.verifyAll(...asked)
          for (const { verdict } of verifications) note({ fact: 'verified', verdict })
          return verifications
        },
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
    const fetch: GuardedFetch = (url, init, timeout) => world.fetchStranger(url, init, milliseconds(timeout))
    const mayCall = allowance(MOST_CALLS)
    const keys = keySourceOf(ring, issuerKeySource({ directory, fetch, mayCall }))
    const listed = listStatusSource({ load: guardedListLoader(fetch), keys, memory: lists, mayCall })
    return {
      ring,
      verifier: counted(
        assembleVerifier({ keys, memory, status: statusOf(ring.issuer, recordedStatus(world), listed) }),
        world,
      ),
      verifierOf: (record) => assembleVerifier({ keys, memory, status: { read: (one) => answerOf(record, one) } }),
    }
  }
}
