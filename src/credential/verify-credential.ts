import { type Instant, milliseconds, minus, plus } from '../kernel/instant.ts'
import { type BoundedMemory, boundedMemory } from './bounded-memory.ts'
import { type CredentialClaims, readClaims } from './credential-claims.ts'
import { didOfKid } from './did-web.ts'
import { type KeySource, openToken } from './signed-token.ts'
import { type CheckName, checkNames, type Reason, reasons, unknowable } from './token-refusal.ts'

/** By how much two clocks may differ, at either edge of the validity. */
export const CLOCK_SKEW = milliseconds(60_000)

export type Verdict = 'valid' | 'expired' | 'suspended' | 'revoked' | 'unknown' | 'invalid'

export interface Check {
  readonly check: CheckName
  readonly outcome: 'passed' | 'failed' | 'unknown'
  /** Why it was not passed. */
  readonly code?: Reason
  /** The outcome in an English sentence. */
  readonly detail: string
}

export interface Verification {
  readonly verdict: Verdict
  /** In order, up to the first one that makes the rest meaningless. */
  readonly checks: readonly Check[]
  /** The signed content. Present once signature, claims and issuer are right, whatever the verdict. */
  readonly credential?: Readonly<Record<string, unknown>>
  readonly claims?: CredentialClaims
}

/** The state of a credential, or why it cannot be known. */
export type StatusAnswer = 'good' | 'expired' | 'suspended' | 'revoked' | Extract<Reason, 'list-unreadable' | 'list-refused' | 'index-out-of-range' | 'not-on-record'>

/** Knows whether a credential still stands. Asked on every verification; must answer, not throw. */
export interface StatusSource {
  read(claims: CredentialClaims, now: Instant): StatusAnswer | Promise<StatusAnswer>
}

interface Remembered {
  readonly kid: string
  readonly claims: CredentialClaims
  readonly credential: Readonly<Record<string, unknown>>
}

/**
 * Tokens whose signature, claims and issuer were once right, by their whole text. An exact text needs no digest: the
 * engine hashes a string natively, while WebCrypto's digest takes a third of a whole verification.
 */
export type TokenMemory = BoundedMemory<Remembered>

export const createTokenMemory = (tokens: number): TokenMemory => boundedMemory(tokens)

/** Longer tokens are not remembered, so that the memory's size in bytes is bounded too. */
const MAX_REMEMBERED_BYTES = 8_192

export interface VerifierOptions {
  readonly keys: KeySource
  readonly status: StatusSource
  /** Shared between verifiers of one process; without it this verifier has its own, of 2,000 tokens. */
  readonly memory?: TokenMemory
}

export interface Verifier {
  /** Judges a token at a time. Never throws on account of the token. */
  verify(token: string, now: Instant): Promise<Verification>
}

const passedDetails: Record<CheckName, string> = {
  format: 'A signed document of three canonical parts, within 32 KB.',
  algorithm: 'The algorithm is accepted and is the one of the key; the type is vc+jwt.',
  key: 'The issuer publishes the key, and it is not blocked.',
  signature: 'Not a character has changed since it was issued.',
  claims: 'Number, subject and period are the same in the signed claims and in the credential.',
  issuer: 'The owner of the key, iss and issuer.id are the same.',
  'validity-period': 'The time is within the validity.',
  revocation: 'The credential has not been revoked.',
  suspension: 'There is no suspension.',
}

const passed = Object.fromEntries(checkNames.map((check) => [check, Object.freeze({ check, outcome: 'passed', detail: passedDetails[check] })])) as Record<CheckName, Check>

const notPassed = (code: Reason): Check => ({ check: reasons[code][0], outcome: unknowable.has(code) ? 'unknown' : 'failed', code, detail: reasons[code][1] })

const lasting = checkNames.slice(0, 6).map((check) => passed[check])

/** A token that is refused for good: what was passed before, and the step that failed. */
function refusal(code: Reason): Verification {
  const before = checkNames.slice(0, checkNames.indexOf(reasons[code][0])).map((check) => passed[check])
  return { verdict: unknowable.has(code) ? 'unknown' : 'invalid', checks: [...before, notPassed(code)] }
}

function judgeTime({ validFrom, validUntil }: CredentialClaims, now: Instant): 'not-yet-valid' | 'past-its-end' | undefined {
  if (now < minus(validFrom, CLOCK_SKEW)) return 'not-yet-valid'
  return validUntil !== undefined && now > plus(validUntil, CLOCK_SKEW) ? 'past-its-end' : undefined
}

/** What time and status come to. Revocation outlasts expiry, and expiry a suspension, because neither can be undone. */
function verdictOf(time: ReturnType<typeof judgeTime>, status: StatusAnswer): Verdict {
  if (time === 'not-yet-valid') return 'invalid'
  if (status === 'revoked') return 'revoked'
  if (time === 'past-its-end' || status === 'expired') return 'expired'
  if (status === 'suspended') return 'suspended'
  return status === 'good' ? 'valid' : 'unknown'
}

function statusChecks(status: StatusAnswer): readonly [Check, Check] | readonly [Check] {
  switch (status) {
    case 'good':
    case 'expired':
      return [passed.revocation, passed.suspension]
    case 'suspended':
      return [passed.revocation, notPassed('is-suspended')]
    case 'revoked':
      return [notPassed('is-revoked')]
    default:
      return [notPassed(status)]
  }
}

/** Makes a verifier. Opening a token is remembered; its key, time and status are judged anew each time. */
export function createVerifier({ keys, status, memory = createTokenMemory(2_000) }: VerifierOptions): Verifier {
  /** size → strict parse → header → key → signature → claims → issuer */
  async function open(token: string, now: Instant): Promise<Remembered | Reason> {
    const opened = await openToken(token, keys, now)
    if (!opened.ok) return opened.problem
    const { header, payload } = opened.value
    const claims = readClaims(payload, didOfKid(header.kid))
    if (!claims.ok) return claims.problem
    const remembered = { kid: header.kid, claims: claims.value, credential: payload }
    if (token.length <= MAX_REMEMBERED_BYTES) memory.set(token, remembered)
    return remembered
  }

  /** A remembered token stands only as long as its key does. */
  async function recall(token: string, now: Instant): Promise<Remembered | Reason | undefined> {
    const known = memory.get(token)
    if (!known) return undefined
    const found = keys.find(known.kid, now)
    const key = found instanceof Promise ? await found : found
    return typeof key === 'string' ? key : known
  }

  return {
    async verify(token, now) {
      const known = (await recall(token, now)) ?? (await open(token, now))
      if (typeof known === 'string') return refusal(known)
      const { claims, credential } = known
      const time = judgeTime(claims, now)
      const answer = await status.read(claims, now)
      const timeCheck = time === undefined && answer === 'expired' ? 'past-its-end' : time
      const checks = [...lasting, timeCheck ? notPassed(timeCheck) : passed['validity-period'], ...statusChecks(answer)]
      return { verdict: verdictOf(time, answer), checks, credential, claims }
    },
  }
}
