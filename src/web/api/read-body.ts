import type { Context } from 'hono'
import type * as z from 'zod'
import type { Problem } from '../../kernel/problem.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'

/** The refusal that names each field that is wrong. */
export const malformed = (error: z.ZodError): Problem => ({ code: 'malformed', issues: error.issues.slice(0, 50).map(({ path, message }) => ({ path: path.join('.'), message })) })

/** Reads a JSON body of a given form; the refusal names each field that is wrong. An empty body reads as `{}`. */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<Result<T>> {
  const text = await c.req.text()
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    return fail({ code: 'malformed', issues: [{ path: '', message: 'the body is not JSON' }] })
  }
  const read = schema.safeParse(body)
  return read.success ? ok(read.data) : fail(malformed(read.error))
}
