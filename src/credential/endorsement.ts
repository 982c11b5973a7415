import {
  CLOCK_SKEW,
  didOfKid,
  isObject,
  openToken,
  publicMembers,
  reasons,
  verificationAlgorithm,
} from '@kentei/verify/parts'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import { type Instant, parseRfc3339 } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { EndorsementRow } from './tables.ts'

/** What somebody says of an achievement, in a signed EndorsementCredential. */
export interface Endorsement {
  /** DID of who endorses. */
  readonly issuer: string
  readonly issuerName: string
  readonly comment?: string
  readonly validFrom: Instant
  readonly validUntil?: Instant
}

/** Longest endorsement that is taken: each new badge carries it. */
export const MAX_ENDORSEMENT_BYTES = 4_096

type Members = Readonly<Record<string, unknown>>

const timeOf = (field: unknown): Instant | undefined => (typeof field === 'string' ? parseRfc3339(field) : undefined)

function isEndorsement({ '@context': contexts, type }: Members): boolean {
  return (
    Array.isArray(contexts) &&
    contexts[0] === 'https://www.w3.org/ns/credentials/v2' &&
    Array.isArray(type) &&
    type.includes('VerifiableCredential') &&
    type.includes('EndorsementCredential')
  )
}

/** Reads the content of a token whose signature fits; the refusal is a sentence. Source: Open Badges 3.0, B.1.10 EndorsementCredential. */
function readEndorsement(
  payload: Members,
  keyOwner: string | undefined,
  achievement: string,
): Result<Endorsement, string> {
  const { id, jti, iss, sub, nbf, exp, name, issuer, credentialSubject: subject } = payload
  if (!isEndorsement(payload)) return fail('The content is not an EndorsementCredential.')
  if (typeof name !== 'string' || name === '') return fail('It has no name, which Open Badges asks of an endorsement.')
  if (typeof id !== 'string' || jti !== id) return fail(reasons['id-differs'][1])
  if (!isObject(subject) || subject.id !== achievement || sub !== achievement)
    return fail('It endorses something else than this achievement.')
  if (!Array.isArray(subject.type) || !subject.type.includes('EndorsementSubject'))
    return fail('Its subject is not of the type EndorsementSubject.')
  if (!isObject(issuer) || typeof issuer.name !== 'string' || issuer.name === '' || issuer.name.length > 200)
    return fail('Its issuer has no name.')
  if (iss !== keyOwner || issuer.id !== iss) return fail(reasons['issuer-differs'][1])
  const [validFrom, validUntil] = [timeOf(payload.validFrom), timeOf(payload.validUntil)]
  if (validFrom === undefined || Math.floor(validFrom / 1_000) !== nbf) return fail(reasons['start-differs'][1])
  if (
    (payload.validUntil === undefined) !== (exp === undefined) ||
    (exp !== undefined && (validUntil === undefined || Math.floor(validUntil / 1_000) !== exp))
  )
    return fail(reasons['end-differs'][1])
  const comment =
    typeof subject.endorsementComment === 'string' && subject.endorsementComment.length <= 1_000
      ? subject.endorsementComment
      : undefined
  return ok({
    issuer: iss as string,
    issuerName: issuer.name,
    ...(comment === undefined ? {} : { comment }),
    validFrom,
    ...(validUntil === undefined ? {} : { validUntil }),
  })
}

export interface EndorsementToken {
  readonly jwt: string
  /** The one key that may have signed it, under the id that its header names. */
  readonly publicJwk: JWK
  /** Address of the achievement that it has to be about. */
  readonly achievement: string
}

/** Checks signature, content and that it has begun. Its end is not judged: what ended was an endorsement once. */
export async function verifyEndorsement(
  { jwt, publicJwk, achievement }: EndorsementToken,
  now: Instant,
): Promise<Result<Endorsement, string>> {
  if (jwt.length > MAX_ENDORSEMENT_BYTES) return fail(`It is larger than ${MAX_ENDORSEMENT_BYTES} bytes.`)
  const alg = verificationAlgorithm(publicJwk)
  if (!alg) return fail(reasons['algorithm-refused'][1])
  const key = { alg, publicKey: (await importJWK(publicMembers(publicJwk), alg)) as CryptoKey } as const
  const opened = await openToken(jwt, { find: (kid) => (kid === publicJwk.kid ? key : 'key-unknown') }, now)
  if (!opened.ok) return fail(reasons[opened.problem][1])
  const read = readEndorsement(opened.value.payload, didOfKid(opened.value.header.kid), achievement)
  return read.ok && read.value.validFrom > now + CLOCK_SKEW ? fail(reasons['not-yet-valid'][1]) : read
}

/** An endorsement as it stands now, for who looks at the achievement. `broken`: the kept text is not what was checked. */
export type StandingEndorsement = (Endorsement & { readonly state: 'holds' | 'ended' }) | { readonly state: 'broken' }

/** Judges a kept endorsement anew, with the key that its issuer published when it was taken. */
export async function standingOf(
  { jwt, publicJwk }: EndorsementRow,
  achievement: string,
  now: Instant,
): Promise<StandingEndorsement> {
  const read = await verifyEndorsement({ jwt, publicJwk, achievement }, now)
  if (!read.ok) return { state: 'broken' }
  return {
    ...read.value,
    state: read.value.validUntil !== undefined && now > read.value.validUntil ? 'ended' : 'holds',
  }
}
