import { type CredentialClaims, idOf, parseTime, type StatusEntry } from './credential-claims.ts'
import { type Flights, fetchGuarded, type GuardedFetch, inOneFlight, readBounded } from './guarded-fetch.ts'
import { didOfKid } from './issuer-keys.ts'
import type { StatusUnknown } from './reasons.ts'
import { type BoundedMemory, boundedMemory } from './shared-work.ts'
import { type KeySource, openToken } from './signed-token.ts'
import { decodeBase64url, isObject, type Members } from './strict-parsing.ts'
import { CLOCK_SKEW, type StatusAnswer, type StatusSource } from './verification.ts'

/** Entries of a list: the least that hides which credential somebody looked up. Source: W3C Bitstring Status List 1.0, §4.3. */
export const LIST_ENTRIES = 131_072

/** Largest list that is inflated, in bytes. */
export const MAX_LIST_BYTES = 1_048_576

/** A bit string; bit 0 is the left-most, most significant bit of the first byte. */
export type StatusBits = Uint8Array<ArrayBuffer>

/** The bit of an index; undefined when the list has no such entry. */
export function bitAt(bits: StatusBits, index: number): 0 | 1 | undefined {
  const byte = Number.isInteger(index) && index >= 0 ? bits[index >>> 3] : undefined
  return byte === undefined ? undefined : (((byte >> (7 - (index & 7))) & 1) as 0 | 1)
}

/** Reads an encoded list, or says why it is none: one that inflates past 1 MB, or holds fewer entries than privacy needs. */
export async function decodeStatusList(
  encoded: string,
): Promise<StatusBits | 'list-refused' | 'list-too-large' | 'list-too-short'> {
  const compressed = encoded.startsWith('u') ? decodeBase64url(encoded.slice(1)) : undefined
  const bits = compressed ? await inflate(compressed) : 'list-refused'
  return typeof bits !== 'string' && bits.length * 8 < LIST_ENTRIES ? 'list-too-short' : bits
}

/** Stops at the cap while inflating, so that a small bomb costs at most a megabyte. */
async function inflate(compressed: Uint8Array<ArrayBuffer>): Promise<StatusBits | 'list-refused' | 'list-too-large'> {
  const bits = await readBounded(
    new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip')),
    MAX_LIST_BYTES,
  ).catch(() => 'list-refused' as const)
  return bits === 'too-long' ? 'list-too-large' : bits
}

/** Loads the token of a list of an issuer; undefined when it cannot be read. */
export type ListLoader = (url: string, issuer: string) => Promise<string | undefined>

/** Loads lists of strangers, with all care; of issuers who are vouched for also where no stranger's list may be, but on their own origin alone. */
export const guardedListLoader =
  (fetch: GuardedFetch, vouchedFor: ReadonlyMap<string, string> = new Map()): ListLoader =>
  async (url, issuer) => {
    const isVouchedFor = URL.canParse(url) && new URL(url).origin === vouchedFor.get(issuer)
    const bytes = await fetchGuarded(fetch, url, 'application/vc+jwt', isVouchedFor)
    return bytes && new TextDecoder().decode(bytes).trim()
  }

/** How long a list may be used, whatever it says of itself; and how soon one that failed is tried again. */
const LONGEST_TTL = 3_600_000
const RETRY_AFTER = 30_000

/** For lists that state no ttl. */
const USUAL_TTL = 300_000

type KnownList =
  | { readonly answer: StatusUnknown; readonly until: number }
  | { readonly bits: StatusBits; readonly issuer: string; readonly purpose: unknown; readonly until: number }

/** Inflated lists, by issuer and URL, across requests: of whom it is asked decides what may be loaded. Each takes 16 KB to 1 MB. */
export type ListMemory = BoundedMemory<KnownList>
export const createListMemory = (lists = 50): ListMemory => boundedMemory<KnownList>(lists)

export interface ListStatusOptions {
  readonly load: ListLoader
  readonly keys: KeySource
  readonly memory?: ListMemory
  /** Whether one more list may be loaded now. */
  readonly mayCall?: () => boolean
}

/** The instant of a claim or a field; not a number for what is none. */
const timeOf = (value: unknown): number =>
  typeof value === 'number' ? value * 1_000 : ((typeof value === 'string' ? parseTime(value) : undefined) ?? Number.NaN)

