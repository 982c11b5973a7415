import type { Reason } from './reasons.ts'
import { fail, isObject, type Members, ok, type Result } from './strict-parsing.ts'

/** Where the status of a credential stands. */
export interface StatusEntry {
  readonly purpose: 'revocation' | 'suspension'
  readonly listUrl: string
  readonly index: number
}

/** What a verified credential says of itself, its JWT claims and its fields being in agreement. */
export interface CredentialClaims {
  /** `id` and `jti`: its identity, whatever the text of its token. */
  readonly id: string
  readonly issuer: string
  readonly subject: string
  readonly validFrom: number
  readonly validUntil?: number
  readonly status?: StatusEntry
}

/** Reads an RFC 3339 time with an offset, in milliseconds since 1970; undefined when it is none. */
export function parseTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}

export const idOf = (value: unknown): unknown => (isObject(value) ? value.id : value)

/** The instant of a field whose whole second is also a claim; undefined when they disagree. */
function agreeingTime(field: unknown, claim: unknown): number | undefined {
  const at = typeof field === 'string' ? parseTime(field) : undefined
  return at !== undefined && Number.isInteger(claim) && Math.floor(at / 1_000) === claim
    ? (claim as number) * 1_000
    : undefined
}

/** Reads `credentialStatus`: undefined without one, `status-malformed` when it is not exactly one entry. */
function readStatus(status: unknown): StatusEntry | undefined | 'status-malformed' {
  if (status === undefined) return undefined
  if (!isObject(status)) return 'status-malformed'
  const { type, statusPurpose: purpose, statusListCredential: listUrl, statusListIndex: index } = status
  const isEntry =
    type === 'BitstringStatusListEntry' || (Array.isArray(type) && type.includes('BitstringStatusListEntry'))
  if (!isEntry || (purpose !== 'revocation' && purpose !== 'suspension') || typeof listUrl !== 'string')
    return 'status-malformed'
  if (typeof index !== 'string' || !/^(0|[1-9]\d{0,9})$/.test(index)) return 'status-malformed'
  return { purpose, listUrl, index: Number(index) }
}

const isBadge = ({ '@context': contexts, type, credentialSubject }: Members): boolean =>
  Array.isArray(contexts) &&
  contexts[0] === 'https://www.w3.org/ns/credentials/v2' &&
  Array.isArray(type) &&
  type.includes('VerifiableCredential') &&
  (type.includes('OpenBadgeCredential') || type.includes('AchievementCredential')) &&
  isObject(credentialSubject)

/** claims → issuer: every JWT claim must equal its field, and the key, `iss` and `issuer.id` must be of one DID. */
export function readClaims(payload: Members, keyOwner: string | undefined): Result<CredentialClaims, Reason> {
  if ('vc' in payload || 'vp' in payload) return fail('old-envelope')
  if (!isBadge(payload)) return fail('not-a-badge')
  const { id, jti, iss, sub, nbf, exp } = payload
  if (typeof id !== 'string' || id === '' || jti !== id) return fail('id-differs')
  if (typeof sub !== 'string' || sub === '' || sub !== idOf(payload.credentialSubject)) return fail('subject-differs')
  const validFrom = agreeingTime(payload.validFrom, nbf)
  if (validFrom === undefined) return fail('start-differs')
  const isEndless = payload.validUntil === undefined && exp === undefined
  const validUntil = isEndless ? undefined : agreeingTime(payload.validUntil, exp)
  if (validUntil === undefined && !isEndless) return fail('end-differs')
  const status = readStatus(payload.credentialStatus)
  if (status === 'status-malformed') return fail(status)
  if (typeof iss !== 'string' || iss !== keyOwner || iss !== idOf(payload.issuer)) return fail('issuer-differs')
  return ok({ id, issuer: iss, subject: sub, validFrom, validUntil, status })
}
