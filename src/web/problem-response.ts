import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Instant, toRfc3339 } from '../kernel/instant.ts'
import type { Problem } from '../kernel/problem.ts'

/** The HTTP status of every refusal. */
export const problemCodes = {
  malformed: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  gone: 410,
  'token-refused': 401,
  'signature-invalid': 401,
  'not-eligible': 409,
  'attempt-closed': 409,
  'attempt-open': 409,
  'lease-lost': 409,
  'deadline-not-later': 409,
  'idempotency-mismatch': 422,
  'idempotency-in-flight': 409,
  'not-listed': 403,
  'launch-too-old': 403,
  'own-case': 403,
  'own-proposal': 403,
  conflict: 409,
  unreadable: 400,
  'payload-too-large': 413,
  'rate-limited': 429,
  busy: 503,
  internal: 500,
} as const satisfies Record<Problem['code'], ContentfulStatusCode>

/** What every refusal says in one sentence. */
export const problemTitles: Readonly<Record<Problem['code'], string>> = {
  malformed: 'The request does not have the expected form',
  unauthenticated: 'A session is needed (launch from the marketplace), or a service token',
  forbidden: 'This caller may not do this',
  'not-found': 'There is no such thing here',
  'method-not-allowed': 'This address answers other methods',
  gone: 'It was erased for good',
  'token-refused': 'The token was refused',
  'signature-invalid': 'The webhook signature was refused',
  'not-eligible': 'An attempt may not be started now',
  'attempt-closed': 'The attempt is closed',
  'attempt-open': 'The attempt is still open',
  'lease-lost': 'Another tab or device is writing now',
  'deadline-not-later': 'A deadline can only be moved later',
  'idempotency-mismatch': 'This idempotency key was used for another request',
  'idempotency-in-flight': 'The request with this idempotency key is still being answered',
  'not-listed': 'This person is not on the list of those who may have this role here',
  'launch-too-old': 'What changes the rights of others needs a launch of the last minutes: come over from the marketplace again, then do it',
  'own-case': 'Another person must do this: nobody acts on their own attempt, certificate or case',
  'own-proposal': 'Another person must decide about this: nobody publishes alone what they wrote',
  conflict: 'Something else changed this meanwhile',
  unreadable: 'The body cannot be read',
  'payload-too-large': 'The request is too large',
  'rate-limited': 'Too many requests',
  busy: 'Too much is going on just now; come again after Retry-After',
  internal: 'Something went wrong on our side',
}

const times: ReadonlySet<string> = new Set(['retryAt', 'closedAt', 'deadline', 'launchedAt'])

/** RFC 9457 problem details: a stable `code`, and the fields that help. */
export function problemResponse(problem: Problem): Response {
  const { code, ...fields } = problem
  const help = Object.entries(fields).map(([name, value]) => [name, times.has(name) ? toRfc3339(value as Instant) : value])
  const body = { type: `urn:kentei:problem:${code}`, title: problemTitles[code], status: problemCodes[code], code, ...Object.fromEntries(help) }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  // the rest of the body is not read, so nothing can follow on this connection
  if (problem.code === 'payload-too-large') headers.set('connection', 'close')
  if (problem.code === 'method-not-allowed') headers.set('allow', problem.allow.join(', '))
  if (problem.code === 'rate-limited' || problem.code === 'busy') headers.set('retry-after', String(problem.retryAfterSeconds))
  return new Response(JSON.stringify(body), { status: problemCodes[code], headers })
}
