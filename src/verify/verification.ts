import type { CredentialClaims } from './credential-claims.ts'
import { type CheckName, checkNames, type Reason, reasons, type StatusUnknown, unknowable } from './reasons.ts'

/** By how many milliseconds two clocks may differ, at either edge of the validity. */
export const CLOCK_SKEW = 60_000

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

type KnownState = 'good' | 'expired' | 'suspended' | 'revoked'

/**
 * The state of a credential, or why it cannot be known. `asIssued` is the state by who holds what was issued, and found
 * this to be the same; `differs-from-record` is the answer to anything else under a number on record.
 */
export type StatusAnswer = KnownState | StatusUnknown | 'differs-from-record' | { readonly asIssued: KnownState }

/** A credential whose signature, claims and issuer are right. */
export interface Genuine {
  readonly claims: CredentialClaims
  readonly credential: Readonly<Record<string, unknown>>
  /** Its signed text: the second part of its token. */
  readonly content: string
}

/** Knows whether a credential still stands. Asked on every verification; must answer, not throw. */
export interface StatusSource {
  read(genuine: Genuine, now: number): StatusAnswer | Promise<StatusAnswer>
  /** The same of many, in their order, for sources that know them all at once. */
  readAll?(genuine: readonly Genuine[], now: number): Promise<readonly StatusAnswer[]>
}

const passedDetails: Record<CheckName, string> = {
  format: 'A signed document of three canonical parts, within 32 KB.',
  algorithm: 'The algorithm is accepted and is the one of the key; the type is JWT or vc+jwt.',
  key: 'The issuer publishes the key, and it is not blocked.',
  signature: 'Not a character has changed since it was issued.',
  claims: 'Number, subject and period are the same in the signed claims and in the credential.',
  issuer: 'The owner of the key, iss and issuer.id are the same.',
  record: 'It is what the issuer has on record under this number.',
  'validity-period': 'The time is within the validity.',
  revocation: 'The credential has not been revoked.',
  suspension: 'There is no suspension.',
}

const passed = Object.fromEntries(
  checkNames.map((check) => [check, Object.freeze({ check, outcome: 'passed', detail: passedDetails[check] })]),
) as Record<CheckName, Check>

const notPassed = (code: Reason): Check => ({
  check: reasons[code][0],
  outcome: unknowable.has(code) ? 'unknown' : 'failed',
  code,
  detail: reasons[code][1],
})

/** What is passed once for all; the record is compared only by who holds it. */
const lasting = (['format', 'algorithm', 'key', 'signature', 'claims', 'issuer'] as const).map((check) => passed[check])
const lastingOnRecord = [...lasting, passed.record]

/** A token that is refused for good: what was passed before, and the step that failed. */
export function refusal(code: Reason): Verification {
  const before = checkNames.slice(0, checkNames.indexOf(reasons[code][0])).map((check) => passed[check])
  return { verdict: unknowable.has(code) ? 'unknown' : 'invalid', checks: [...before, notPassed(code)] }
}

/** Nothing of it is repeated in the answer: it is not what was issued, whoever signed it. */
const disowned = refusal('differs-from-record')

function judgeTime(
  { validFrom, validUntil }: CredentialClaims,
  now: number,
): 'not-yet-valid' | 'past-its-end' | undefined {
  if (now < validFrom - CLOCK_SKEW) return 'not-yet-valid'
  return validUntil !== undefined && now > validUntil + CLOCK_SKEW ? 'past-its-end' : undefined
}

/** What time and status come to. Revocation outlasts expiry, and expiry a suspension, because neither can be undone. */
function verdictOf(time: ReturnType<typeof judgeTime>, status: KnownState | StatusUnknown): Verdict {
  if (time === 'not-yet-valid') return 'invalid'
  if (status === 'revoked') return 'revoked'
  if (time === 'past-its-end' || status === 'expired') return 'expired'
  if (status === 'suspended') return 'suspended'
  return status === 'good' ? 'valid' : 'unknown'
}

function statusChecks(status: KnownState | StatusUnknown): readonly [Check, Check] | readonly [Check] {
  switch (status) {
    case 'good':
    case 'expired':
      return [passed.revocation, passed.suspension]
    case 'suspended':
      return [passed.revocation, notPassed('is-suspended')]
    case 'suspension-unknown':
      return [passed.revocation, notPassed(status)]
    case 'revoked':
      return [notPassed('is-revoked')]
    default:
      return [notPassed(status)]
  }
}

/** What a genuine credential comes to at a time, its status being this. */
export function judge(
  { claims, credential }: Pick<Genuine, 'claims' | 'credential'>,
  answer: StatusAnswer,
  now: number,
): Verification {
  if (answer === 'differs-from-record') return disowned
  const state = typeof answer === 'string' ? answer : answer.asIssued
  const time = judgeTime(claims, now)
  const timeCheck = time === undefined && state === 'expired' ? 'past-its-end' : time
  const checks = [
    ...(typeof answer === 'string' ? lasting : lastingOnRecord),
    timeCheck ? notPassed(timeCheck) : passed['validity-period'],
    ...statusChecks(state),
  ]
  return { verdict: verdictOf(time, state), checks, credential, claims }
}
