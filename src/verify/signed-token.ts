import { type CryptoKey, compactVerify, errors } from 'jose'
import type { Reason } from './reasons.ts'
import { boundedMemory } from './shared-work.ts'
import { decodeBase64url, fail, isOnlyText, type Members, ok, parseMembers, type Result } from './strict-parsing.ts'

/** Longest token that is looked at, in bytes (a token is ASCII). */
export const MAX_TOKEN_BYTES = 32_768

/** A public key that may verify, whoever published it. */
export interface VerificationKey {
  readonly alg: 'ES256' | 'RS256'
  readonly publicKey: CryptoKey
}

/** Answer of a key source: a key, or why there is none. */
export type KeyLookup =
  | VerificationKey
  | Extract<
      Reason,
      'key-unknown' | 'key-blocked' | 'issuer-refused' | 'issuer-untrusted' | 'issuer-unreachable' | 'issuer-not-asked'
    >

/** Finds keys by `kid`, compared exactly and as an opaque text. */
export interface KeySource {
  find(kid: string, now: number): KeyLookup | Promise<KeyLookup>
}

export interface TokenHeader {
  readonly alg: VerificationKey['alg']
  readonly kid: string
}

/** A token whose signature fits. What the payload claims is not judged yet. */
export interface OpenedToken {
  readonly header: TokenHeader
  readonly payload: Members
}

/**
 * Types of a signed credential: Open Badges knows it as `JWT`, VC-JOSE-COSE as `vc+jwt`. `JWT` may be any token, so that what
 * it holds is told by the type and the issuer of its content. Sources: Open Badges 3.0, 8.2.3; VC-JOSE-COSE, 3.1.1.
 */
const tokenTypes: readonly unknown[] = ['JWT', 'vc+jwt']

const keyBringers = ['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256']

/** Judges a header: the order of the questions decides which reason a token with several faults gets. */
function judgeHeader(header: Members): Result<TokenHeader, Reason> {
  const { alg, kid, typ } = header
  if ('crit' in header || 'b64' in header) return fail('header-critical')
  if (keyBringers.some((member) => member in header)) return fail('header-brings-key')
  if (!tokenTypes.includes(typ)) return fail('type-refused')
  if (alg !== 'ES256' && alg !== 'RS256') return fail('algorithm-refused')
  if (typeof kid !== 'string' || kid === '' || kid.length > 512) return fail('key-missing')
  if (Object.keys(header).length !== 3) return fail('header-members')
  return ok({ alg, kid })
}

const headerFaults = { 'not-json': 'header-not-json', repeats: 'header-repeats', 'too-deep': 'header-members' } as const
const payloadFaults = {
  'not-json': 'payload-not-json',
  repeats: 'payload-repeats',
  'too-deep': 'payload-too-deep',
} as const

/** All tokens of a key have the same header, letter by letter: what it says is worked out once. */
const knownHeaders = boundedMemory<Result<TokenHeader, Reason>>(64)
const MAX_KNOWN_HEADER = 1_024

function readHeader(head: string): Result<TokenHeader, Reason> {
  const known = knownHeaders.get(head)
  if (known) return known
  const bytes = decodeBase64url(head)
  if (!bytes) return fail('not-canonical')
  const members = parseMembers(bytes)
  const header = members.ok ? judgeHeader(members.value) : fail(headerFaults[members.problem])
  if (header.ok && head.length <= MAX_KNOWN_HEADER) knownHeaders.set(head, header)
  return header
}

/** Judges the form of a compact JWS, strictly: one token has one text. The size is judged before anything is parsed. */
function readForm(text: unknown): Result<TokenHeader, Reason> {
  // programs without types hand over whatever stood in a field
  if (typeof text !== 'string') return fail('not-compact')
  if (text.length > MAX_TOKEN_BYTES) return fail('too-large')
  const first = text.indexOf('.')
  const last = text.indexOf('.', first + 1)
  if (first < 1 || last < first + 2 || last === text.length - 1 || text.indexOf('.', last + 1) >= 0)
    return fail('not-compact')
  if (!isOnlyText(text.slice(first + 1, last)) || !isOnlyText(text.slice(last + 1))) return fail('not-canonical')
  return readHeader(text.slice(0, first))
}

/** What it means that no signature was found to fit: whatever its length or form, a wrong one is just wrong. */
function signatureFault(error: unknown): Reason {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature-wrong'
  // the header is read by now, so what is left to be invalid is a character that no decoder takes
  if (error instanceof errors.JWSInvalid) return 'not-canonical'
  throw error
}

/** size → strict parse → header → key → signature → content. The key comes from the source alone, never from the token. */
export async function openToken(text: string, keys: KeySource, now: number): Promise<Result<OpenedToken, Reason>> {
  const header = readForm(text)
  if (!header.ok) return header
  const { alg, kid } = header.value
  const found = keys.find(kid, now)
  const key = found instanceof Promise ? await found : found
  if (typeof key === 'string') return fail(key)
  if (key.alg !== alg) return fail('algorithm-mismatch')
  let payload: Uint8Array
  try {
    ;({ payload } = await compactVerify(text, key.publicKey, { algorithms: [alg] }))
  } catch (error) {
    return fail(signatureFault(error))
  }
  const content = parseMembers(payload)
  return content.ok ? ok({ header: header.value, payload: content.value }) : fail(payloadFaults[content.problem])
}
