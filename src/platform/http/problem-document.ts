import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Problem } from '../../kernel/problem.ts'

/** What a refusal comes to on the wire: its status, and one sentence. */
export interface ProblemKind {
  readonly status: ContentfulStatusCode
  readonly title: string
}

/** Refusals that any service gives. */
export const sharedProblems = {
  malformed: { status: 422, title: 'The request does not have the expected form' },
  unauthenticated: { status: 401, title: 'A session or a service token is needed' },
  forbidden: { status: 403, title: 'This caller may not do this' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'method-not-allowed': { status: 405, title: 'This address answers other methods' },
  'token-refused': { status: 401, title: 'The token was refused' },
  'signature-invalid': { status: 401, title: 'The webhook signature was refused' },
  'idempotency-mismatch': { status: 422, title: 'This idempotency key was used for another request' },
  'idempotency-in-flight': { status: 409, title: 'The request with this idempotency key is still being answered' },
  conflict: { status: 409, title: 'Something else changed this meanwhile' },
  unreadable: { status: 400, title: 'The body cannot be read' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  busy: { status: 503, title: 'Too much is going on just now; come again after Retry-After' },
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Partial<Record<Problem['code'], ProblemKind>>

export type SharedCode = keyof typeof sharedProblems

/** RFC 9457 problem details: a stable `code`, and the fields that help. */
export function problemDocument(
  { code, ...help }: { readonly code: string },
  { status, title }: ProblemKind,
): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  // the rest of the body is not read, so nothing can follow on this connection
  if (status === 413) headers.set('connection', 'close')
  if ('allow' in help && Array.isArray(help.allow)) headers.set('allow', help.allow.join(', '))
  if ('retryAfterSeconds' in help) headers.set('retry-after', String(help.retryAfterSeconds))
  return new Response(JSON.stringify({ type: `urn:kentei:problem:${code}`, title, status, code, ...help }), {
    status,
    headers,
  })
}
