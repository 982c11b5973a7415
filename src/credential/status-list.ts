import { encodeBase64url, LIST_ENTRIES, type StatusBits } from '@kentei/verify/parts'
import { type Instant, milliseconds, plus, toRfc3339 } from '../kernel/instant.ts'
import { type CredentialDocument, statusListUrl, wholeSecond } from './open-badge.ts'

/** How long a published list may be cached, in milliseconds: the longest time a revocation can go unseen. */
export const LIST_TTL = milliseconds(300_000)

/** A signed list is good for this long; a copy older than that is no answer. */
const LIST_LIFETIME = milliseconds(86_400_000)

/** The bits of a list in which exactly the given indices are revoked. Indices outside the list throw: they are a bug. */
export function statusBits(revoked: Iterable<number>, entries: number = LIST_ENTRIES): StatusBits {
  const bits = new Uint8Array(entries / 8)
  for (const index of revoked) {
    if (!Number.isInteger(index) || index < 0 || index >= entries)
      throw new RangeError(`No entry ${index} in a list of ${entries}`)
    bits[index >> 3] = (bits[index >> 3] as number) | (0x80 >> (index & 7))
  }
  return bits
}

/** gzip, then base64url with the multibase prefix `u`. */
export async function encodeStatusList(bits: StatusBits): Promise<string> {
  const compressed = new Response(new Blob([bits]).stream().pipeThrough(new CompressionStream('gzip')))
  return `u${encodeBase64url(new Uint8Array(await compressed.arrayBuffer()))}`
}

export interface StatusListInput {
  readonly origin: string
  /** DID of the issuer. */
  readonly issuer: string
  readonly list: number
  readonly revoked: Iterable<number>
}

/** Builds the Bitstring Status List credential of one list, with its JWT claims. Source: W3C Bitstring Status List 1.0, §2.2. */
export async function statusListCredential(
  { origin, issuer, list, revoked }: StatusListInput,
  now: Instant,
): Promise<CredentialDocument> {
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
    credentialSubject: {
      id: subject,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: await encodeStatusList(statusBits(revoked)),
      ttl: LIST_TTL,
    },
    iss: issuer,
    jti: id,
    sub: subject,
    nbf: from / 1_000,
    exp: until / 1_000,
  }
}
