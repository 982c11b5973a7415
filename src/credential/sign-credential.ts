import type { Genuine } from '@kentei/verify/parts'
import { base64url, CompactSign, type CryptoKey, compactVerify } from 'jose'
import type { Instant } from '../kernel/instant.ts'
import { type KeyRing, type RingKey, signingKey } from './keys.ts'
import { type CredentialDocument, type OpenBadgeInput, openBadge } from './open-badge.ts'
import { type StatusListInput, statusListCredential } from './status-list.ts'

type SigningKey = RingKey & { readonly privateKey: CryptoKey }

const bytesOf = (content: unknown) => new TextEncoder().encode(JSON.stringify(content))

/** `JWT` is the type of a badge in Open Badges, `vc+jwt` that of any credential in VC-JOSE-COSE. */
export type TokenType = 'JWT' | 'vc+jwt'

const headerOf = ({ alg, kid }: Pick<RingKey, 'alg' | 'kid'>, typ: TokenType) => ({ alg, kid, typ })

const tokenHeader = (key: Pick<RingKey, 'alg' | 'kid'>, type: TokenType): string =>
  base64url.encode(JSON.stringify(headerOf(key, type)))

/** The first parts that tokens of a key have, one of each type. */
export const tokenHeaders = (key: Pick<RingKey, 'alg' | 'kid'>): readonly string[] =>
  (['JWT', 'vc+jwt'] as const).map((type) => tokenHeader(key, type))

async function signBytes(content: Uint8Array, key: SigningKey, type: TokenType = 'JWT'): Promise<string> {
  if (key.alg === 'Ed25519') throw new Error('Open Badges has no Ed25519: a credential key is ES256 or RS256')
  return new CompactSign(content).setProtectedHeader(headerOf(key, type)).sign(key.privateKey)
}

function credentialKey(ring: KeyRing): SigningKey {
  const key = signingKey(ring, 'credential')
  if (!key) throw new Error('There is no active credential key; `kentei keys` makes one')
  return key
}

/** Issues a badge that has been written, as compact JWS. Throws when no credential key is active. */
export const signDocument = async (document: CredentialDocument, ring: KeyRing): Promise<string> =>
  signBytes(bytesOf(document), credentialKey(ring))

/** Issues: the badge as compact JWS (`typ: JWT`), signed by the active credential key. Throws when there is none. */
export const signCredential = async (input: OpenBadgeInput, ring: KeyRing): Promise<string> =>
  signDocument(openBadge(input), ring)

/** The very same content under the active key, byte for byte. Whether it deserves that is for the caller to know. */
export const signAnew = (token: string, ring: KeyRing): Promise<string> =>
  signBytes(base64url.decode(token.split('.')[1] as string), credentialKey(ring))

/** Content of ours under the active key. */
export const signContent = (content: Readonly<Record<string, unknown>>, ring: KeyRing): Promise<string> =>
  signBytes(bytesOf(content), credentialKey(ring))

/** The signed status list as of `now`, which ends `LIST_LIFETIME` later. */
export const signStatusList = async (
  input: Omit<StatusListInput, 'origin' | 'issuer'>,
  ring: KeyRing,
  now: Instant,
): Promise<string> =>
  signBytes(
    bytesOf(await statusListCredential({ ...input, origin: ring.origin, issuer: ring.issuer }, now)),
    credentialKey(ring),
    'vc+jwt',
  )

/**
 * A badge of ours as a token of a type: as it is on record where it has that type, else the same content under the active
 * key. What a key that is blocked now has signed is not signed again, and stays as it is.
 */
export async function tokenOfType(token: string, type: TokenType, ring: KeyRing): Promise<string> {
  const isOf = (key: RingKey) => token.startsWith(`${tokenHeader(key, type)}.`)
  const keys = ring.keys.filter(({ use, state }) => use === 'credential' && state !== 'blocked')
  if (keys.some(isOf) || !signingKey(ring, 'credential')) return token
  const content = await contentSignedBy(token, { ...ring, keys })
  return content ? signBytes(base64url.decode(token.split('.')[1] as string), credentialKey(ring), type) : token
}

/** Digest of a token as subresource integrity writes it. Source: W3C Subresource Integrity, 3.5. */
export async function digestOf(token: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', new TextEncoder().encode(token)))
  return `sha384-${btoa(String.fromCharCode(...hash))}`
}

/**
 * Whether a credential is what a token of ours holds. Signatures are not compared: there are as many of one content as one
 * likes. A renewal or a correction holds the digest of the token before it, which is another once that is signed anew; its
 * earlier tokens stay good, and are told by the rest of the content.
 */
export function isAsIssued(token: string, { content, credential }: Pick<Genuine, 'content' | 'credential'>): boolean {
  const start = token.indexOf('.') + 1
  if (token.startsWith(content, start) && token[start + content.length] === '.') return true
  return (
    credential.relatedResource !== undefined &&
    withoutDigests(JSON.parse(new TextDecoder().decode(base64url.decode(token.split('.')[1] as string)))) ===
      withoutDigests(credential)
  )
}

/** Content as text, letter by letter but for digests of related resources. */
const withoutDigests = (content: object): string =>
  JSON.stringify(content, (name, value) => (name === 'digestSRI' && typeof value === 'string' ? '' : value))

/** The content of a token that one of the ring's keys signed, blocked ones too; undefined for any other. It tells ours from a stranger's, not good from stolen. */
export async function contentSignedBy(
  token: string,
  ring: KeyRing,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const key = ring.keys.find(
    (known) => known.use === 'credential' && tokenHeaders(known).some((header) => token.startsWith(`${header}.`)),
  )
  try {
    return key && JSON.parse(new TextDecoder().decode((await compactVerify(token, key.publicKey)).payload))
  } catch {
    return undefined
  }
}
