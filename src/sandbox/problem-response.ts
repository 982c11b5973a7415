import { unknowable } from '@kentei/verify/parts'
import { type ProblemKind, problemDocument, sharedProblems } from '../platform/http/problem-document.ts'
import type { SandboxProblem } from './problem.ts'

/** The status and the sentence of every refusal. */
export const problemKinds = {
  ...sharedProblems,
  'wrong-state': { status: 409, title: 'This step is not possible now' },
  'window-closed': { status: 409, title: 'It is too late, or too early, for this' },
  'already-done': { status: 409, title: 'This was done already' },
  'same-person': { status: 403, title: 'Another person has to do this' },
  'taken-down': { status: 410, title: 'This was taken down' },
  standing: { status: 403, title: 'The standing of this account does not allow this' },
  'text-warned': { status: 422, title: 'This looks like what the rules forbid: correct it, or send it anyway' },
  'worker-erased': { status: 410, title: 'This worker was erased' },
  'badge-refused': { status: 422, title: 'The credential does not verify and is not shown' },
} as const satisfies Record<SandboxProblem['code'], ProblemKind>

/** The caller did nothing wrong while keys or a status list cannot be read: a 5xx makes it try again. */
const isForLater = (problem: SandboxProblem): boolean =>
  (problem.code === 'token-refused' && problem.reason === 'keys-unavailable') ||
  (problem.code === 'badge-refused' && unknowable.has(problem.reason))

/** HTTP status of a refusal. */
export const statusOf = (problem: SandboxProblem) => (isForLater(problem) ? 503 : problemKinds[problem.code].status)

/** The answer of a refusal. */
export const problemResponse = (problem: SandboxProblem): Response =>
  problemDocument(problem, { ...problemKinds[problem.code], status: statusOf(problem) })