/** Whether a list is in its time, by its claims and by its fields, of which it may have either. */
function timeFaultOf({ nbf, exp, validFrom, validUntil }: Members, now: number): StatusUnknown | undefined {
  const [starts, ends] = [
    [nbf, validFrom],
    [exp, validUntil],
  ].map((times) => times.filter((time) => time !== undefined).map(timeOf)) as [number[], number[]]
  if ([...starts, ...ends].some(Number.isNaN)) return 'list-refused'
  if (starts.some((start) => now < start - CLOCK_SKEW)) return 'list-not-yet-valid'
  return ends.some((end) => now > end + CLOCK_SKEW) ? 'list-expired' : undefined
}

/** What makes a signed payload no list of this URL in its time. */
function faultOf(payload: Members, url: string, keyOwner: string | undefined, now: number): StatusUnknown | undefined {
  const { id, jti, iss, issuer, sub, type, credentialSubject: subject } = payload
  if ('vc' in payload || 'vp' in payload) return 'list-refused'
  if (
    !Array.isArray(type) ||
    !type.includes('BitstringStatusListCredential') ||
    !isObject(subject) ||
    (sub !== undefined && sub !== subject.id)
  )
    return 'list-refused'
  if (id !== url || jti !== id) return 'list-refused'
  if (iss !== keyOwner || idOf(issuer) !== iss) return 'list-issuer-differs'
  return timeFaultOf(payload, now)
}

/** A list that is signed by its issuer, of this URL, in its time and complete; else why it is not. */
async function readList(url: string, token: string, keys: KeySource, now: number): Promise<KnownList | StatusUnknown> {
  const opened = await openToken(token, keys, now)
  if (!opened.ok) return 'list-refused'
  const { header, payload } = opened.value
  const fault = faultOf(payload, url, didOfKid(header.kid), now)
  if (fault) return fault
  const { encodedList, statusPurpose: purpose, ttl } = payload.credentialSubject as Members
  const bits = typeof encodedList === 'string' ? await decodeStatusList(encodedList) : 'list-refused'
  if (typeof bits === 'string') return bits
  const lasts = Math.min(typeof ttl === 'number' && ttl >= 0 ? ttl : USUAL_TTL, LONGEST_TTL)
  return { bits, issuer: payload.iss as string, purpose, until: now + lasts }
}

function judge(list: KnownList, claims: CredentialClaims, { purpose, index }: StatusEntry): StatusAnswer {
  if ('answer' in list) return list.answer
  if (list.issuer !== claims.issuer) return 'list-issuer-differs'
  if (list.purpose !== purpose) return 'list-purpose-differs'
  const bit = bitAt(list.bits, index)
  if (bit === undefined) return 'index-out-of-range'
  return bit === 0 ? 'good' : purpose === 'revocation' ? 'revoked' : 'suspended'
}

/**
 * Reads status from Bitstring Status Lists, which stay inflated for their `ttl`. Many callers of one list share one fetch.
 * A credential without a status entry is good.
 */
export function listStatusSource({
  load,
  keys,
  memory = createListMemory(),
  mayCall = () => true,
}: ListStatusOptions): StatusSource {
  const flights: Flights<KnownList> = new Map()
  async function fetchList(key: string, url: string, issuer: string, now: number): Promise<KnownList> {
    const token = await load(url, issuer).catch(() => undefined)
    const read = token === undefined ? 'list-unreadable' : await readList(url, token, keys, now)
    const list = typeof read === 'string' ? { answer: read, until: now + RETRY_AFTER } : read
    memory.set(key, list)
    return list
  }
  return {
    read({ claims }, now) {
      const { status, issuer } = claims
      if (!status) return 'good'
      const key = JSON.stringify([issuer, status.listUrl])
      const known = memory.get(key)
      // longer than any list lasts: a clock was ahead when it was read
      if (known && now < known.until && known.until - now <= LONGEST_TTL) return judge(known, claims, status)
      if (!flights.has(key) && !mayCall()) return 'list-not-asked'
      return inOneFlight(flights, key, () => fetchList(key, status.listUrl, issuer, now), {
        answer: 'list-unreadable',
        until: now,
      }).then((list) => judge(list, claims, status))
    },
  }
}
