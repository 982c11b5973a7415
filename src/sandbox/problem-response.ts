import { unknowable } from '@kentei/verify/parts'
import type { Context } from 'hono'
import type * as z from 'zod'
import type { Issue } from '../kernel/problem.ts'
import { ok } from '../kernel/result.ts'
import { malformed, type Outcome, type SandboxProblem } from './problem.ts'

const answers = {
  malformed: { status: 422, title: 'The request is not well formed' },
  unauthenticated: { status: 401, title: 'A service token or a session is required' },
  forbidden: { status: 403, title: 'This caller may not do that' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'This address answers other methods' },
  'token-refused': { status: 401, title: 'The service token was refused' },
  'signature-invalid': { status: 401, title: 'The signature does not verify' },
  'idempotency-mismatch': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'idempotency-in-flight': { status: 409, title: 'The first request with this Idempotency-Key is still being answered' },
  unreadable: { status: 400, title: 'The body cannot be read' },
  'payload-too-large': { status: 413, title: 'The request body is too large' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  conflict: { status: 409, title: 'Somebody else changed this meanwhile' },
  'wrong-state': { status: 409, title: 'This step is not possible now' },
  'window-closed': { status: 409, title: 'It is too late, or too early, for this' },
  'already-done': { status: 409, title: 'This was done already' },
  'same-person': { status: 403, title: 'Another person has to do this' },
  'taken-down': { status: 410, title: 'This was taken down' },
  standing: { status: 403, title: 'The standing of this account does not allow this' },
  busy: { status: 503, title: 'Too much is going on just now; come again after Retry-After' },
  internal: { status: 500, title: 'Something went wrong' },
  'worker-erased': { status: 410, title: 'This worker was erased' },
  'badge-refused': { status: 422, title: 'The credential does not verify and is not shown' },
} as const satisfies Record<SandboxProblem['code'], { status: number; title: string }>

/** Status and title of a refusal, by its code. */
export const refusalOf = (code: SandboxProblem['code']): { readonly status: number; readonly title: string } => answers[code]

/** HTTP status of a refusal. */
export function statusOf(problem: SandboxProblem): number {
  // the caller did nothing wrong while keys or a status list cannot be read: a 5xx makes it try again
  if (problem.code === 'token-refused' && problem.reason === 'keys-unavailable') return 503
  if (problem.code === 'badge-refused' && unknowable.has(problem.reason)) return 503
  return answers[problem.code].status
}

/** RFC 9457 body. */
export function respondProblem(c: Context, problem: SandboxProblem, status = statusOf(problem)): Response {
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  // the rest of the body is not read, so nothing can follow on this connection
  if (problem.code === 'payload-too-large') c.header('Connection', 'close')
  if (problem.code === 'method-not-allowed') c.header('Allow', problem.allow.join(', '))
  if (problem.code === 'rate-limited' || problem.code === 'busy') c.header('Retry-After', String(problem.retryAfterSeconds))
  const body = { type: 'about:blank', title: answers[problem.code].title, status, ...problem }
  return c.body(JSON.stringify(body), status as 400, { 'Content-Type': 'application/problem+json' })
}

/** Answers an act: its value as JSON, or its refusal. */
export function respond<T extends object>(c: Context, outcome: Outcome<T>): Response {
  return outcome.ok ? c.json(outcome.value) : respondProblem(c, outcome.problem)
}

/** What no text may hold: control characters other than tab and line ends, and halves of a surrogate pair. The database would end the text there, or write another one. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}/u

/** Texts anywhere in the input that could not be read again as they were written. */
function unwritable(input: unknown): Issue[] {
  const issues: Issue[] = []
  const unread: { readonly path: string; readonly value: unknown }[] = [{ path: '', value: input }]
  for (let next = unread.pop(); next; next = unread.pop()) {
    const { path, value } = next
    if (typeof value === 'string' && UNWRITABLE.test(value)) issues.push({ path, message: 'Must be text without control characters' })
    if (typeof value === 'object' && value !== null) for (const [name, part] of Object.entries(value)) unread.push({ path: path === '' ? name : `${path}.${name}`, value: part })
  }
  return issues
}

/** Parses what came through a door; every issue names its place. */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown): Outcome<T> {
  const issues = unwritable(input)
  if (issues.length > 0) return malformed(issues)
  const parsed = schema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  return malformed(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })))
}

/** Parses a JSON body; an empty one counts as `{}`. */
export function parseJsonWith<T>(schema: z.ZodType<T>, text: string): Outcome<T> {
  try {
    return parseWith(schema, text === '' ? {} : JSON.parse(text))
  } catch {
    return malformed([{ path: '', message: 'The body is not JSON' }])
  }
}
