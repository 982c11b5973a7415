import type { IneligibleReason, Problem, TokenRefusal, WebhookRefusal } from '../../../kernel/problem.ts'
import { ANSWER_WITHIN, FINAL_STATUSES, IN_FLIGHT_WAIT } from '../../../platform/outbox/delivery.ts'
import { TIMESTAMP_TOLERANCE_SECONDS } from '../../../platform/outbox/webhook-signature.ts'

/** What a caller does about a refusal. */
export const adviceOn: Readonly<Record<Problem['code'], string>> = {
  malformed: 'Mend the request: issues names each place and what is wrong there.',
  unauthenticated: 'Send a session or a service token.',
  forbidden: 'The token lacks the scope, or the session the role.',
  'not-found': 'Check the id. What is somebody else’s is not found either.',
  'method-not-allowed': 'Use one of allow, which the Allow header names too.',
  gone: 'Forget it: what was kept about its holder was erased.',
  'token-refused': 'Make a new token; reason says what was wrong with this one.',
  'signature-invalid': 'Sign the raw bytes that you send, with the key that was configured.',
  'not-eligible': 'Tell the candidate when to come back: retryAt.',
  'attempt-closed': 'Show the result; nothing can be saved any more, and the paper is not given again, not for a repeated Idempotency-Key either.',
  'attempt-open': 'Wait: the result comes when the attempt is closed.',
  'lease-lost': 'Another tab writes now. Take the lease again if this one should.',
  'deadline-not-later': 'Name a later time than deadline.',
  'idempotency-mismatch': 'Use a fresh Idempotency-Key for a new request.',
  'idempotency-in-flight': 'Try again in a moment with the same key.',
  'not-listed': 'Whoever runs the service sets KENTEI_OPERATORS (or KENTEI_AUTHORS); detail says how.',
  'launch-too-old': 'Launch again: such acts need a launch younger than withinSeconds.',
  'own-case': 'Ask another operator.',
  'own-proposal': 'Ask another author or operator to decide.',
  conflict: 'Read the present state, then decide.',
  unreadable: 'Send the body in the form that its Content-Type names.',
  'payload-too-large': 'Send less: limitBytes.',
  'rate-limited': 'Wait for Retry-After.',
  busy: 'Wait for Retry-After, then send the same request with the same Idempotency-Key.',
  internal: 'Try again with the same Idempotency-Key.',
}

/** What a `reason` beside `token-refused` means. */
export const refusalMeanings: Readonly<Record<TokenRefusal, string>> = {
  malformed: 'no JWS in compact form',
  'too-large': 'longer than any token of this contract',
  algorithm: 'alg is not allowed; never none or HS256',
  type: 'typ is not launch+jwt or service+jwt, as the call wants',
  'key-unknown': 'kid is missing, or not in your JWKS',
  signature: 'the signature does not fit',
  issuer: 'iss is not the configured one',
  audience: 'aud is not this service',
  'not-yet-valid': 'iat or nbf lies in the future',
  expired: 'exp has passed',
  lifetime: 'it lives longer than five minutes',
  replayed: 'its jti was used before',
  claims: 'a claim is missing or has another form',
  'keys-unavailable': 'your JWKS cannot be read; try again',
}

/** What a `reason` beside `signature-invalid` means. */
export const webhookRefusalMeanings: Readonly<Record<WebhookRefusal, string>> = {
  'missing-headers': 'webhook-id, webhook-timestamp or webhook-signature is not there',
  'malformed-headers': 'webhook-id is not 1 to 128 visible ASCII characters, or the signatures are longer than 4,096',
  'malformed-timestamp': 'webhook-timestamp is not whole seconds since 1970, and nothing else',
  'timestamp-out-of-tolerance': `the timestamp lies more than ${TIMESTAMP_TOLERANCE_SECONDS} s from now: sign afresh for every try`,
  'no-matching-signature': 'no v1 or v1a signature fits these bytes and a configured key; something between may have changed the body',
}

/** What a `reason` beside `not-eligible` means. */
export const ineligibleMeanings: Readonly<Record<IneligibleReason, string>> = {
  'retake-wait': 'the wait after the last attempt is not over: retryAt',
  'yearly-limit': 'the attempts of twelve months are used up: retryAt',
  'exam-closed': 'the exam takes no new attempts',
  'locale-unavailable': 'the exam is not offered in this language',
  'worker-erased': 'the person was erased',
  'public-bank': 'questions and keys of this exam are public, and it would certify nothing: its operator puts another bank in its place',
  'saw-keys': 'the person has seen keys of this exam, as an author, operator or approver: retryAt',
}

/** What Kentei makes of a marketplace's answer to one of its calls. */
export const answersUnderstood: readonly (readonly [answer: string, meaning: string])[] = [
  ['2xx', 'Delivered.'],
  [[...FINAL_STATUSES].join(', '), 'Final: the letter goes to the dead letters, where a person can send it again. Later ones about the worker go on where they can.'],
  ['409 idempotency-in-flight', `An earlier try is still being answered: asked again after ${IN_FLIGHT_WAIT / 1_000} s, and no failure is counted.`],
  ['409 on a skill context', 'Another certificate is frozen already. Final.'],
  ['everything else: 5xx, 429, 401, 403, redirects', 'Tried again by the table of retries, not before Retry-After.'],
  [`no answer within ${ANSWER_WITHIN / 1_000} s`, 'The same.'],
]
