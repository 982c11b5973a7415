import type { Context } from 'hono'
import type * as z from 'zod'
import { fail, ok, type Result } from '../../kernel/result.ts'

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
  if (read.success) return ok(read.data)
  return fail({ code: 'malformed', issues: read.error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join('.'), message: issue.message })) })
}
