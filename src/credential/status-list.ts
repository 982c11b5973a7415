import { type Instant, milliseconds, plus, toRfc3339 } from '../kernel/instant.ts'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { type CredentialDocument, statusListUrl, wholeSecond } from './open-badge.ts'

/** Entries of a list: the least that hides which credential somebody looked up. Source: W3C Bitstring Status List 1.0, §4.3. */
export const LIST_ENTRIES = 131_072

/** How long a published list may be cached, in milliseconds: the longest time a revocation can go unseen. */
export const LIST_TTL = milliseconds(300_000)

/** A signed list is good for this long; a copy older than that is no answer. */
const LIST_LIFETIME = milliseconds(86_400_000)

/** Largest list that is inflated, in bytes. */
export const MAX_LIST_BYTES = 1_048_576

/** A bit string; bit 0 is the left-most, most significant bit of the first byte. */
export type StatusBits = Uint8Array<ArrayBuffer>

/** The bits of a list in which exactly the given indices are revoked. Indices outside the list throw: they are a bug. */
export function statusBits(revoked: Iterable<number>, entries: number = LIST_ENTRIES): StatusBits {
  const bits = new Uint8Array(entries / 8)
  for (const index of revoked) {
    if (!Number.isInteger(index) || index < 0 || index >= entries) throw new RangeError(`No entry ${index} in a list of ${entries}`)
    bits[index >> 3] = (bits[index >> 3] as number) | (0x80 >> (index & 7))
  }
  return bits
}

/** The bit of an index; undefined when the list has no such entry. */
export function bitAt(bits: StatusBits, index: number): 0 | 1 | undefined {
  const byte = Number.isInteger(index) && index >= 0 ? bits[index >>> 3] : undefined
  return byte === undefined ? undefined : (((byte >> (7 - (index & 7))) & 1) as 0 | 1)
}

/** gzip, then base64url with the multibase prefix `u`. */
export async function encodeStatusList(bits: StatusBits): Promise<string> {
  const compressed = new Response(new Blob([bits]).stream().pipeThrough(new CompressionStream('gzip')))
  return `u${encodeBase64url(new Uint8Array(await compressed.arrayBuffer()))}`
}

/** Reads an encoded list; undefined when it is not one, inflates past 1 MB, or holds fewer entries than privacy needs. */
export async function decodeStatusList(encoded: string): Promise<StatusBits | undefined> {
  const compressed = encoded.startsWith('u') ? decodeBase64url(encoded.slice(1)) : undefined
  const bits = compressed && (await inflate(compressed))
  return bits && bits.length * 8 >= LIST_ENTRIES ? bits : undefined
}

/** Stops at the cap while inflating, so that a small bomb costs at most a megabyte. */
async function inflate(compressed: Uint8Array<ArrayBuffer>): Promise<StatusBits | undefined> {
  const reader = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const out = new Uint8Array(MAX_LIST_BYTES)
  let length = 0
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (length + chunk.value.length > MAX_LIST_BYTES) {
        await reader.cancel()
        return undefined
      }
      out.set(chunk.value, length)
      length += chunk.value.length
    }
  } catch {
    return undefined
  }
  return out.slice(0, length)
}

export interface StatusListInput {
  readonly origin: string
  /** DID of the issuer. */
  readonly issuer: string
  readonly list: number
  readonly revoked: Iterable<number>
}

/** Builds the Bitstring Status List credential of one list, with its JWT claims. Source: W3C Bitstring Status List 1.0, §2.2. */
export async function statusListCredential({ origin, issuer, list, revoked }: StatusListInput, now: Instant): Promise<CredentialDocument> {
  const id = statusListUrl(origin, list)
  const from = wholeSecond(now)
  const until = plus(from, LIST_LIFETIME)
  const subject = `${id}#list`
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: toRfc3339(from),
    validUntil: toRfc3339(until),
    credentialSubject: { id: subject, type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: await encodeStatusList(statusBits(revoked)), ttl: LIST_TTL },
    iss: issuer,
    jti: id,
    sub: subject,
    nbf: from / 1_000,
    exp: until / 1_000,
  }
}
