import type * as z from 'zod'
import type { Issue } from '../../kernel/problem.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'

/** The refusal of input that is not well formed, with what is wrong where. */
export interface Malformed {
  readonly code: 'malformed'
  readonly issues: readonly Issue[]
}

/** More would be told of than anybody reads. */
const MOST_ISSUES = 50

/** What no text may hold: control characters other than tab and line ends, and halves of a surrogate pair. The database would end the text there, or write another one. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}/u

/** Texts anywhere in the input that could not be read again as they were written. */
function unwritable(input: unknown): Issue[] {
  const issues: Issue[] = []
  const unread: { readonly path: string; readonly value: unknown }[] = [{ path: '', value: input }]
  for (let next = unread.pop(); next; next = unread.pop()) {
    const { path, value } = next
    if (typeof value === 'string' && UNWRITABLE.test(value))
      issues.push({ path, message: 'Must be text without control characters' })
    if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value))
        unread.push({ path: path === '' ? name : `${path}.${name}`, value: part })
  }
  return issues
}

const malformed = (issues: readonly Issue[]) =>
  fail<Malformed>({ code: 'malformed', issues: issues.slice(0, MOST_ISSUES) })

/** Parses what is kept as it was typed, whatever characters it holds: an answer must not be lost for one. */
export function parseTyped<T>(schema: z.ZodType<T>, input: unknown): Result<T, Malformed> {
  const parsed = schema.safeParse(input)
  return parsed.success
    ? ok(parsed.data)
    : malformed(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
}

/** Parses what came through a door; every issue names its place. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): Result<T, Malformed> {
  const issues = unwritable(input)
  return issues.length > 0 ? malformed(issues) : parseTyped(schema, input)
}

/** Parses a JSON body; an empty one counts as `{}`. */
export function parseBody<T>(
  schema: z.ZodType<T>,
  text: string,
  parse: typeof parseTyped = parseInput,
): Result<T, Malformed> {
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    return malformed([{ path: '', message: 'the body is not JSON' }])
  }
  return parse(schema, body)
}
