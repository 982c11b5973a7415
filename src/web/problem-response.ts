import { type Instant, toRfc3339 } from '../kernel/instant.ts'
import type { Problem } from '../kernel/problem.ts'
import { type ProblemKind, problemDocument, sharedProblems } from '../platform/http/problem-document.ts'

/** The status and the sentence of every refusal. */
export const problemKinds = {
  ...sharedProblems,
  gone: { status: 410, title: 'It was erased for good' },
  'not-eligible': { status: 409, title: 'An attempt may not be started now' },
  'attempt-closed': { status: 409, title: 'The attempt is closed' },
  'attempt-open': { status: 409, title: 'The attempt is still open' },
  'lease-lost': { status: 409, title: 'Another tab or device is writing now' },
  'deadline-not-later': { status: 409, title: 'A deadline can only be moved later' },
  'not-listed': { status: 403, title: 'This person is not on the list of those who may have this role here' },
  'launch-too-old': {
    status: 403,
    title:
      'What changes the rights of others needs a launch of the last minutes: come over from the marketplace again, then do it',
  },
  'own-case': {
    status: 403,
    title: 'Another person must do this: nobody acts on their own attempt, certificate or case',
  },
  'item-version-used': {
    status: 409,
    title: 'Another content was published under this version number of an item: give the item the next free number',
  },
  'own-proposal': {
    status: 403,
    title: 'Another person must decide about this: nobody publishes alone what they wrote',
  },
} as const satisfies Record<Problem['code'], ProblemKind>

const times: ReadonlySet<string> = new Set(['retryAt', 'closedAt', 'deadline', 'launchedAt'])

/** The answer of a refusal. */
export function problemResponse(problem: Problem): Response {
  const written = Object.entries(problem).map(([name, value]) => [
    name,
    times.has(name) ? toRfc3339(value as Instant) : value,
  ])
  return problemDocument(Object.fromEntries(written), problemKinds[problem.code])
}
