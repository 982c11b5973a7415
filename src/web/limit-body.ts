import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { problemResponse } from './problem-response.ts'

/**
 * Refuses a body of more than `limitBytes`. A declared length is judged by itself, since no server reads more than was
 * declared: touching the body would turn it into a stream, which costs as much as a whole save. An undeclared one is counted.
 */
export function limitBody(limitBytes: number): MiddlewareHandler {
  const refuse = () => problemResponse({ code: 'payload-too-large', limitBytes })
  const count = bodyLimit({ maxSize: limitBytes, onError: refuse })
  return async (c, next) => {
    const declared = c.req.header('content-length')
    if (declared === undefined || c.req.header('transfer-encoding') !== undefined) return count(c, next)
    // a length that is no number is refused too
    if (!(Number(declared) <= limitBytes)) return refuse()
    await next()
  }
}
