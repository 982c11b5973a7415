import type * as z from 'zod'

/** What is wrong with a file that somebody wrote or kept, and where in it: `kinds[0]`, `pay.amount`, `body.length`; `$` is the whole. */
export type FileFault =
  | { readonly is: 'no-json' | 'weights-misfit' }
  | { readonly is: 'missing' | 'unusable'; readonly path: string }
  | { readonly is: 'another-type'; readonly path: string; readonly expected: string }
  | { readonly is: 'not-a-choice'; readonly path: string; readonly choices: string }
  | { readonly is: 'too-small' | 'too-large'; readonly path: string; readonly limit: number }

const written = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '') || '$'

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    input,
  )

/** The first thing that a schema found wrong with an input. */
export function firstFault({ issues }: z.ZodError, input: unknown): FileFault {
  const [issue] = issues
  const path = written(issue?.path ?? [])
  if (!issue) return { is: 'unusable', path }
  if (valueAt(input, issue.path) === undefined) return { is: 'missing', path }
  if (issue.code === 'invalid_type') return { is: 'another-type', path, expected: issue.expected }
  if (issue.code === 'invalid_value') return { is: 'not-a-choice', path, choices: issue.values.join(', ') }
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return { is: 'unusable', path }
  const measured = issue.origin === 'number' ? path : `${path}.length`
  return issue.code === 'too_small'
    ? { is: 'too-small', path: measured, limit: Number(issue.minimum) }
    : { is: 'too-large', path: measured, limit: Number(issue.maximum) }
}
