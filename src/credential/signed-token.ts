import type { Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { decodeBase64url } from './base64url.ts'
import type { VerificationKey } from './keys.ts'
import { signatureParameters } from './sign-credential.ts'
import type { Reason } from './token-refusal.ts'

/** Longest token that is looked at, in bytes (a token is ASCII). */
export const MAX_TOKEN_BYTES = 32_768

/** Answer of a key source: a key, or why there is none. */
export type KeyLookup = VerificationKey | Extract<Reason, 'key-unknown' | 'key-blocked' | 'issuer-refused' | 'issuer-unreachable'>

/** Finds keys by `kid`, compared exactly and as an opaque text. */
export interface KeySource {
  find(kid: string, now: Instant): KeyLookup | Promise<KeyLookup>
}

export interface TokenHeader {
  readonly alg: 'ES256' | 'RS256'
  readonly kid: string
}

interface CompactToken {
  readonly header: TokenHeader
  readonly payload: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
  readonly signed: Uint8Array<ArrayBuffer>
}

/** A token whose signature fits. What the payload claims is not judged yet. */
export interface OpenedToken {
  readonly header: TokenHeader
  readonly payload: Readonly<Record<string, unknown>>
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const ascii = new TextEncoder()

function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const keyBringers = ['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256']

/** Judges a header: the order of the questions decides which reason a token with several faults gets. */
function readHeader(header: Readonly<Record<string, unknown>>): Result<TokenHeader, Reason> {
  const { alg, kid, typ } = header
  if ('crit' in header || 'b64' in header) return fail('header-critical')
  if (keyBringers.some((member) => member in header)) return fail('header-brings-key')
  if (typ !== 'vc+jwt') return fail('type-refused')
  if (alg !== 'ES256' && alg !== 'RS256') return fail('algorithm-refused')
  if (typeof kid !== 'string' || kid === '' || kid.length > 512) return fail('key-missing')
  if (Object.keys(header).length !== 3) return fail('header-members')
  return ok({ alg, kid })
}

/** Takes a compact JWS apart, strictly: one token has one text. The size is judged before anything is parsed. */
function readCompact(text: string): Result<CompactToken, Reason> {
  if (text.length > MAX_TOKEN_BYTES) return fail('too-large')
  const first = text.indexOf('.')
  const last = text.indexOf('.', first + 1)
  if (first < 1 || last < first + 2 || last === text.length - 1 || text.indexOf('.', last + 1) >= 0) return fail('not-compact')
  const head = decodeBase64url(text.slice(0, first))
  const payload = decodeBase64url(text.slice(first + 1, last))
  const signature = decodeBase64url(text.slice(last + 1))
  if (!head || !payload || !signature) return fail('not-canonical')
  const members = parseObject(head)
  if (!members) return fail('header-not-json')
  const header = readHeader(members)
  return header.ok ? ok({ header: header.value, payload, signature, signed: ascii.encode(text.slice(0, last)) }) : header
}

/** size → strict parse → header → key → signature. The key comes from the source alone, never from the token. */
export async function openToken(text: string, keys: KeySource, now: Instant): Promise<Result<OpenedToken, Reason>> {
  const token = readCompact(text)
  if (!token.ok) return token
  const { header, payload, signature, signed } = token.value
  const found = keys.find(header.kid, now)
  const key = found instanceof Promise ? await found : found
  if (typeof key === 'string') return fail(key)
  if (key.alg !== header.alg) return fail('algorithm-mismatch')
  const verifying = crypto.subtle.verify(signatureParameters[key.alg], key.publicKey, signature, signed)
  // the content is read while another thread checks the signature; nobody sees it before the answer
  const content = parseObject(payload)
  if (!(await verifying)) return fail('signature-wrong')
  return content ? ok({ header, payload: content }) : fail('payload-not-json')
}
