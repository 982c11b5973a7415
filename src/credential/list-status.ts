import { type Instant, instant, milliseconds, plus } from '../kernel/instant.ts'
import { type BoundedMemory, boundedMemory } from './bounded-memory.ts'
import type { CredentialClaims, StatusEntry } from './credential-claims.ts'
import { didOfKid } from './did-web.ts'
import { fetchGuarded, type WorldFetch } from './guarded-fetch.ts'
import { isObject, type KeySource, openToken } from './signed-token.ts'
import { bitAt, decodeStatusList, type StatusBits } from './status-list.ts'
import { CLOCK_SKEW, type StatusAnswer, type StatusSource } from './verify-credential.ts'

/** Loads the token of a list; undefined when it cannot be read. */
export type ListLoader = (url: string) => Promise<string | undefined>

/** Loads lists of strangers, with all care. */
export const guardedListLoader =
  (fetch: WorldFetch): ListLoader =>
  async (url) => {
    const bytes = await fetchGuarded(fetch, url, 'application/vc+jwt')
    return bytes && new TextDecoder().decode(bytes).trim()
  }

/** How long a list may be used, whatever it says of itself; and how soon one that failed is tried again. */
const LONGEST_TTL = milliseconds(3_600_000)
const RETRY_AFTER = milliseconds(30_000)

type KnownList =
  | { readonly answer: 'list-unreadable' | 'list-refused'; readonly until: Instant }
  | { readonly bits: StatusBits; readonly issuer: string; readonly purpose: unknown; readonly until: Instant }

/** Inflated lists, by URL, across requests. Each takes 16 KB to 1 MB. */
export type ListMemory = BoundedMemory<KnownList>
export const createListMemory = (lists = 50): ListMemory => boundedMemory<KnownList>(lists)

export interface ListStatusOptions {
  readonly load: ListLoader
  readonly keys: KeySource
  readonly memory?: ListMemory
}

/** A list that is signed by its issuer, of this URL, in its time and complete; undefined for any other. */
async function readList(url: string, token: string, keys: KeySource, now: Instant): Promise<KnownList | undefined> {
  const opened = await openToken(token, keys, now)
  if (!opened.ok) return undefined
  const { id, jti, iss, issuer, sub, nbf, exp, type, credentialSubject: subject } = opened.value.payload
  if (id !== url || jti !== id || iss !== didOfKid(opened.value.header.kid) || (isObject(issuer) ? issuer.id : issuer) !== iss) return undefined
  if (!Array.isArray(type) || !type.includes('BitstringStatusListCredential') || !isObject(subject) || (sub !== undefined && sub !== subject.id)) return undefined
  if (typeof nbf === 'number' && now < nbf * 1_000 - CLOCK_SKEW) return undefined
  if (typeof exp === 'number' && now > exp * 1_000 + CLOCK_SKEW) return undefined
  const bits = typeof subject.encodedList === 'string' ? await decodeStatusList(subject.encodedList) : undefined
  const ttl = typeof subject.ttl === 'number' && subject.ttl >= 0 ? subject.ttl : 300_000
  return bits && { bits, issuer: iss as string, purpose: subject.statusPurpose, until: plus(now, milliseconds(Math.min(ttl, LONGEST_TTL))) }
}

function judge(list: KnownList, claims: CredentialClaims, { purpose, index }: StatusEntry): StatusAnswer {
  if ('answer' in list) return list.answer
  if (list.issuer !== claims.issuer || list.purpose !== purpose) return 'list-refused'
  const bit = bitAt(list.bits, index)
  if (bit === undefined) return 'index-out-of-range'
  return bit === 0 ? 'good' : purpose === 'revocation' ? 'revoked' : 'suspended'
}

/** Reads status from Bitstring Status Lists, which stay inflated for their `ttl`. A credential without a status entry is good. */
export function listStatusSource({ load, keys, memory = createListMemory() }: ListStatusOptions): StatusSource {
  async function fetchList(url: string, now: Instant): Promise<KnownList> {
    const token = await load(url).catch(() => undefined)
    const failed = (answer: 'list-unreadable' | 'list-refused'): KnownList => ({ answer, until: instant(now + RETRY_AFTER) })
    const list = token === undefined ? failed('list-unreadable') : ((await readList(url, token, keys, now)) ?? failed('list-refused'))
    memory.set(url, list)
    return list
  }
  return {
    read(claims, now) {
      const { status } = claims
      if (!status) return 'good'
      const known = memory.get(status.listUrl)
      if (known && now < known.until) return judge(known, claims, status)
      return fetchList(status.listUrl, now).then((list) => judge(list, claims, status))
    },
  }
}
